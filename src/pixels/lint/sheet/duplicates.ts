import { pixelWords, type RgbaImage } from '../../image.ts';
import { boxOfCells, type Cells } from '../cells.ts';
import type { Finding } from '../finding.ts';
import type { LintRules } from '../rules.ts';

/** Cells that two nearly equal frames may always differ in, however small the sprite is. */
const ALWAYS = 1;

/** Frames that show what an earlier one shows: the same, or all but a few cells of it. */
export function lintDuplicates(frames: readonly Cells[], { thresholds }: LintRules): Finding[] {
  const found: Finding[] = [];
  for (let frame = 1; frame < frames.length; frame++) {
    const cells = frames[frame]!;
    const most = Math.max(ALWAYS, Math.floor(cells.visible * thresholds.sameShare));
    let twin: { frame: number; cells: number[] } | null = null;
    for (let other = 0; other < frame && twin?.cells.length !== 0; other++) {
      const changed = changedCells(
        frames[other]!.image,
        cells.image,
        twin?.cells.length ?? most + 1,
      );
      if (changed !== null) twin = { frame: other, cells: changed };
    }
    if (twin !== null && cells.visible > 0) found.push(finding(cells, frame, twin));
  }
  return found;
}

function finding(cells: Cells, frame: number, twin: { frame: number; cells: number[] }): Finding {
  const count = twin.cells.length;
  if (count === 0) {
    return {
      code: 'duplicate-frame',
      severity: 'info',
      message: `Frame ${frame} is the same as frame ${twin.frame}; a longer duration says it without it.`,
      place: { frame, area: null },
      fix: { id: 'drop-frame' },
    };
  }
  return {
    code: 'near-duplicate-frame',
    severity: 'info',
    message: `Frame ${frame} differs from frame ${twin.frame} in ${count === 1 ? '1 cell' : `${count} cells`} only.`,
    place: { frame, area: boxOfCells(cells.width, twin.cells) },
    fix: { id: 'drop-frame' },
  };
}

/** Cells that look different, when they are fewer than a limit; else null. */
function changedCells(one: RgbaImage, other: RgbaImage, limit: number): number[] | null {
  if (one.width !== other.width || one.height !== other.height) return null;
  const before = pixelWords(one);
  const after = pixelWords(other);
  const changed: number[] = [];
  for (let cell = 0; cell < before.length; cell++) {
    if (before[cell] === after[cell]) continue;
    if (one.data[cell * 4 + 3] === 0 && other.data[cell * 4 + 3] === 0) continue;
    changed.push(cell);
    if (changed.length >= limit) return null;
  }
  return changed;
}
