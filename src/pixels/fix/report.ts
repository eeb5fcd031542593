/** Changes whenever equal pictures and settings may give other sprites. */
export const FIX_VERSION = 3;

/** What is known about the cells of a picture. */
export interface GridReport {
  /**
   * `exact`: every cell is one colour to the last bit; `fitted`: lines that follow the edges; `even`: nothing was found, so
   * the requested cells were spread evenly; `given` and `off` as the settings say.
   */
  method: 'exact' | 'fitted' | 'even' | 'given' | 'off';
  /** Pixels per cell. */
  pitch: [x: number, y: number];
  /** Place of the first line, 0 to one pitch. */
  phase: [x: number, y: number];
  /** Cells in the picture. */
  cells: [width: number, height: number];
  /** How sure the pitch is, 0 to 1; from 0.5 on it can be trusted. */
  confidence: number;
  /** Share of the edges on the lines, less chance. */
  coverage: number;
  /** Colour change within cells by that between them; 0 is pure. */
  residual: number;
  /** The next best pitch with its coverage. */
  runnerUp: { pitch: number; coverage: number } | null;
  /** Farthest that a line lies from an even grid, in cells. */
  drift: number;
}

export interface BackgroundReport {
  /** `alpha`: the picture had transparency of its own. */
  action: 'off' | 'alpha' | 'removed' | 'kept';
  /** The border's colour as `#rrggbb`; null when it has none. */
  color: string | null;
  /** Share of the border that has it. */
  share: number;
  /** Cells made transparent, holes included. */
  cells: number;
  holes: number;
}

export interface PaletteReport {
  kind: 'keep' | 'auto' | 'count' | 'fixed';
  /** Distinct colours of opaque cells before and after. */
  before: number;
  after: number;
  /** Mean and largest change of a cell in OKLab. */
  meanChange: number;
  mostChange: number;
}

export interface FitReport {
  /** `reduced`: several cells became one; `over`: more cells than wanted were kept. */
  action: 'none' | 'exact' | 'centred' | 'cropped' | 'reduced' | 'over';
  /** Longer side's cells before and after, where reduced. */
  from: number;
  to: number;
  /** For a person: `reduced 128→32`; empty when there is nothing to say. */
  words: string;
  /** Where the sprite lies among the picture's cells: its top left corner, and how many of them each of its own spans. */
  window: { x: number; y: number; step: number };
}

/** What each step did. */
export interface FixReport {
  stage: 'fix';
  version: number;
  size: [width: number, height: number];
  grid: GridReport;
  background: BackgroundReport;
  fit: FitReport;
  palette: PaletteReport;
  cleanup: { orphans: number; jaggies: number };
  /** Cells drawn or taken away. */
  outline: number;
  /** For a person, one sentence each. */
  warnings: string[];
}
