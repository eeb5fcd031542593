import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { entries, outputFolder, pages, root } from './outputs.js';

/**
 * Bundles every entry to CommonJS in `dist/`. Native packages stay outside.
 * @returns {Promise<string[]>} sources that do not exist yet and were left out
 * @throws when a required entry is missing or a source does not bundle without a warning
 */
export async function bundle() {
  const started = new Date();
  const present = entries.filter(entry => existsSync(resolve(root, entry.source)));
  const absent = entries.filter(entry => !present.includes(entry));
  const missing = absent.filter(entry => entry.required);
  if (missing.length > 0) {
    throw new Error(
      `${missing.map(entry => entry.source).join(', ')} not found: nothing was built.`,
    );
  }
  const results = [await bundleNode(present), await bundlePages()];
  const warnings = results.flatMap(result => result.warnings);
  if (warnings.length > 0) {
    throw new Error(
      esbuild.formatMessagesSync(warnings, { kind: 'warning', color: false }).join('\n'),
    );
  }
  for (const file of results.flatMap(result => result.outputFiles)) {
    mkdirSync(dirname(file.path), { recursive: true });
    const contents = file.path.endsWith('.cjs') ? withPlainEditorApi(file.text) : file.contents;
    replace(file.path, contents, started);
  }
  return absent.map(entry => entry.source);
}

/** @param {readonly { source: string; output: string }[]} present */
function bundleNode(present) {
  return esbuild.build({
    absWorkingDir: root,
    entryPoints: present.map(entry => ({
      in: entry.source,
      out: entry.output.replace(/\.cjs$/, ''),
    })),
    outdir: outputFolder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    sourcemap: 'linked',
    define: { PACKAGE_VERSION: JSON.stringify(packageVersion()) },
    // vscode is the editor's; zeromq and sharp are native; the rest are optional accelerators their users do without.
    external: ['vscode', 'zeromq', 'sharp', 'bufferutil', 'utf-8-validate', '@napi-rs/nice'],
    plugins: [piscinaWorkerPath],
    write: false,
    logLevel: 'silent',
  });
}

/** Minified, for the browser of the oldest editor that is supported. */
function bundlePages() {
  return esbuild.build({
    absWorkingDir: root,
    entryPoints: pages.map(page => ({
      in: page.source,
      out: page.output.replace(/\.[^.]+$/, ''),
    })),
    outdir: outputFolder,
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'chrome142',
    minify: true,
    legalComments: 'none',
    sourcemap: 'linked',
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
    logLevel: 'silent',
  });
}

/** The version that the bundles report as theirs. */
function packageVersion() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
}

/**
 * esbuild copies every name of a CommonJS module for each file that imports it, which for the editor's API took half of an
 * activation. Nobody imports its default, so the API itself does. Padded, so that source maps stay right.
 * @param {string} code
 */
function withPlainEditorApi(code) {
  return code.replaceAll('__toESM(require("vscode"), 1)', copied =>
    'require("vscode")'.padEnd(copied.length),
  );
}

/**
 * Writes beside and renames, so that a process starting meanwhile never reads half a bundle. The
 * file is dated to the start of the build: a source saved during it makes the bundle stale.
 * @param {string} path
 * @param {Uint8Array | string} contents
 * @param {Date} date
 */
function replace(path, contents, date) {
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, contents);
  utimesSync(beside, date, date);
  renameSync(beside, path);
}

/**
 * Piscina starts its threads from `worker.js` beside its own file, which in a bundle is ours.
 * @type {esbuild.Plugin}
 */
const piscinaWorkerPath = {
  name: 'piscina-worker-path',
  setup(build) {
    build.onLoad({ filter: /[\\/]piscina[\\/]dist[\\/]index\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replace(
        "(__dirname, 'worker.js')",
        "(__dirname, 'piscina-worker.cjs')",
      );
      if (contents === source) {
        throw new Error(`${relative(root, path)} no longer names its worker file as expected.`);
      }
      return { contents, loader: 'js', resolveDir: dirname(path) };
    });
  },
};
