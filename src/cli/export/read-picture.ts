import { basename, dirname, extname } from 'node:path';
import type { NamedPicture } from '../../pixels/sheet/from-pictures.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { readPictureFile } from '../pixels/image-files.ts';

/**
 * A PNG file as a frame or a sheet.
 * @throws PixelsError `not-found`, `unsupported-image`, `invalid-image`, with the file's name
 */
export async function readPicture(path: string): Promise<NamedPicture> {
  const file = basename(path);
  try {
    const { image } = await readPictureFile(path);
    return { name: basename(path, extname(path)), folder: basename(dirname(path)), image };
  } catch (error) {
    if (!PixelsError.is(error, 'unsupported-image', 'invalid-image')) throw error;
    throw new PixelsError(error.code, `${file} cannot be read: ${error.message}`, undefined, {
      cause: error,
    });
  }
}
