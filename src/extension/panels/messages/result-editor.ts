import type { Snapshot } from './newest.ts';
import type { Nothing } from './shape.ts';

/** One line of a recipe. */
export interface RecipeRow {
  id: string;
  label: string;
  /** As it is shown and copied. */
  value: string;
  /** Long texts get the whole width. */
  long: boolean;
}

/** What is known of how a picture was made. */
export interface RecipeSheet {
  rows: readonly RecipeRow[];
  /** Drawn by the built-in engine, without a model. */
  placeholder: boolean;
}

export interface Picture {
  width: number;
  height: number;
  /** Straight-alpha RGBA, row by row. */
  pixels: Uint8Array;
  /** Distinct colours of what is not transparent. */
  colors: number;
}

export type ResultContent =
  | {
      kind: 'picture';
      picture: Picture;
      /** null where neither the file nor the worker knows it. */
      recipe: RecipeSheet | null;
      /** A sentence instead of the recipe, or null. */
      note: string | null;
    }
  /** Deleted, broken or too large: a sentence. */
  | { kind: 'unreadable'; message: string };

export const RESULT_ACTIONS = ['vary', 'copyCommand', 'revealRecipe', 'compare'] as const;
export type ResultAction = (typeof RESULT_ACTIONS)[number];

export type ResultEditorMessages = {
  host: {
    requests: {
      /** The first state; asked once by each load of the page. */
      ready: () => Snapshot<ResultContent>;
      copy: (params: { text: string }) => void;
      act: (params: { action: ResultAction }) => void;
    };
    notices: {
      /** Something went wrong in the page that nobody there can mend: for the log. */
      fault: string;
    };
  };
  page: {
    requests: Nothing;
    notices: { content: Snapshot<ResultContent> };
  };
};

/** The page's words in the person's language; it fills in `{0}`, `{1}`. */
export type ResultEditorWords = {
  toolbar: string;
  zoomIn: string;
  zoomOut: string;
  fit: string;
  grid: string;
  backdrop: string;
  backdropChecker: string;
  backdropEditor: string;
  backdropDark: string;
  backdropLight: string;
  picture: string;
  pictureKeys: string;
  inset: string;
  size: string;
  colors: string;
  cell: string;
  transparent: string;
  outside: string;
  zoom: string;
  recipe: string;
  placeholder: string;
  placeholderHint: string;
  copyValue: string;
  copied: string;
  vary: string;
  copyCommand: string;
  revealRecipe: string;
  compare: string;
  loading: string;
  failed: string;
};
