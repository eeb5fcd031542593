import { crc32, deflateSync } from 'node:zlib';

/** A PNG written straight from the specification, as slowly and plainly as can be, to hold the decoder against. */
export interface PlainPng {
  width: number;
  height: number;
  colorType: 0 | 2 | 3 | 4 | 6;
  bitDepth: 1 | 2 | 4 | 8 | 16;
  interlaced: boolean;
  /** Samples of each pixel, row by row. */
  pixels: number[][];
  /** RGB of each index. */
  palette?: number[][];
  /** Opacities of the first indexes, or the samples that are transparent. */
  transparency?: number[];
  /** Further chunks in front of the pixels. */
  extra?: Uint8Array[];
  /** Pieces that the pixels are cut into. */
  pieces?: number;
}

const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

export const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

export function chunk(type: string, body: Uint8Array | readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(12 + body.length);
  bytes.writeUInt32BE(body.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(body, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + body.length)), 8 + body.length);
  return new Uint8Array(bytes);
}

export function header(
  width: number,
  height: number,
  bitDepth: number,
  colorType: number,
  interlace = 0,
): Uint8Array {
  const body = Buffer.alloc(13);
  body.writeUInt32BE(width, 0);
  body.writeUInt32BE(height, 4);
  body.set([bitDepth, colorType, 0, 0, interlace], 8);
  return chunk('IHDR', body);
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export function makePng(png: PlainPng): Uint8Array {
  const { width, height, colorType, bitDepth, interlaced, pixels } = png;
  const passes = interlaced ? ADAM7 : ([[0, 0, 1, 1]] as const);
  const rows: Uint8Array[] = [];
  for (const [x0, y0, stepX, stepY] of passes) {
    let above: number[] = [];
    for (let y = y0; y < height; y += stepY) {
      const picked: number[][] = [];
      for (let x = x0; x < width; x += stepX) picked.push(pixels[y * width + x]!);
      if (picked.length === 0) continue;
      const row = pack(picked.flat(), bitDepth);
      const distance = Math.max(1, (picked[0]!.length * bitDepth) / 8);
      const filter = rows.length % 5;
      rows.push(Uint8Array.from([filter, ...filtered(filter, row, above, distance)]));
      above = row;
    }
  }
  const packed = deflateSync(join(...rows));
  const pieces = png.pieces ?? 1;
  const size = Math.ceil(packed.length / pieces);
  const wide = colorType !== 3;
  return join(
    SIGNATURE,
    header(width, height, bitDepth, colorType, interlaced ? 1 : 0),
    ...(png.palette ? [chunk('PLTE', png.palette.flat())] : []),
    ...(png.transparency
      ? [chunk('tRNS', wide ? pack(png.transparency, 16) : png.transparency)]
      : []),
    ...(png.extra ?? []),
    ...Array.from({ length: pieces }, (_, i) =>
      chunk('IDAT', packed.subarray(i * size, (i + 1) * size)),
    ),
    chunk('IEND', []),
  );
}

function pack(samples: readonly number[], bitDepth: number): number[] {
  if (bitDepth === 16) return samples.flatMap(sample => [sample >> 8, sample & 255]);
  const bytes: number[] = Array.from(
    { length: Math.ceil((samples.length * bitDepth) / 8) },
    () => 0,
  );
  for (const [index, sample] of samples.entries()) {
    const bit = index * bitDepth;
    bytes[bit >> 3]! |= sample << (8 - bitDepth - (bit % 8));
  }
  return bytes;
}

function filtered(filter: number, row: number[], above: number[], distance: number): number[] {
  return row.map((value, i) => {
    const a = row[i - distance] ?? 0;
    const b = above[i] ?? 0;
    const c = i < distance ? 0 : (above[i - distance] ?? 0);
    const p = a + b - c;
    const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
    const paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    return (value - [0, a, b, Math.floor((a + b) / 2), paeth][filter]!) & 255;
  });
}

/** What the picture shows, straight from its samples: RGBA of 8 bits. */
export function colorsOf(png: PlainPng): number[] {
  const { bitDepth, colorType, palette = [], transparency } = png;
  const top = 2 ** bitDepth - 1;
  const scaled = (sample: number): number => Math.round((sample * 255) / top);
  return png.pixels.flatMap(samples => {
    if (colorType === 3) {
      const index = samples[0]!;
      return [...(palette[index] ?? [0, 0, 0]), transparency?.[index] ?? 255];
    }
    const [r, g, b] = colorType === 0 || colorType === 4 ? samples.slice(0, 1) : samples;
    const clear =
      colorType <= 2 && transparency?.every((value, channel) => value === samples[channel]);
    const alpha =
      colorType === 4 ? scaled(samples[1]!) : colorType === 6 ? scaled(samples[3]!) : 255;
    return [scaled(r!), scaled(g ?? r!), scaled(b ?? r!), clear ? 0 : alpha];
  });
}

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export type Kind = Pick<PlainPng, 'colorType' | 'bitDepth'>;

/** Every combination of colour type and bit depth that PNG has. */
export const KINDS: readonly Kind[] = [
  ...([1, 2, 4, 8, 16] as const).map(bitDepth => ({ colorType: 0 as const, bitDepth })),
  ...([8, 16] as const).map(bitDepth => ({ colorType: 2 as const, bitDepth })),
  ...([1, 2, 4, 8] as const).map(bitDepth => ({ colorType: 3 as const, bitDepth })),
  ...([8, 16] as const).map(bitDepth => ({ colorType: 4 as const, bitDepth })),
  ...([8, 16] as const).map(bitDepth => ({ colorType: 6 as const, bitDepth })),
];

/** A picture of random samples; with `clear` one that uses tRNS where its kind can. */
export function randomPng(
  kind: Kind,
  width: number,
  height: number,
  options: { interlaced: boolean; clear: boolean; seed: number },
): PlainPng {
  const random = randomOf(options.seed);
  const top = 2 ** kind.bitDepth;
  const count = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[kind.colorType];
  const value = (): number => Math.floor(random() * top);
  const pixels = Array.from({ length: width * height }, () => Array.from({ length: count }, value));
  const png: PlainPng = { ...kind, width, height, interlaced: options.interlaced, pixels };
  if (kind.colorType === 3) {
    png.palette = Array.from({ length: top }, () =>
      Array.from({ length: 3 }, () => Math.floor(random() * 256)),
    );
    if (options.clear) png.transparency = [0, 100, 255].slice(0, top);
  } else if (options.clear && kind.colorType <= 2) {
    png.transparency = pixels[0]!;
  }
  return png;
}
