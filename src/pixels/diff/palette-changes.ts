import type { RgbaImage } from '../image.ts';

/** How many cells have a colour before and after. */
export interface ColourChange {
  /** `#rrggbbaa`. */
  colour: string;
  before: number;
  after: number;
  kind: 'added' | 'removed' | 'changed';
}

/** Colours whose number of visible cells changed, the largest change first, then by colour. */
export function paletteChanges(before: RgbaImage, after: RgbaImage): ColourChange[] {
  const old = countsOf(before);
  const now = countsOf(after);
  const changes: ColourChange[] = [];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const was = old.get(key) ?? 0;
    const is = now.get(key) ?? 0;
    if (was === is) continue;
    changes.push({
      colour: `#${key.toString(16).padStart(8, '0')}`,
      before: was,
      after: is,
      kind: was === 0 ? 'added' : is === 0 ? 'removed' : 'changed',
    });
  }
  const size = (change: ColourChange): number => Math.abs(change.after - change.before);
  return changes.sort((a, b) => size(b) - size(a) || (a.colour < b.colour ? -1 : 1));
}

/** Cells of each visible colour; the keys are `0xrrggbbaa`. */
function countsOf({ data }: RgbaImage): Map<number, number> {
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 0) continue;
    const key =
      ((data[at]! << 24) | (data[at + 1]! << 16) | (data[at + 2]! << 8) | data[at + 3]!) >>> 0;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
