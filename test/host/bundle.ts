import { join } from 'node:path';
import * as esbuild from 'esbuild';

const root = join(import.meta.dirname, '..', '..');

/**
 * Bundles the suite that runs inside VS Code.
 * @returns absolute path of a CommonJS module with `run()`
 */
export async function bundleSuite(): Promise<string> {
  const outfile = join(root, 'dist', 'test', 'host.cjs');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/host/suite.ts'],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    sourcemap: 'inline',
    define: { 'import.meta.dirname': JSON.stringify(join(root, 'test', 'host')) },
    external: ['vscode', 'mocha', 'zeromq', 'sharp'],
    logLevel: 'error',
  });
  return outfile;
}
