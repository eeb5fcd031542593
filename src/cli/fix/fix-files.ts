import { FixError } from '../../pixels/fix/error.ts';
import { fixFrames, fixPixels } from '../../pixels/fix/fix-pixels.ts';
import type { FixReport } from '../../pixels/fix/report.ts';
import type { FixSettingsInput } from '../../pixels/fix/settings.ts';
import { TRUSTED } from '../../pixels/fix/warnings.ts';
import type { RgbaImage } from '../../pixels/image.ts';
import { keptWarnings } from '../../project/pixels/kept-warnings.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { asFileFault } from '../file-fault.ts';
import { type FoundFile, readPictureFile } from '../pixels/image-files.ts';

/** A picture that was fixed. */
export interface FixedFile {
  file: FoundFile;
  /** Size of the picture in pixels. */
  picture: [width: number, height: number];
  sprite: RgbaImage;
  report: FixReport;
  warnings: string[];
}

/** A file that could not be fixed, or whose sprite could not be written. */
export interface FixFailure {
  path: string;
  code: string;
  /** One sentence or two. */
  message: string;
}

/** What went wrong with a file. */
export function failureOf(path: string, thrown: unknown): FixFailure {
  const error = asFileFault(thrown);
  const known = PixelsError.is(error) || error instanceof FixError;
  return {
    path,
    code: known ? error.code : 'internal',
    message: error instanceof Error ? error.message : String(error),
  };
}

/** Whether the cells of a picture were found with certainty. */
export function isSure({ grid }: FixReport): boolean {
  return grid.confidence >= TRUSTED && grid.method !== 'even';
}

/**
 * Fixes a picture.
 * @throws PixelsError or FixError with a sentence that does not name the file
 */
export async function fixFile(file: FoundFile, input: FixSettingsInput): Promise<FixedFile> {
  const { image } = await readPictureFile(file.path);
  const fixed = fixPixels(image, input);
  return fixedFile(file, image, fixed.image, fixed.report);
}

/**
 * Fixes pictures as the frames of one animation: one grid, one canvas, one palette.
 * @param fail is told of each file that cannot be read; then none is fixed
 * @throws FixError `unequal-frames`, `too-many-cells`
 */
export async function fixFramesOf(
  files: readonly FoundFile[],
  input: FixSettingsInput,
  fail: (file: FoundFile, error: unknown) => void,
): Promise<FixedFile[]> {
  const read: { file: FoundFile; image: RgbaImage }[] = [];
  for (const file of files) {
    try {
      read.push({ file, image: (await readPictureFile(file.path)).image });
    } catch (error) {
      fail(file, error);
    }
  }
  // Frames that lack one would lie differently from what the person wants.
  if (read.length < files.length || read.length === 0) return [];
  const { frames } = fixFrames(
    read.map(({ image }) => image),
    input,
  );
  return read.flatMap(({ file, image }, place) => {
    const frame = frames[place];
    return frame === undefined ? [] : [fixedFile(file, image, frame.image, frame.report)];
  });
}

function fixedFile(
  file: FoundFile,
  { width, height }: RgbaImage,
  sprite: RgbaImage,
  report: FixReport,
): FixedFile {
  const warnings = [...report.warnings, ...keptWarnings(sprite, report)];
  return { file, picture: [width, height], sprite, report, warnings };
}
