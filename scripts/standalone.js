import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { outputFolder, root, workerOutputs } from './outputs.js';

const requireHere = createRequire(import.meta.url);

/**
 * Writes a folder from which the worker runs without the repository, laid out like it: `dist/` with
 * the worker's bundles, `workflows/`, and `node_modules/` with zeromq and its one binary for here.
 * @param {string} folder made when absent; what an earlier call wrote there is replaced
 * @returns {void}
 */
export function writeStandalone(folder) {
  mkdirSync(join(folder, 'dist'), { recursive: true });
  for (const output of workerOutputs) {
    const from = join(outputFolder, output);
    if (existsSync(from)) cpSync(from, join(folder, 'dist', output));
  }
  copyFresh(join(root, 'workflows'), join(folder, 'workflows'));
  copyZeromq(join(folder, 'node_modules'), currentPlatform());
}

/**
 * Copies zeromq's run-time files with only the binary of one platform, and the loader that picks it.
 * @param {string} nodeModules
 * @param {{ os: string; arch: string; libc: string }} platform in the words of zeromq's manifest
 * @returns {void}
 * @throws when zeromq ships no binary for the platform
 */
export function copyZeromq(nodeModules, platform) {
  const from = dirname(requireHere.resolve('zeromq/package.json'));
  const to = join(nodeModules, 'zeromq');
  const [key, binary] = newestBinary(join(from, 'build', 'manifest.json'), platform);
  rmSync(to, { recursive: true, force: true });
  for (const name of ['package.json', 'LICENSE.txt', 'LICENSE_MPL-2.0.txt']) {
    cpSync(join(from, name), join(to, name));
  }
  cpSync(join(from, 'lib'), join(to, 'lib'), {
    recursive: true,
    filter: path => !/\.d\.ts$|\.map$|ts3\.7|\.tsbuildinfo$/.test(path),
  });
  cpSync(join(from, 'build', binary), join(to, 'build', binary));
  writeFileSync(join(to, 'build', 'manifest.json'), JSON.stringify({ [key]: binary }));
  copyLoader(dirname(requireHere.resolve('zeromq')), join(nodeModules, 'cmake-ts'));
}

/**
 * Of cmake-ts only the loader runs in production.
 * @param {string} user folder from which cmake-ts resolves
 * @param {string} to
 */
function copyLoader(user, to) {
  const loader = createRequire(join(user, 'index.js')).resolve('cmake-ts/build/loader');
  rmSync(to, { recursive: true, force: true });
  cpSync(loader, join(to, 'build', 'loader.js'));
  cpSync(join(dirname(loader), '..', 'package.json'), join(to, 'package.json'));
}

/**
 * N-API binaries serve every later Node, so the one built for the highest ABI is enough.
 * @param {string} manifest
 * @param {{ os: string; arch: string; libc: string }} platform
 * @returns {[key: string, binary: string]}
 */
function newestBinary(manifest, { os, arch, libc }) {
  /** @type {Record<string, string>} */
  const binaries = JSON.parse(readFileSync(manifest, 'utf8'));
  const found = Object.entries(binaries)
    .map(([key, binary]) => ({ key, binary, target: JSON.parse(key) }))
    .filter(({ target }) => target.os === os && target.arch === arch && target.libc === libc)
    .sort((a, b) => b.target.abi - a.target.abi)[0];
  if (found === undefined) throw new Error(`zeromq ships no binary for ${os} ${arch} (${libc}).`);
  return [found.key, found.binary];
}

function currentPlatform() {
  const { platform: os, arch } = process;
  const libc = os === 'darwin' ? 'libc' : os === 'win32' ? 'msvc' : linuxLibc();
  return { os, arch, libc };
}

/**
 * The same question that zeromq's loader asks.
 * @returns {'musl' | 'glibc'}
 */
export function linuxLibc() {
  return existsSync('/etc/alpine-release') ? 'musl' : 'glibc';
}

/** @param {string} from @param {string} to */
function copyFresh(from, to) {
  rmSync(to, { recursive: true, force: true });
  if (existsSync(from)) cpSync(from, to, { recursive: true });
}
