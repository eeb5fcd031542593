import type { Cells } from '../cells.ts';
import type { Finding, Fix, SpriteCode } from '../finding.ts';
import type { LintRules } from '../rules.ts';
import { type Enlargement, findEnlargement } from './enlargement.ts';
import { findMixedBlocks } from './local-blocks.ts';
import { softnessOf } from './soft-edges.ts';

/** Strong edges that must be there to judge them. */
const LEAST_EDGES = 24;

/** Colours, and share of hardly visible steps, below which blended cells are a drawn ramp. */
const LEAST_COLOURS = 48;
const LEAST_SLIGHT = 0.05;

/** Pixels that are not one cell large: enlarged, off their grid, of mixed size, or smeared. At most one finding. */
export function lintPitch(cells: Cells, { thresholds }: LintRules): Finding[] {
  const enlargement = findEnlargement(cells);
  if (enlargement !== null) return [ofEnlargement(enlargement)];
  const soft = softnessOf(cells);
  if (
    soft.edges >= LEAST_EDGES &&
    soft.blended >= thresholds.softEdges &&
    soft.hardlyVisible >= LEAST_SLIGHT &&
    cells.counts.length >= LEAST_COLOURS
  ) {
    const percent = Math.round(soft.blended * 100);
    return [
      finding(
        'soft-edges',
        `${percent} % of the strong edges are blended over a cell, as a smoothing resize or JPEG leaves them.`,
        null,
      ),
    ];
  }
  const mixed = findMixedBlocks(cells);
  if (mixed === null) return [];
  const { pitch, x, y, fine, coarse, stray } = mixed;
  const mostlyCoarse = coarse >= stray * 3;
  const found = finding(
    'mixed-pixel-size',
    `A part is drawn in pixels of ${pitch}x${pitch} cells, the rest in finer ones.`,
    mostlyCoarse ? { id: 'snap-blocks', pitch, x, y } : null,
  );
  return [{ ...found, place: { frame: null, area: fine } }];
}

function ofEnlargement({ x, y }: Enlargement): Finding {
  const fix: Fix = { id: 'resample', columns: x.starts, rows: y.starts };
  const size = `${x.starts.length}x${y.starts.length}`;
  if (x.kind === 'uneven') {
    return finding(
      'mixed-pixel-size',
      `Some pixels are wider than others, as after a resize from ${size} by ${scale(x.pitch)}.`,
      fix,
    );
  }
  const pixels = `${x.pitch}x${y.pitch} cells`;
  return x.cut || y.cut
    ? finding('off-grid', `Its pixels are ${pixels} large and are cut off at the border.`, fix)
    : finding('upscaled', `Its pixels are ${pixels} large: at its own size it is ${size}.`, fix);
}

function scale(pitch: number): string {
  return `${Math.round(pitch * 100) / 100}`;
}

function finding(code: SpriteCode, message: string, fix: Fix | null): Finding {
  return { code, severity: 'warning', message, place: { frame: null, area: null }, fix };
}
