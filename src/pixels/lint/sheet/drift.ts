import { type Cells, hexOfIndex } from '../cells.ts';
import type { Finding } from '../finding.ts';
import type { LintRules } from '../rules.ts';

/** A colour that frames share. */
interface SharedColour {
  frames: number;
  cells: number;
  lab: readonly [number, number, number];
}

/**
 * Frames with colours of their own that are nearly, but not quite, those of the other frames: one palette was drawn anew.
 * Colours that look different, as of a flash, are no drift.
 */
export function lintDrift(frames: readonly Cells[], { thresholds }: LintRules): Finding[] {
  if (frames.length < 2) return [];
  const shared = sharedColours(frames);
  const references = [...shared].filter(([, colour]) => colour.frames > 1);
  if (references.length === 0) {
    // Nothing is shared: the first frame is what the others are held against.
    const first = new Set(
      Array.from(frames[0]!.counts, (_, index) => hexOfIndex(frames[0]!, index)),
    );
    references.push(...[...shared].filter(([hex]) => first.has(hex)));
  }
  const known = new Set(references.map(([hex]) => hex));
  return frames.flatMap((cells, frame) => {
    const colours: Record<string, string> = {};
    let drifted = 0;
    for (let index = 0; index < cells.counts.length; index++) {
      const hex = hexOfIndex(cells, index);
      if (known.has(hex)) continue;
      const near = nearestOf(cells, index, references, thresholds.drift);
      if (near?.slice(7) !== hex.slice(7)) continue;
      colours[hex] = near;
      drifted += cells.counts[index]!;
    }
    if (drifted === 0 || drifted < cells.visible * thresholds.driftShare) return [];
    const count = Object.keys(colours).length;
    const drift: Finding = {
      code: 'palette-drift',
      severity: 'warning',
      message: `${count === 1 ? '1 colour' : `${count} colours`} of frame ${frame} are nearly those of the other frames (${drifted} cells).`,
      place: { frame, area: cells.box },
      fix: { id: 'replace-colours', colours },
    };
    return [drift];
  });
}

function sharedColours(frames: readonly Cells[]): Map<string, SharedColour> {
  const shared = new Map<string, SharedColour>();
  for (const cells of frames) {
    for (const [index, count] of cells.counts.entries()) {
      const hex = hexOfIndex(cells, index);
      const before = shared.get(hex);
      const { lab } = cells;
      shared.set(hex, {
        frames: (before?.frames ?? 0) + 1,
        cells: (before?.cells ?? 0) + count,
        lab: [lab[index * 3]!, lab[index * 3 + 1]!, lab[index * 3 + 2]!],
      });
    }
  }
  return shared;
}

function nearestOf(
  { lab }: Cells,
  index: number,
  references: readonly (readonly [hex: string, colour: SharedColour])[],
  most: number,
): string | null {
  let nearest: string | null = null;
  let least = most * most;
  for (const [hex, colour] of references) {
    const lightness = lab[index * 3]! - colour.lab[0];
    const a = lab[index * 3 + 1]! - colour.lab[1];
    const b = lab[index * 3 + 2]! - colour.lab[2];
    const distance = lightness * lightness + a * a + b * b;
    if (distance < least) [nearest, least] = [hex, distance];
  }
  return nearest;
}
