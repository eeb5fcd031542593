// node scripts/write-l10n.js: l10n/bundle.l10n.json from the texts in src/extension
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './outputs.js';

const TEXT = /(?<![\w.])t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g;
const folder = join(root, 'src', 'extension');
const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .flatMap(name => [...readFileSync(join(folder, name), 'utf8').matchAll(TEXT)])
  .map(([, single, double]) => (single ?? double ?? '').replace(/\\(.)/g, '$1'));
const bundle = Object.fromEntries([...new Set(texts)].sort().map(text => [text, text]));
writeFileSync(join(root, 'l10n', 'bundle.l10n.json'), `${JSON.stringify(bundle, null, 2)}\n`);
