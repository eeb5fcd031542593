import { deflateSync, inflateSync } from 'node:zlib';
import { createImage, type RgbaImage } from '../../../../src/pixels/image.ts';
import { decodePng } from '../../../../src/pixels/png/decode.ts';
import type { Zlib } from '../../../../src/pixels/png/zlib.ts';
import type { ExportRequest, ExportResult } from '../../../../src/pixels/export/target.ts';
import { TARGETS, type TargetName } from '../../../../src/pixels/export/targets.ts';
import type { LayoutOptions } from '../../../../src/pixels/sheet/placement.ts';
import type { Sheet, SheetFrame, SheetTag } from '../../../../src/pixels/sheet/sheet.ts';
import { randomOf } from '../make-png.ts';

export const zlib: Zlib = {
  inflate: (bytes, maxOutput) => inflateSync(bytes, { maxOutputLength: Math.max(1, maxOutput) }),
  deflate: (bytes, level) => deflateSync(bytes, { level }),
};

/** A picture of few colours with a transparent edge, different for every seed. */
export function sprite(width: number, height: number, seed: number, edge = 1): RgbaImage {
  const random = randomOf(seed);
  const colors = Array.from({ length: 6 }, () => [random(), random(), random()].map(v => v * 255));
  const image = createImage(width, height);
  for (let y = edge; y < height - edge; y++) {
    for (let x = edge; x < width - edge; x++) {
      const color = colors[Math.floor(random() * colors.length)]!;
      image.data.set([...color, 255], (y * width + x) * 4);
    }
  }
  return image;
}

export function frame(id: string, image: RgbaImage, changes: Partial<SheetFrame> = {}): SheetFrame {
  return { id, image, durationMs: 100, pivot: null, ...changes };
}

export function tag(name: string, from: number, to: number, changes: Partial<SheetTag> = {}) {
  return { name, from, to, direction: 'forward', repeat: 0, ...changes } satisfies SheetTag;
}

/** Six frames, two tags, a hit box and a nine-patch. */
export function heroSheet(changes: Partial<Sheet> = {}): Sheet {
  const times = [100, 100, 150, 100, 80, 80];
  const frames = times.map((durationMs, i) =>
    frame(i < 4 ? `walk_${i}` : `idle_${i - 4}`, sprite(16, 20, i + 1), {
      durationMs,
      pivot: { x: 8, y: 19 },
    }),
  );
  return {
    name: 'hero',
    frames,
    tags: [tag('walk', 0, 3, { direction: 'pingpong' }), tag('idle', 4, 5, { repeat: 2 })],
    slices: [
      {
        name: 'hit',
        keys: [
          {
            frame: 0,
            bounds: { x: 4, y: 5, width: 8, height: 12 },
            center: null,
            pivot: { x: 4, y: 11 },
          },
        ],
      },
    ],
    ...changes,
  };
}

/** Frames of different sizes, which pack freely. */
export function mixedSheet(): Sheet {
  const sizes = [
    [16, 16],
    [8, 24],
    [31, 7],
    [5, 5],
    [1, 1],
    [12, 40],
  ] as const;
  const frames = sizes.map(([w, h], i) =>
    frame(`item ${i}`, sprite(w, h, i + 20, Math.min(w, h) > 4 ? 1 : 0)),
  );
  return { name: 'items', frames, tags: [], slices: [] };
}

export interface Exported extends ExportResult {
  /** Text of a file. */
  text: (path: string) => string;
  bytes: (path: string) => Uint8Array<ArrayBuffer>;
  /** Pixels of a PNG file. */
  png: (path: string) => RgbaImage;
}

export function exportSheet(
  target: TargetName,
  sheet: Sheet,
  changes: Partial<ExportRequest> & { options?: LayoutOptions } = {},
): Exported {
  const { options: layout = {}, ...rest } = changes;
  const request = { sheet, layout, zlib, folder: '', existing: new Map<string, string>(), ...rest };
  const result = TARGETS[target].write(request);
  const find = (path: string) => {
    const found = result.files.find(file => file.path === path);
    if (found === undefined)
      throw new Error(`no ${path} in ${result.files.map(f => f.path).join()}`);
    return found;
  };
  const bytes = (path: string) => {
    const file = find(path);
    return 'bytes' in file ? file.bytes : new TextEncoder().encode(file.text);
  };
  return {
    ...result,
    bytes,
    text: path => new TextDecoder().decode(bytes(path)),
    png: path => decodePng(bytes(path), zlib).image,
  };
}

/** Exports again over what somebody made of the first export's file. */
export function exportAgain(target: TargetName, sheet: Sheet, path: string, text: string) {
  return exportSheet(target, sheet, { existing: new Map([[path, text]]) });
}
