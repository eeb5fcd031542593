import { spawn } from 'node:child_process';
import Module from 'node:module';
import { findNode, majorOf, minimumNode } from './find-node.js';

/**
 * Runs the bundled command line: in this process when its Node is new enough, else in a child on the
 * Node that npm brought.
 * @param {string} program absolute path of the CommonJS bundle
 * @param {string[]} args
 * @returns {void}
 */
export function launch(program, args) {
  if (majorOf(process.version) >= minimumNode) {
    process.argv = [process.execPath, program, ...args];
    Module.runMain();
    return;
  }
  const node = findNode();
  if (node === undefined) {
    fail(
      `DGX-Pixels needs Node ${minimumNode} or newer and this is ${process.version}: install it again ` +
        `without --omit=optional so that npm can bring Node ${minimumNode}, or run it with a newer Node.`,
    );
    return;
  }
  run(node, [program, ...args]);
}

/**
 * @param {string} node
 * @param {string[]} args
 */
function run(node, args) {
  const child = spawn(node, args, { stdio: 'inherit' });
  // A terminal's Ctrl-C already reaches the whole process group; passing it on would count twice.
  const interruptIsShared = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !interruptIsShared) child.kill(signal);
    });
  }
  child.on('error', error => fail(`DGX-Pixels could not start ${node}: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** @param {string} sentence */
function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
