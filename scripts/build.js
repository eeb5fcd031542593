// node scripts/build.js [--if-stale] [--standalone DIR]
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isStale } from './outputs.js';

const { values } = parseArgs({
  options: { 'if-stale': { type: 'boolean' }, standalone: { type: 'string' } },
});

try {
  if (!values['if-stale'] || isStale()) {
    // Loaded only now, so that a fresh tree costs no bundler start.
    const { bundle } = await import('./bundle.js');
    for (const source of await bundle()) console.error(`${source} does not exist yet: left out.`);
  }
  if (values.standalone !== undefined) {
    const { writeStandalone } = await import('./standalone.js');
    writeStandalone(resolve(values.standalone));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
