import type { FixReport } from '../../pixels/fix/report.ts';
import type { FixSettingsInput } from '../../pixels/fix/settings.ts';

/** What the worker is told. */
export type ToWorker =
  /** The picture that is fixed from now on; its number names it. */
  | { kind: 'picture'; picture: number; width: number; height: number; pixels: Uint8Array }
  | { kind: 'fix'; id: number; picture: number; settings: FixSettingsInput };

/** A fixed sprite with all that is shown of it. */
export interface Fixed {
  width: number;
  height: number;
  pixels: Uint8Array;
  report: FixReport;
  /** Lines between the original's cells, in its pixels. */
  columns: Float64Array;
  rows: Float64Array;
}

export type FromWorker = { id: number; picture: number } & ({ fixed: Fixed } | { message: string });
