import type { Rgba8 } from '../palette/files/palette.ts';
import type { LintCode } from './finding.ts';

/** Where a rule begins to speak. Distances are OKLab's (0.02 is just visible, black to white 1). */
export interface LintThresholds {
  /** Levels of alpha between 0 and 255 that still look deliberate, as a shadow or a ghost. */
  alphaLevels: number;
  /** Cells that a deliberate level has on average. */
  cellsPerAlphaLevel: number;
  /** Cells from this alpha on become opaque when alpha is hardened. */
  opaqueFrom: number;
  /** Colours that are never too many when no limit is given. */
  freeColours: number;
  /** Colours for each visible cell above which they are noise rather than a palette. */
  coloursPerCell: number;
  /** Visible cells below which a picture is nearly blank. */
  fewCells: number;
  /** Distance up to which one-off cells in a flat place are strays; what stands out more is a highlight or an eye. */
  orphanContrast: number;
  /** Cells of one colour that are still strays and no texture. */
  orphanRepeats: number;
  /** Share of blended steps among the strong edges from which edges are soft. */
  softEdges: number;
  /** Step over a tile's border, in steps between its inner lines. */
  seamRatio: number;
  /** Cells that the lowest row may move between frames, for each 32 rows of a frame. */
  baseline: number;
  /** Cells that the centre may jump between frames, for each 32 columns of a frame. */
  centre: number;
  /** Distance up to which a frame's own colour is a drifted one of the other frames. */
  drift: number;
  /** Share of a frame's visible cells that drifted colours must have. */
  driftShare: number;
  /** Share of the visible cells up to which two frames are nearly the same. */
  sameShare: number;
}

/** What a picture is held against. */
export interface LintRules {
  /** Size it must have, in cells; null = any. Of a sheet: the size of a frame. */
  size: { width: number; height: number } | null;
  /** Colours it may have; null = any. */
  palette: readonly Rgba8[] | null;
  /** Most colours; null = only what looks like noise is told. */
  maxColours: number | null;
  /** Whether it must join itself on all sides. */
  tile: boolean;
  /** Codes that are not wanted. */
  ignore: readonly LintCode[];
  thresholds: LintThresholds;
}

/** Chosen so that hand-drawn sprites pass: docs/cli.md says what each finding means. */
export const DEFAULT_THRESHOLDS: LintThresholds = {
  alphaLevels: 8,
  cellsPerAlphaLevel: 3,
  opaqueFrom: 128,
  freeColours: 64,
  coloursPerCell: 0.5,
  fewCells: 4,
  orphanContrast: 0.08,
  orphanRepeats: 2,
  softEdges: 0.75,
  seamRatio: 1.5,
  baseline: 1,
  centre: 2,
  drift: 0.06,
  driftShare: 0.1,
  sameShare: 0.01,
};

/** What holds where nothing else is said. */
export const DEFAULT_RULES: LintRules = {
  size: null,
  palette: null,
  maxColours: null,
  tile: false,
  ignore: [],
  thresholds: DEFAULT_THRESHOLDS,
};
