import { basename, resolve } from 'node:path';
import { type Palette, PaletteError } from '../../pixels/palette/files/palette.ts';
import { readPalette } from '../../pixels/palette/files/palette-file.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { readNamedFile } from '../options.ts';
import { nodeZlib } from '../preview/zlib.ts';

/**
 * The palette of a file that an option names.
 * @throws PixelsError `not-found`, or `invalid-params` with the file and the line to mend
 */
export async function readPaletteFile(name: string, cwd: string): Promise<Palette> {
  const bytes = await readNamedFile(resolve(cwd, name));
  try {
    return readPalette(bytes, basename(name), nodeZlib);
  } catch (error) {
    if (!(error instanceof PaletteError)) throw error;
    throw new PixelsError('invalid-params', `${name}: ${error.message}`, undefined, {
      cause: error,
    });
  }
}
