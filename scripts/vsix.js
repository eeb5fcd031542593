import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import * as esbuild from 'esbuild';
import { outputFolder, root } from './outputs.js';
import { copyZeromq, linuxLibc } from './standalone.js';
import { thirdPartyNotices } from './third-party-notices.js';

/**
 * The platforms a VSIX is made for, in the editor's words, and which of zeromq's binaries each takes.
 * @type {Record<string, { os: string; arch: string; libc: string }>}
 */
export const targets = {
  'linux-x64': { os: 'linux', arch: 'x64', libc: 'glibc' },
  'linux-arm64': { os: 'linux', arch: 'arm64', libc: 'glibc' },
  'alpine-x64': { os: 'linux', arch: 'x64', libc: 'musl' },
  'alpine-arm64': { os: 'linux', arch: 'arm64', libc: 'musl' },
  'darwin-arm64': { os: 'darwin', arch: 'arm64', libc: 'libc' },
  'darwin-x64': { os: 'darwin', arch: 'x64', libc: 'libc' },
  'win32-x64': { os: 'win32', arch: 'x64', libc: 'msvc' },
  'win32-arm64': { os: 'win32', arch: 'arm64', libc: 'msvc' },
};

/** Files and folders beside the bundles; what does not exist is left out. */
const shipped = ['package.nls.json', 'l10n', 'workflows', 'media', 'LICENSE'];

/** The README's pictures: an editor shows none that lie in the extension. */
const README_PICTURE = /^media\/[^/]+\.(png|gif)$/;

/** @returns {string} the target of this machine */
export function currentTarget() {
  const system =
    process.platform === 'linux' && linuxLibc() === 'musl' ? 'alpine' : process.platform;
  return `${system}-${process.arch}`;
}

/**
 * Packs the bundles in `dist/` into a VSIX with the zeromq binary of one platform and no sharp:
 * editors on Linux crash when it is loaded into them.
 * @param {string} target one of `targets`
 * @param {string} folder where the file goes
 * @returns {Promise<string>} path of the VSIX
 * @throws when the target is unknown or zeromq ships no binary for it
 */
export async function writeVsix(target, folder) {
  const platform = targets[target];
  if (platform === undefined) throw new Error(`No target ${target}.`);
  const staging = mkdtempSync(join(tmpdir(), 'dgxp-vsix-'));
  try {
    for (const name of shipped) {
      if (existsSync(join(root, name))) {
        cpSync(join(root, name), join(staging, name), {
          recursive: true,
          filter: path => !README_PICTURE.test(relative(root, path).replaceAll('\\', '/')),
        });
      }
    }
    writeFileSync(join(staging, 'README.md'), readmeWithoutPictures());
    const manifest = writeManifest(staging);
    await writeBundles(join(staging, 'dist'));
    // Where `require` of a file in dist/ looks first; vsce itself drops a root node_modules.
    copyZeromq(join(staging, 'dist', 'node_modules'), platform);
    writeFileSync(join(staging, 'THIRD_PARTY_NOTICES.txt'), thirdPartyNotices());
    writeFileSync(join(staging, '.vscodeignore'), '');
    const file = join(folder, `${manifest.name}-${target}-${manifest.version}.vsix`);
    await createVSIX({
      cwd: staging,
      packagePath: file,
      target,
      dependencies: false,
      rewriteRelativeLinks: false,
      allowMissingRepository: true,
      allowUnusedFilesPattern: true,
    });
    return file;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function readmeWithoutPictures() {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  return readme.replace(/^!\[[^\]]*\]\(media\/[^)]*\)\n\n?/gm, '');
}

/**
 * The manifest without what only a checkout needs.
 * @param {string} staging
 * @returns {{ name: string; version: string }}
 */
function writeManifest(staging) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const key of ['scripts', 'bin', 'files', 'dependencies', 'devDependencies']) {
    delete manifest[key];
  }
  delete manifest.optionalDependencies;
  // npm's field for the command line; editors look at `vscode` alone.
  manifest.engines = { vscode: manifest.engines.vscode };
  writeFileSync(join(staging, 'package.json'), JSON.stringify(manifest, null, 2));
  return manifest;
}

/**
 * Bundles without source maps. Names stay where errors and schemas report some of them; the file that activation loads has
 * neither, and is the shorter the sooner it is read.
 * @param {string} to
 */
async function writeBundles(to) {
  for (const name of readdirSync(outputFolder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(cjs|js|css)$/.test(name) || /^(cli\.cjs$|test|node_modules)/.test(name)) continue;
    const source = readFileSync(join(outputFolder, name), 'utf8');
    const { code } = await esbuild.transform(source, {
      loader: name.endsWith('.css') ? 'css' : 'js',
      minifyWhitespace: true,
      minifySyntax: true,
      ...(name === 'extension.cjs' && { minifyIdentifiers: true, format: 'cjs' }),
      legalComments: 'none',
      target: name.endsWith('.cjs') ? 'node22' : 'chrome138',
    });
    mkdirSync(join(to, name, '..'), { recursive: true });
    writeFileSync(join(to, name), code);
  }
}
