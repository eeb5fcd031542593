import { createRequire } from 'node:module';
import { join } from 'node:path';
import { t } from '../l10n.ts';

/** What compares models, see compare-part.ts. Its errors are told apart by `code`: its classes are not this bundle's. */
export type ComparePart = Omit<typeof import('./compare-part.ts'), 'useTranslations'>;

let part: ComparePart | null = null;

/** Loads the part once. @throws Error when the extension's files are not whole */
export function loadComparePart(extensionFolder: string): ComparePart {
  if (part === null) {
    const requireHere = createRequire(join(extensionFolder, 'package.json'));
    const loaded = requireHere(
      join(extensionFolder, 'dist', 'extension-compare.cjs'),
    ) as typeof import('./compare-part.ts');
    loaded.useTranslations(t);
    part = loaded;
  }
  return part;
}
