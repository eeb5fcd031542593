// node scripts/lint.js [TOOL…]: every check of the sources, two at a time
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './outputs.js';

const sourceFolders = ['src', 'test', 'bench', 'scripts', 'bin'].filter(folder =>
  existsSync(join(root, folder)),
);

/** The slow ones first, so that the two lanes end together. */
const tools = new Map([
  ['eslint', ['eslint', '--max-warnings=0', '.']],
  ['tsc', ['tsc', '--noEmit']],
  ['tsc scripts', ['tsc', '--noEmit', '--project', 'scripts']],
  ['tsc webview', ['tsc', '--noEmit', '--project', 'src/webview']],
  ['knip', ['knip']],
  ['depcruise', ['depcruise', ...sourceFolders]],
  ['prettier', ['prettier', '--check', '--log-level=warn', '.']],
]);
const lanes = 2;

const wanted = process.argv.slice(2);
const queue = wanted.length > 0 ? wanted : [...tools.keys()];
await Promise.all(Array.from({ length: lanes }, runQueue));

async function runQueue() {
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const command = tools.get(name);
    if (command === undefined) {
      console.error(`No tool ${name}: there are ${[...tools.keys()].join(', ')}.`);
      process.exitCode = 2;
      continue;
    }
    const started = performance.now();
    const { code, output } = await run(command);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${name.padEnd(12)} ${code === 0 ? 'ok    ' : 'failed'} ${seconds.padStart(5)} s`);
    if (code === 0) continue;
    console.log(output.trimEnd());
    process.exitCode = 1;
  }
}

/**
 * @param {string[]} command a tool in `node_modules/.bin` and its arguments
 * @returns {Promise<{ code: number | null; output: string }>}
 */
function run([tool = '', ...args]) {
  const bin = join(root, 'node_modules', '.bin');
  const child = spawn(tool, args, {
    cwd: root,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`, FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', chunk => (output += chunk));
  }
  return new Promise(resolve => {
    child.on('error', error => resolve({ code: 1, output: error.message }));
    child.on('close', code => resolve({ code, output }));
  });
}
