import { GIFEncoder } from 'gifenc/dist/gifenc.esm.js';
import { type Film, filmFiles } from '../animation-files.ts';
import { seal, SEAL_BLANK } from '../seal.ts';
import type { ExportRequest, ExportResult } from '../target.ts';
import { gifPalette, stacked, TRANSPARENT, withHardAlpha } from './colors.ts';

/** Viewers slow down frames that are shorter. */
const SHORTEST_MS = 20;

/** Restores the canvas to transparent before the next frame. */
const CLEAR = 2;

/**
 * Writes a GIF per tag. Up to 255 colours in all, or else in each frame, are kept exactly; more are reduced, half-transparent pixels
 * made hard, and times rounded to 10 ms without drifting, each with a warning.
 * @throws SheetError as `checkSheet` and `imagesOnCanvas` do
 */
export function writeGif({ sheet }: ExportRequest): ExportResult {
  const warnings = new Set<string>();
  const files = filmFiles(sheet, '.gif', (film, name) => encodeGif(film, name, warnings));
  return { files, warnings: [...warnings] };
}

function encodeGif(film: Film, name: string, warnings: Set<string>): Uint8Array<ArrayBuffer> {
  const hard = film.images.map(withHardAlpha);
  if (hard.some(({ changed }) => changed)) {
    warnings.add(`${name} has no half-transparent pixels: GIF made them opaque or left them out.`);
  }
  const images = hard.map(({ image }) => image);
  const shared = gifPalette(stacked(images));
  const palettes = images.map(image => (shared.exact ? shared : gifPalette(image)));
  if (palettes.some(({ exact }) => !exact)) {
    warnings.add(`${name} has more than 255 colours in a frame; GIF shows the nearest of 255.`);
  }
  const gif = GIFEncoder({ auto: false });
  gif.writeHeader();
  const delays = delaysOf(film.durationsMs);
  if (delays.some((delay, i) => delay !== film.durationsMs[i])) {
    warnings.add(`${name} rounds its times: GIF counts in 10 ms, and viewers want 20 or more.`);
  }
  for (const [index, image] of images.entries()) {
    const palette = palettes[index]!;
    const first = index === 0;
    gif.writeFrame(palette.indexesOf(image), image.width, image.height, {
      ...(first || palette !== shared ? { palette: padded(palette.colors) } : {}),
      first,
      delay: delays[index]!,
      transparent: true,
      transparentIndex: TRANSPARENT,
      dispose: CLEAR,
      repeat: film.loop ? 0 : -1,
    });
  }
  writeComment(gif.stream, SEAL_BLANK);
  gif.finish();
  return seal(gif.bytes());
}

/** A table has at least two colours. */
function padded(colors: number[][]): number[][] {
  return colors.length < 2 ? [...colors, [0, 0, 0]] : colors;
}

/** Rounds so that the animation as a whole keeps its time. */
function delaysOf(durations: readonly number[]): number[] {
  let owed = 0;
  return durations.map(duration => {
    const delay = Math.max(SHORTEST_MS, Math.round((duration + owed) / 10) * 10);
    owed += duration - delay;
    return delay;
  });
}

function writeComment(stream: ReturnType<typeof GIFEncoder>['stream'], text: string): void {
  const bytes = new TextEncoder().encode(text);
  stream.writeBytes([0x21, 0xfe, bytes.length, ...bytes, 0]);
}
