import { createRequire } from 'node:module';
import { join } from 'node:path';
import { t } from '../l10n.ts';

/** What works on pictures, see pixels-part.ts. Its errors are told apart by `code`: its classes are not this bundle's. */
export type PixelsPart = Omit<typeof import('./pixels-part.ts'), 'useTranslations'>;

let part: PixelsPart | null = null;

/** Loads the part once. @throws Error when the extension's files are not whole */
export function loadPixelsPart(extensionFolder: string): PixelsPart {
  if (part === null) {
    const requireHere = createRequire(join(extensionFolder, 'package.json'));
    const loaded = requireHere(
      join(extensionFolder, 'dist', 'extension-pixels.cjs'),
    ) as typeof import('./pixels-part.ts');
    loaded.useTranslations(t);
    part = loaded;
  }
  return part;
}
