import sharp from 'sharp';
import type { RgbaImage } from '../../src/pixels/image.ts';
import { addWhiteNoise, normal, type Random, randomOf, seedOf } from './random.ts';

export const EDGE = 1024;

/** What a picture suffers on its way from true cells to 1024x1024, from nothing to what a strong SDXL wobble looks like. */
export interface Condition {
  name: 'int' | 'frac' | 'jpeg' | 'ai' | 'aiplus';
  /** Sigma in pixels. */
  blur: number;
  /** Standard deviation of each line, as a share of a cell. */
  jitter: number;
  /** Standard deviation of the white noise, 0 to 255. */
  white: number;
  /** The same of the blotches. */
  blotchy: number;
  /** JPEG quality, with halved chroma. */
  quality: number | null;
}

export const CONDITIONS: readonly Condition[] = [
  { name: 'int', blur: 0, jitter: 0, white: 0, blotchy: 0, quality: null },
  { name: 'frac', blur: 0.6, jitter: 0, white: 0, blotchy: 0, quality: null },
  { name: 'jpeg', blur: 1, jitter: 0, white: 4, blotchy: 0, quality: 80 },
  { name: 'ai', blur: 1.2, jitter: 0.06, white: 5, blotchy: 2.5, quality: 85 },
  { name: 'aiplus', blur: 1.6, jitter: 0.1, white: 7, blotchy: 3.5, quality: 75 },
];

/** Sigma of the blotches in pixels. */
const BLOTCH = 6;

/** White, light grey, magenta, dark. */
const GROUNDS = [
  [255, 255, 255],
  [222, 222, 222],
  [255, 0, 255],
  [27, 25, 33],
] as const;

/** The colour a sprite is drawn on. */
function groundOf(name: string): readonly [number, number, number] {
  return GROUNDS[seedOf(name) % GROUNDS.length]!;
}

/** The truth over its ground; alpha stays and tells the sprite's cells. */
export function flattened(truth: RgbaImage, name: string): RgbaImage {
  const ground = groundOf(name);
  const data = truth.data.slice();
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3]! / 255;
    for (let c = 0; c < 3; c++) {
      data[at + c] = Math.round(alpha * data[at + c]! + (1 - alpha) * ground[c]!);
    }
  }
  return { ...truth, data };
}

/** Range of the pitch, by cells of the longer side. */
export function pitchRange(cells: number): [least: number, most: number] {
  if (cells <= 16) return [18, 40];
  return cells <= 32 ? [11, 24] : [7.2, Math.min(13, EDGE / cells)];
}

export interface Degraded {
  /** PNG or JPEG of 1024x1024. */
  file: Buffer;
  /** Mean distance of the lines drawn: jitter moves it from the one intended. */
  pitch: [x: number, y: number];
  /** Place of the first cell's corner. */
  origin: [x: number, y: number];
}

/** Draws a sprite large under a condition; the same bytes for the same name and condition. */
export async function degrade(
  truth: RgbaImage,
  name: string,
  condition: Condition,
): Promise<Degraded> {
  const random = randomOf(seedOf(`${name} ${condition.name}`));
  const ground = groundOf(name);
  const cells = Math.max(truth.width, truth.height);
  const [least, most] = pitchRange(cells);
  const whole = condition.name === 'int';
  const filled = whole && random() < 0.5;
  const drawn = least + random() * (most - least);
  const pitch = filled ? Math.floor(EDGE / cells) : whole ? Math.round(drawn) : drawn;
  const start = (count: number): number => {
    const place = random() * (EDGE - count * pitch);
    return whole ? Math.floor(place) : place;
  };
  const origin: [number, number] = [start(truth.width), start(truth.height)];
  const jitter = condition.jitter * pitch;
  const columns = linesOf(truth.width, pitch, origin[0], jitter, random);
  const rows = linesOf(truth.height, pitch, origin[1], jitter, random);
  const picture = render(flattened(truth, name), ground, columns, rows, condition.blur);
  if (condition.white > 0) addWhiteNoise(picture, condition.white, random);
  if (condition.blotchy > 0) addBlotches(picture, condition.blotchy, random);
  const pixels = Uint8ClampedArray.from(picture);
  const raw = sharp(pixels, { raw: { width: EDGE, height: EDGE, channels: 3 } });
  const file =
    condition.quality === null
      ? await raw.png({ compressionLevel: 1 }).toBuffer()
      : await raw.jpeg({ quality: condition.quality }).toBuffer();
  return { file, pitch: [pitchOf(columns), pitchOf(rows)], origin };
}

function linesOf(
  cells: number,
  pitch: number,
  start: number,
  jitter: number,
  random: Random,
): Float64Array {
  return Float64Array.from(
    { length: cells + 1 },
    (_, line) => start + line * pitch + (jitter > 0 ? jitter * normal(random) : 0),
  );
}

/** Slope of the straight line through the lines' places. */
function pitchOf(lines: Float64Array): number {
  const middle = (lines.length - 1) / 2;
  let spread = 0;
  let slope = 0;
  for (const [line, place] of lines.entries()) {
    spread += (line - middle) ** 2;
    slope += (line - middle) * place;
  }
  return slope / spread;
}

/** For each pixel the share of each cell in it, blurred: `shares[pixel * (cells + 2) + cell + 1]`, ground first and last. */
function sharesOf(lines: Float64Array, blur: number): Float64Array {
  const kinds = lines.length + 1;
  const shares = new Float64Array(EDGE * kinds);
  for (let kind = 0; kind < kinds; kind++) {
    const from = Math.max(0, kind === 0 ? 0 : lines[kind - 1]!);
    const to = Math.min(EDGE, kind === kinds - 1 ? EDGE : lines[kind]!);
    for (let x = Math.floor(from); x < Math.min(EDGE, Math.ceil(to)); x++) {
      shares[x * kinds + kind]! += Math.max(0, Math.min(to, x + 1) - Math.max(from, x));
    }
  }
  if (blur === 0) return shares;
  const radius = Math.ceil(blur * 4);
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * blur * blur)),
  );
  const sum = kernel.reduce((total, value) => total + value, 0);
  const blurred = new Float64Array(shares.length);
  for (let x = 0; x < EDGE; x++) {
    for (let k = -radius; k <= radius; k++) {
      const weight = kernel[k + radius]! / sum;
      const from = Math.max(0, Math.min(EDGE - 1, x + k)) * kinds;
      for (let kind = 0; kind < kinds; kind++) {
        blurred[x * kinds + kind]! += weight * shares[from + kind]!;
      }
    }
  }
  return blurred;
}

/** Samples of 1024x1024 RGB, not yet rounded. */
function render(
  truth: RgbaImage,
  ground: readonly [number, number, number],
  columns: Float64Array,
  rows: Float64Array,
  blur: number,
): Float32Array {
  const wide = truth.width + 2;
  const high = truth.height + 2;
  const colors = new Float64Array(wide * high * 3);
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const inside = x > 0 && y > 0 && x <= truth.width && y <= truth.height;
      const at = ((y - 1) * truth.width + x - 1) * 4;
      for (let c = 0; c < 3; c++) {
        colors[(y * wide + x) * 3 + c] = inside ? truth.data[at + c]! : ground[c]!;
      }
    }
  }
  const across = sharesOf(columns, blur);
  const down = sharesOf(rows, blur);
  const strips = new Float64Array(high * EDGE * 3);
  for (let row = 0; row < high; row++) {
    for (let x = 0; x < EDGE; x++) {
      const to = (row * EDGE + x) * 3;
      for (let column = 0; column < wide; column++) {
        const share = across[x * wide + column]!;
        if (share === 0) continue;
        const from = (row * wide + column) * 3;
        for (let c = 0; c < 3; c++) strips[to + c]! += share * colors[from + c]!;
      }
    }
  }
  const picture = new Float32Array(EDGE * EDGE * 3);
  for (let y = 0; y < EDGE; y++) {
    const to = y * EDGE * 3;
    for (let row = 0; row < high; row++) {
      const share = down[y * high + row]!;
      if (share === 0) continue;
      const from = row * EDGE * 3;
      for (let i = 0; i < EDGE * 3; i++) picture[to + i]! += share * strips[from + i]!;
    }
  }
  return picture;
}

/** Slow noise: white noise at an eighth of the size, smoothed by linear interpolation twice. */
function addBlotches(picture: Float32Array, sd: number, random: Random): void {
  const step = BLOTCH * 2;
  const count = Math.ceil(EDGE / step) + 2;
  // A bilinear mix of four unit deviates has a mean variance of 4/9.
  const scale = sd * 1.5;
  for (let c = 0; c < 3; c++) {
    const knots = Float64Array.from({ length: count * count }, () => scale * normal(random));
    for (let y = 0; y < EDGE; y++) {
      const row = Math.floor(y / step);
      const fy = y / step - row;
      for (let x = 0; x < EDGE; x++) {
        const column = Math.floor(x / step);
        const fx = x / step - column;
        const at = row * count + column;
        const top = knots[at]! + fx * (knots[at + 1]! - knots[at]!);
        const low = knots[at + count]! + fx * (knots[at + count + 1]! - knots[at + count]!);
        picture[(y * EDGE + x) * 3 + c]! += top + fy * (low - top);
      }
    }
  }
}
