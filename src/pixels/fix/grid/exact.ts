import { pixelWords, type RgbaImage } from '../../image.ts';

/** Cells that are whole pixels wide and high, each of one colour to the last bit. */
export interface ExactGrid {
  pitch: [x: number, y: number];
  phase: [x: number, y: number];
  /** Pixels from the first to the last line of each axis. */
  span: [x: number, y: number];
  /** Lines, of both axes, at which neighbours differ. */
  lines: number;
}

/**
 * The whole-number pitch at which a picture was enlarged by repeating pixels: the greatest common divisor of the distances
 * between all places where neighbours differ, of both axes together unless the picture was stretched.
 * @returns null when that is 1, as with noise, blur or pixels that are cells, or when there is nothing at all to see
 */
export function exactGrid(images: readonly RgbaImage[]): ExactGrid | null {
  const columns = changesAlong(images, 'x');
  const rows = changesAlong(images, 'y');
  const pitch = pitchesOf(columns, rows);
  if (pitch[0] <= 1) return null;
  const { width, height } = images[0]!;
  const lines = columns.length + rows.length;
  if (lines < FEW_LINES && width * height <= SMALL) return null;
  if (byChance(columns, pitch[0]) && byChance(rows, pitch[1])) return null;
  const first = (places: readonly number[]): number => places[0] ?? 0;
  const spanOf = (places: readonly number[]): number => (places.at(-1) ?? 0) - first(places);
  return {
    pitch,
    phase: [first(columns) % pitch[0], first(rows) % pitch[1]],
    span: [spanOf(columns), spanOf(rows)],
    lines,
  };
}

/** Lines that each axis must show before its own divisor is believed. */
const STRETCHED_LINES = 5;

/** How much longer than wide a stretched cell may be. */
const MOST_STRETCHED = 1.75;

/**
 * Square cells, or stretched ones: each axis repeats at a pitch of its own then, neither a multiple of the other, as lines of
 * square cells that show only every so many would have it.
 */
function pitchesOf(columns: readonly number[], rows: readonly number[]): [x: number, y: number] {
  const across = divisor(distances(columns), 0);
  const down = divisor(distances(rows), 0);
  const shared = divisor([down], across);
  const most = Math.max(across, down);
  const least = Math.min(across, down);
  const own =
    shared < least &&
    least > 1 &&
    most <= MOST_STRETCHED * least &&
    Math.min(columns.length, rows.length) >= STRETCHED_LINES;
  return own ? [across, down] : [shared, shared];
}

/** Lines that a small picture must show: a few may well have a common divisor by chance. */
const FEW_LINES = 8;

/** Cells apart that all lines must be for their divisor to be chance. */
const WIDE = 8;

/**
 * Whether no two lines are even near to one cell apart: cells that are not whole pixels wide, such as 29.75, may all happen to
 * begin at even places.
 */
function byChance(places: readonly number[], pitch: number): boolean {
  const apart = distances(places);
  return apart.length > 0 && Math.min(...apart) >= WIDE * pitch;
}

/** Lines on which any two neighbours differ. */
function changesAlong(images: readonly RgbaImage[], axis: 'x' | 'y'): number[] {
  const [first] = images;
  const { width, height } = first!;
  const changed = new Uint8Array(axis === 'x' ? width : height);
  for (const image of images) {
    const words = pixelWords(image);
    if (axis === 'x') {
      for (let y = 0; y < height; y++) {
        const row = y * width;
        for (let x = 1; x < width; x++) if (words[row + x] !== words[row + x - 1]) changed[x] = 1;
        if (y % 16 === 15 && crowded(changed)) break;
      }
      continue;
    }
    for (let y = 1; y < height; y++) {
      const row = y * width;
      for (let x = 0; x < width; x++) {
        if (words[row + x] === words[row + x - width]) continue;
        changed[y] = 1;
        break;
      }
    }
  }
  const places: number[] = [];
  for (let i = 0; i < changed.length; i++) if (changed[i] === 1) places.push(i);
  return places;
}

/** Whether neighbouring lines are all changed already: more rows cannot give a pitch above 1. */
function crowded(changed: Uint8Array): boolean {
  for (let i = 2; i < changed.length; i++)
    if (changed[i] === 1 && changed[i - 1] === 1) return true;
  return false;
}

function distances(places: readonly number[]): number[] {
  return places.slice(1).map((place, i) => place - places[i]!);
}

function divisor(numbers: readonly number[], start: number): number {
  let result = start;
  for (const number of numbers) {
    let [a, b] = [result, number];
    while (b !== 0) [a, b] = [b, a % b];
    result = a;
  }
  return result;
}

/** Share of neighbours that must be equal in a picture that somebody drew pixel by pixel. */
const LEAST_EQUAL = 0.25;

/** Share of runs of one colour that are a single pixel, other than a mixture of its neighbours as smooth edges have it. */
const LEAST_SINGLE = 0.08;

/** Share of changes that are more than the next shade: a smooth gradient has none. */
const LEAST_STEPS = 0.25;

/** Change of a channel that is more than the next shade. */
const SHADE = 6;

function farApart(one: number, other: number): boolean {
  for (let shift = 0; shift < 32; shift += 8) {
    const change = ((one >>> shift) & 255) - ((other >>> shift) & 255);
    if (change > SHADE || change < -SHADE) return true;
  }
  return false;
}

/** Whether a pixel lies between its neighbours in every channel; what is opaque is no mixture with what is clear. */
function blended(words: Uint32Array, pixel: number): boolean {
  const opaque = words[pixel]! >>> 24 === 255;
  if (opaque && (words[pixel - 1]! >>> 24 === 0 || words[pixel + 1]! >>> 24 === 0)) return false;
  for (let shift = 0; shift < 32; shift += 8) {
    const before = (words[pixel - 1]! >>> shift) & 255;
    const here = (words[pixel]! >>> shift) & 255;
    const after = (words[pixel + 1]! >>> shift) & 255;
    if ((here < before && here < after) || (here > before && here > after)) return false;
  }
  return true;
}

/** Pixels below which a picture is taken as drawn whatever it looks like: nothing could be found in it. */
const SMALL = 48 * 48;

/** The same where hardly more colours than those of a palette are seen, so that nothing was blurred. */
const SMALL_PURE = 128 * 128;

/** Pixels of the largest picture that is taken as drawn against a grid that is clear: models draw larger ones. */
const SMALL_SURE = 256 * 256;

/** Whether few cells can be expected of a picture, as it is hardly larger than a sprite. */
export function spriteSized({ width, height }: RgbaImage): boolean {
  return width * height <= SMALL_PURE;
}

/**
 * Whether single pixels stand among areas of exactly one colour, as in a sprite at its own size. Blur without noise can
 * look the same; it has cells that can be found.
 */
export function looksDrawn(image: RgbaImage): boolean {
  const words = pixelWords(image);
  if (words.length <= SMALL) return true;
  const colors = countColors(words);
  if (colors > MOST_COLORS) return false;
  if (colors <= PURE_COLORS && spriteSized(image)) return true;
  const { equal, single, steps } = runsOf(image, words, colors > PURE_COLORS);
  return equal >= LEAST_EQUAL && single >= LEAST_SINGLE && steps >= LEAST_STEPS;
}

/**
 * Whether a picture of a few pure colours has so many single pixels that are no mixture that they must be its cells, even if
 * its pattern repeats as lines of larger ones would: bricks, boards and letters do.
 */
export function surelyDrawn(image: RgbaImage): boolean {
  const words = pixelWords(image);
  if (words.length > SMALL_SURE || countColors(words) > PURE_COLORS) return false;
  const { equal, single, steps } = runsOf(image, words, true);
  return equal >= LEAST_EQUAL && single >= LEAST_SINGLE && steps >= LEAST_STEPS;
}

/** Shares that tell drawn pixels: of equal neighbours, and among runs of one colour of single pixels and of strong steps. */
interface Runs {
  equal: number;
  single: number;
  steps: number;
}

/** @param mixed whether single pixels that may be a mixture of their neighbours are left out */
function runsOf(image: RgbaImage, words: Uint32Array, mixed: boolean): Runs {
  const { width, height } = image;
  let equal = 0;
  let runs = 0;
  let single = 0;
  let steps = 0;
  const step = Math.max(1, Math.floor(height / 256));
  let looked = 0;
  for (let y = 0; y < height; y += step) {
    let run = 1;
    for (let x = 1; x <= width; x++) {
      const same = x < width && words[y * width + x] === words[y * width + x - 1];
      if (same) {
        equal++;
        run++;
        continue;
      }
      runs++;
      if (run === 1 && !(mixed && x > 1 && x < width && blended(words, y * width + x - 1)))
        single++;
      if (x < width && farApart(words[y * width + x]!, words[y * width + x - 1]!)) steps++;
      run = 1;
    }
    looked += width;
  }
  return { equal: equal / looked, single: single / runs, steps: steps / runs };
}

/** Colours that hardly any drawn sprite exceeds, and those up to which none is a mixture of two others. */
const MOST_COLORS = 1024;
const PURE_COLORS = 96;

/** Distinct colours, counted up to one more than a drawn sprite has. */
function countColors(words: Uint32Array): number {
  const seen = new Set<number>();
  let last = 0;
  for (const word of words) {
    if (word === last) continue;
    last = word;
    seen.add(word);
    if (seen.size > MOST_COLORS) break;
  }
  return seen.size;
}
