import { createRequire } from 'node:module';
import { join } from 'node:path';

type ResultPart = typeof import('./result-part.ts');

/** Loads what decodes pictures; Node keeps it. @throws Error when the extension's files are not whole */
export function loadResultPart(extensionFolder: string): ResultPart {
  const requireHere = createRequire(join(extensionFolder, 'package.json'));
  return requireHere(join(extensionFolder, 'dist', 'extension-result.cjs')) as ResultPart;
}
