import type { Snapshot } from './newest.ts';
import type { Nothing } from './shape.ts';

/** Straight-alpha RGBA, row by row. */
export interface FixPicture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** What the page may offer where a picture cannot be fixed. */
export const FIX_REMEDIES = ['preview', 'retry', 'restore'] as const;
export type FixRemedy = (typeof FIX_REMEDIES)[number];

export type FixContent =
  | {
      kind: 'picture';
      /** Address of the file, for the page to remember. */
      file: string;
      picture: FixPicture;
      /** Sentences about the file: what is lost, or why another picture is shown. */
      notes: readonly string[];
      /** Whether what the file was before can be put back. */
      canRestore: boolean;
    }
  /** Deleted, broken or too large: a sentence and what may help. */
  | { kind: 'unreadable'; file: string; message: string; remedy: FixRemedy };

/** A palette that a person chose. */
export interface ChosenPalette {
  name: string;
  /** `#rrggbb` each. */
  colors: readonly string[];
}

/** What became of a request to write. */
export interface WriteAnswer {
  /** false: the person changed their mind. */
  done: boolean;
  /** A sentence. */
  message: string;
  canRestore: boolean;
}

export type FixMessages = {
  host: {
    requests: {
      /** The first state; asked once by each load of the page. */
      ready: () => Snapshot<FixContent>;
      /** Source of the script that fixes beside the page: a page may start workers from blobs only. */
      workerScript: () => string;
      /** null when the person chose none. */
      pickPalette: () => ChosenPalette | null;
      /** Replaces the file with what the page shows. */
      apply: (params: { sprite: FixPicture }) => WriteAnswer;
      saveAs: (params: { sprite: FixPicture }) => WriteAnswer;
      restore: () => WriteAnswer;
      openExternal: () => void;
      remedy: (params: { remedy: FixRemedy }) => void;
    };
    notices: {
      /** Something went wrong in the page that nobody there can mend: for the log. */
      fault: string;
    };
  };
  page: {
    requests: Nothing;
    notices: { content: Snapshot<FixContent> };
  };
};

/** The page's words in the person's language; it fills in `{0}`, `{1}`. */
export type FixWords = {
  toolbar: string;
  zoomIn: string;
  zoomOut: string;
  zoom: string;
  fit: string;
  grid: string;
  original: string;
  result: string;
  pictureKeys: string;
  cell: string;
  transparent: string;
  outside: string;
  beside: string;
  loading: string;
  fixing: string;
  failed: string;
  fixed: string;
  apply: string;
  saveAs: string;
  restore: string;
  restoreHint: string;
  openExternal: string;
  defaults: string;
  remedyPreview: string;
  remedyRetry: string;
  remedyRestore: string;
  settings: string;
  groupCells: string;
  groupColours: string;
  groupBackground: string;
  groupCleanup: string;
  groupCanvas: string;
  size: string;
  sizeHint: string;
  sizeProblem: string;
  grids: string;
  gridAuto: string;
  gridOff: string;
  tooMany: string;
  fitReduce: string;
  fitKeep: string;
  fitFail: string;
  palette: string;
  paletteAuto: string;
  paletteCount: string;
  paletteFile: string;
  paletteKeep: string;
  colours: string;
  coloursProblem: string;
  choosePalette: string;
  noPalette: string;
  dither: string;
  ditherNone: string;
  ditherChecker: string;
  ditherBayer2: string;
  ditherBayer4: string;
  ditherBayer8: string;
  strength: string;
  background: string;
  holes: string;
  orphans: string;
  jaggies: string;
  outline: string;
  outlineKeep: string;
  outlineAdd: string;
  outlineRemove: string;
  outlineColour: string;
  outlineOwn: string;
  corners: string;
  trim: string;
  pad: string;
  padProblem: string;
  horizontal: string;
  left: string;
  center: string;
  right: string;
  vertical: string;
  top: string;
  bottom: string;
  report: string;
  reportSize: string;
  reportCells: string;
  reportCellsEven: string;
  reportCellsExact: string;
  reportCellsOff: string;
  certainty: string;
  sure: string;
  unsure: string;
  phase: string;
  drift: string;
  residual: string;
  runnerUp: string;
  reduced: string;
  paletteReport: string;
  paletteChange: string;
  backgroundReport: string;
  backgroundAlpha: string;
  backgroundRemoved: string;
  backgroundKept: string;
  backgroundOff: string;
  cleanupReport: string;
  cleanupCounts: string;
  outlineReport: string;
  outlineCounts: string;
  swatches: string;
  swatch: string;
  moreSwatches: string;
  percent: string;
  pixels: string;
  runnerUpText: string;
  residualText: string;
  driftText: string;
};
