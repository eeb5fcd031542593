import { type Palette, PaletteError } from '../../pixels/palette/files/palette.ts';
import { readPalette } from '../../pixels/palette/files/palette-file.ts';
import { t } from '../l10n.ts';
import { Problem } from '../problem.ts';
import { nodeZlib } from './node-zlib.ts';

/**
 * The palette of a file's bytes.
 * @throws Problem `invalid-palette` with the file and the line to mend
 */
export function paletteFrom(bytes: Uint8Array, fileName: string): Palette {
  try {
    return readPalette(bytes, fileName, nodeZlib);
  } catch (error) {
    if (!(error instanceof PaletteError)) throw error;
    throw new Problem('invalid-palette', t('{0} is no palette: {1}', fileName, error.message), [], {
      cause: error,
    });
  }
}
