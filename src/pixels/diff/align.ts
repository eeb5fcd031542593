import { pixelWords, type RgbaImage } from '../image.ts';

/** Where the top left cell of a picture lies on another's canvas; may be negative. */
export interface Offset {
  x: number;
  y: number;
}

/** Cell comparisons that a search may take: about half a second. */
const BUDGET = 2e8;
/** What a place costs beside its cells, in cell comparisons: it is listed and put in order. */
const PLACE_COST = 256;

/** The words of a picture with everything transparent made equal. */
export function visibleWords(image: RgbaImage): Uint32Array {
  const words = pixelWords(image).slice();
  for (let cell = 0; cell < words.length; cell++)
    if (image.data[cell * 4 + 3] === 0) words[cell] = 0;
  return words;
}

/**
 * The offset of `other` at which the fewest cells differ; of equally good ones the one nearest to the top left alignment.
 * Tried are all up to `most` cells beyond what aligns any two borders, as far as that is affordable; else only the corners,
 * middles and their surroundings.
 */
export function bestOffset(base: RgbaImage, other: RgbaImage, most: number): Offset {
  const before = visibleWords(base);
  const after = visibleWords(other);
  const visible = count(before) + count(after);
  let best: Offset = { x: 0, y: 0 };
  let least = differences(base, before, other, after, best, visible, Infinity);
  for (const offset of candidates(base, other, most)) {
    if (least === 0) break;
    const changed = differences(base, before, other, after, offset, visible, least);
    if (changed < least) [best, least] = [offset, changed];
  }
  return best;
}

function count(words: Uint32Array): number {
  let visible = 0;
  for (const word of words) if (word !== 0) visible++;
  return visible;
}

function candidates(base: RgbaImage, other: RgbaImage, most: number): Offset[] {
  const across = base.width - other.width;
  const down = base.height - other.height;
  const cells = Math.min(base.width, other.width) * Math.min(base.height, other.height);
  const range = (room: number): number[] => {
    const [from, to] = [Math.min(0, room) - most, Math.max(0, room) + most];
    return Array.from({ length: to - from + 1 }, (_, step) => from + step);
  };
  const anchors = (room: number, reach: number): number[] => {
    const places = [0, Math.floor(room / 2), room].flatMap(anchor =>
      Array.from({ length: reach * 2 + 1 }, (_, step) => anchor - reach + step),
    );
    return [...new Set(places)];
  };
  let columns = range(across);
  let rows = range(down);
  for (
    let reach = most;
    columns.length * rows.length * (cells + PLACE_COST) > BUDGET && reach >= 0;
    reach--
  ) {
    columns = anchors(across, reach);
    rows = anchors(down, reach);
  }
  const offsets = rows.flatMap(y => columns.map(x => ({ x, y })));
  const far = ({ x, y }: Offset): number => Math.abs(x) + Math.abs(y);
  return offsets.sort((one, two) => far(one) - far(two));
}

/** Cells of the joint canvas that differ; stops counting at a limit. */
function differences(
  base: RgbaImage,
  before: Uint32Array,
  other: RgbaImage,
  after: Uint32Array,
  { x, y }: Offset,
  visible: number,
  limit: number,
): number {
  const left = Math.max(0, x);
  const right = Math.min(base.width, x + other.width);
  const top = Math.max(0, y);
  const bottom = Math.min(base.height, y + other.height);
  // A visible cell of either counts once, unless both show the same there (twice off) or another colour (once off).
  let changed = visible;
  let spare = 2 * Math.max(0, right - left) * Math.max(0, bottom - top);
  for (let row = top; row < bottom; row++) {
    const from = row * base.width;
    const to = (row - y) * other.width - x;
    for (let column = left; column < right; column++) {
      const one = before[from + column]!;
      const two = after[to + column]!;
      if (one === 0 || two === 0) continue;
      changed -= one === two ? 2 : 1;
    }
    spare -= 2 * (right - left);
    if (changed - spare >= limit) return limit;
  }
  return changed;
}
