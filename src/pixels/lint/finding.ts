import type { Rectangle } from '../image.ts';

/** Faults of one picture. */
export const SPRITE_CODES = [
  'near-blank',
  'upscaled',
  'off-grid',
  'mixed-pixel-size',
  'soft-edges',
  'wrong-size',
  'half-alpha',
  'off-palette',
  'too-many-colours',
  'orphan-pixel',
  'tile-seam',
] as const;

/** Faults that only several frames have. */
export const SHEET_CODES = [
  'baseline-jitter',
  'centre-jitter',
  'palette-drift',
  'duplicate-frame',
  'near-duplicate-frame',
] as const;

export type SpriteCode = (typeof SPRITE_CODES)[number];
export type SheetCode = (typeof SHEET_CODES)[number];

/** What can be wrong with a sprite or a sheet; the words are stable and may be stored. */
export type LintCode = SpriteCode | SheetCode;

/** `error`: breaks what was asked for; `warning`: most likely a fault; `info`: worth a look, may be meant. */
export type Severity = 'error' | 'warning' | 'info';

/** Where a finding is. */
export interface Place {
  /** Index of the frame; null for a single sprite or the sheet as a whole. */
  frame: number | null;
  /** The smallest rectangle of cells around it; null = everywhere. */
  area: Rectangle | null;
}

/** What `applyFix` can do about a finding: plain data, so that it can be stored and sent. Colours are `#rrggbbaa`. */
export type Fix =
  | { id: 'harden-alpha'; threshold: number }
  | { id: 'replace-colours'; colours: Readonly<Record<string, string>> }
  | { id: 'recolour-cells'; cells: readonly { x: number; y: number; colour: string }[] }
  | { id: 'fit-canvas'; width: number; height: number }
  | { id: 'resample'; columns: readonly number[]; rows: readonly number[] }
  | { id: 'snap-blocks'; pitch: number; x: number; y: number }
  | { id: 'shift'; x: number; y: number }
  | { id: 'drop-frame' };

export interface Finding {
  code: LintCode;
  severity: Severity;
  /** One sentence. */
  message: string;
  place: Place;
  fix: Fix | null;
}
