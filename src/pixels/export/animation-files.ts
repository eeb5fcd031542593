import type { RgbaImage } from '../image.ts';
import { imagesOnCanvas } from '../sheet/canvas.ts';
import { playbacksOf } from '../sheet/playback.ts';
import type { Sheet } from '../sheet/sheet.ts';
import { checkSheet } from '../sheet/validate.ts';
import type { BinaryFile } from './file.ts';

/** An animation as GIF, APNG and WebP hold it: pictures of one size, one after the other. */
export interface Film {
  images: RgbaImage[];
  durationsMs: number[];
  loop: boolean;
}

/** A film per tag, or one of all frames; with several tags the tag's name goes into the file's. */
export function filmFiles(
  sheet: Sheet,
  ending: string,
  encode: (film: Film, name: string) => Uint8Array<ArrayBuffer>,
): BinaryFile[] {
  checkSheet(sheet);
  const images = imagesOnCanvas(sheet);
  const plays = playbacksOf(sheet, sheet.name);
  const names = filmNames(sheet, ending);
  return plays.map(({ frames, loop }, index) => {
    const film = {
      images: frames.map(frame => images[frame]!),
      durationsMs: frames.map(frame => sheet.frames[frame]!.durationMs),
      loop,
    };
    return { path: names[index]!, bytes: encode(film, names[index]!) };
  });
}

/** File names of a sheet's films. */
function filmNames({ name, tags }: Sheet, ending: string): string[] {
  if (tags.length <= 1) return [`${name}${ending}`];
  const taken = new Set<string>();
  return tags.map(tag => {
    const base = `${name}-${tag.name.replace(/[\\/:*?"<>|]/g, '-')}`;
    let path = `${base}${ending}`;
    for (let number = 2; taken.has(path.toLowerCase()); number++)
      path = `${base}-${number}${ending}`;
    taken.add(path.toLowerCase());
    return path;
  });
}
