import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './outputs.js';

/**
 * The licences of the packages whose code is inside the extension: its dependencies and theirs, as
 * the lock file names them.
 * @returns {string}
 */
export function thirdPartyNotices() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const parts = Object.entries(packages)
    .filter(([path, entry]) => path !== '' && entry.dev !== true && entry.optional !== true)
    .map(([path, entry]) => notice(path, entry))
    .filter(text => text !== null);
  return [
    'This extension contains or is built from the following packages.',
    ...parts.sort((a, b) => (a < b ? -1 : 1)),
  ].join(`\n\n${'='.repeat(80)}\n\n`);
}

/**
 * @param {string} path of the package below the root
 * @param {{ version?: string; license?: string }} entry
 * @returns {string | null} null for a package that is not installed
 */
function notice(path, { version = '', license = 'see below' }) {
  const folder = join(root, path);
  if (!existsSync(folder)) return null;
  const name = path.replace(/^.*node_modules\//, '');
  const files = readdirSync(folder).filter(file => /^(licen[sc]e|copying)/i.test(file));
  const texts = files.map(file => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}
