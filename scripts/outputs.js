import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * What is bundled. `required: false` entries are left out, with a line saying so, while their
 * source does not exist yet.
 * @type {readonly { source: string; output: string; required: boolean }[]}
 */
export const entries = [
  { source: 'src/cli/main.ts', output: 'cli.cjs', required: true },
  { source: 'src/worker/main.ts', output: 'worker.cjs', required: true },
  { source: 'src/worker/images/pixels-thread.ts', output: 'pixels-thread.cjs', required: false },
  { source: 'src/worker/builtin/engine-thread.ts', output: 'engine-thread.cjs', required: true },
  { source: 'src/worker/models/hash-thread.ts', output: 'hash-thread.cjs', required: true },
  { source: 'src/extension/extension.ts', output: 'extension.cjs', required: true },
  { source: 'src/extension/client-part.ts', output: 'extension-client.cjs', required: true },
  {
    source: 'src/extension/panels/result/result-part.ts',
    output: 'extension-result.cjs',
    required: true,
  },
  {
    source: 'src/extension/compare/compare-part.ts',
    output: 'extension-compare.cjs',
    required: true,
  },
  {
    source: 'src/extension/pixels/pixels-part.ts',
    output: 'extension-pixels.cjs',
    required: true,
  },
  {
    source: 'src/extension/pixels/thread/pixels-thread.ts',
    output: 'extension-pixels-thread.cjs',
    required: true,
  },
  { source: piscinaWorker(), output: 'piscina-worker.cjs', required: true },
];

/**
 * What runs in the editor's webviews: a script or a style sheet each.
 * @type {readonly { source: string; output: string }[]}
 */
export const pages = [
  { source: 'src/webview/result-editor/main.ts', output: 'webview/result-editor.js' },
  { source: 'src/webview/results/main.ts', output: 'webview/results.js' },
  { source: 'src/webview/fix/main.ts', output: 'webview/fix.js' },
  { source: 'src/webview/fix/fix-worker.ts', output: 'webview/fix-worker.js' },
  { source: 'src/webview/leaderboard/main.ts', output: 'webview/leaderboard.js' },
  { source: 'src/webview/compare/main.ts', output: 'webview/compare.js' },
  { source: 'src/webview/ui/page.css', output: 'webview/page.css' },
];

/** The worker and its threads: all that a copy without the repository needs of `dist/`. */
export const workerOutputs = entries
  .filter(({ output }) => output !== 'cli.cjs' && !output.startsWith('extension'))
  .map(entry => entry.output);

/** Where bundles are written. */
export const outputFolder = join(root, 'dist');

const inputs = ['src', 'workflows', 'scripts', 'package.json', 'package-lock.json'];

/**
 * Whether a bundle is missing or older than anything it is made from.
 * @returns {boolean}
 */
export function isStale() {
  const outputs = [...entries, ...pages]
    .filter(entry => existsSync(resolve(root, entry.source)))
    .map(entry => join(outputFolder, entry.output));
  const oldest = Math.min(...outputs.map(modified));
  return inputs.some(input => newest(join(root, input)) > oldest);
}

/** @param {string} path @returns {number} */
function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/**
 * The newest change below a path; folders count too, so that a removed file is seen.
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  if (!existsSync(path)) return 0;
  const own = modified(path);
  if (!statSync(path).isDirectory()) return own;
  return Math.max(own, ...readdirSync(path).map(name => newest(join(path, name))));
}

function piscinaWorker() {
  return join(dirname(createRequire(import.meta.url).resolve('piscina')), 'worker.js');
}
