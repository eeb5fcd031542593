// node scripts/package.js [--target TARGET|all] [--out DIR]: the extension as one VSIX per platform
import { mkdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.js';
import { root } from './outputs.js';
import { currentTarget, targets, writeVsix } from './vsix.js';

const { values } = parseArgs({
  options: { target: { type: 'string' }, out: { type: 'string', default: root } },
});

const wanted = values.target === 'all' ? Object.keys(targets) : [values.target ?? currentTarget()];
const unknown = wanted.filter(target => !(target in targets));
if (unknown.length > 0) {
  console.error(`No target ${unknown.join(', ')}: there are ${Object.keys(targets).join(', ')}.`);
  process.exit(2);
}
const out = resolve(values.out);
mkdirSync(out, { recursive: true });
await bundle();
for (const target of wanted) {
  const file = await writeVsix(target, out);
  const megabytes = (statSync(file).size / 1e6).toFixed(2);
  console.log(`${megabytes.padStart(6)} MB  ${relative(process.cwd(), join(file))}`);
}
