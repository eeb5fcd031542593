import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');

describe('what an editor loads when the extension activates', () => {
  let inputs: string[];
  let bytes: number;

  beforeAll(async () => {
    const { metafile, outputFiles } = await esbuild.build({
      absWorkingDir: root,
      entryPoints: ['src/extension/extension.ts'],
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node22',
      minify: true,
      external: ['vscode'],
      metafile: true,
      write: false,
      logLevel: 'silent',
    });
    inputs = Object.keys(metafile.inputs);
    bytes = outputFiles[0]?.contents.byteLength ?? Infinity;
  });

  test('has no schemas, no codec, no YAML and no native code', () => {
    const heavy = /node_modules\/(?:zod|zeromq|@msgpack|yaml|sharp|undici|ws)\//;
    expect(inputs.filter(input => heavy.test(input))).toEqual([]);
  });

  test('stays below 300 kB', () => {
    expect(bytes).toBeLessThan(300_000);
  });
});
