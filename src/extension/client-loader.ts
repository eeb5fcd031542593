import { createRequire } from 'node:module';
import { join } from 'node:path';
import { t } from './l10n.ts';

/** What speaks to a worker, see client-part.ts. Its errors are told apart by `code`: its classes are not this bundle's. */
export type ClientPart = Omit<typeof import('./client-part.ts'), 'useTranslations'>;

/** Loads the part that speaks to a worker, once. */
export class ClientLoader {
  readonly #folder: string;
  #part: ClientPart | null = null;

  /** @param folder the extension's */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws Error when the extension's files are not whole */
  load(): ClientPart {
    if (this.#part === null) {
      const requireHere = createRequire(join(this.#folder, 'package.json'));
      const part = requireHere(
        join(this.#folder, 'dist', 'extension-client.cjs'),
      ) as typeof import('./client-part.ts');
      part.useTranslations(t);
      this.#part = part;
    }
    return this.#part;
  }
}
