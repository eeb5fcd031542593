import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  cruise,
  type IConfiguration,
  type ICruiseResult,
  type IViolation,
} from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const config = createRequire(import.meta.url)('../../../.dependency-cruiser.cjs') as IConfiguration;

/** Each forbidden import, and the rule that must name it. */
const forbidden: [rule: string, file: string, imported: string][] = [
  ['pixels-imports', 'src/pixels/bad.ts', '../protocol/good.ts'],
  ['pixels-imports', 'src/pixels/bad.ts', '../project/good.ts'],
  ['protocol-imports', 'src/protocol/bad.ts', '../pixels/good.ts'],
  ['project-imports', 'src/project/bad.ts', '../client/zmq.ts'],
  ['local-imports', 'src/local/bad.ts', '../client/zmq.ts'],
  ['client-imports', 'src/client/bad.ts', '../worker/main.ts'],
  ['client-imports', 'src/client/bad.ts', '../pixels/good.ts'],
  ['worker-imports', 'src/worker/bad.ts', '../client/zmq.ts'],
  ['worker-imports', 'src/worker/bad.ts', '../cli/main.ts'],
  ['worker-imports', 'src/worker/bad.ts', '../extension/good.ts'],
  ['extension-imports', 'src/extension/bad.ts', '../worker/main.ts'],
  ['extension-imports', 'src/extension/bad.ts', '../cli/main.ts'],
  ['cli-imports', 'src/cli/bad.ts', '../worker/main.ts'],
  ['cli-imports', 'src/cli/bad.ts', '../extension/good.ts'],
  ['webview-imports', 'src/webview/bad.ts', '../client/zmq.ts'],
  ['webview-imports', 'src/webview/bad.ts', '../extension/good.ts'],
  ['every-folder-is-a-layer', 'src/elsewhere/bad.ts', '../pixels/good.ts'],
  ['zeromq-has-one-door', 'src/client/bad.ts', 'zeromq'],
  ['zeromq-has-one-door', 'src/worker/bad.ts', 'zeromq'],
  ['sharp-has-one-door', 'src/worker/images/bad.ts', 'sharp'],
  ['vscode-has-one-door', 'src/client/bad.ts', 'vscode'],
  ['webview-ui-toolkit-has-one-door', 'src/webview/bad.ts', '@vscode/webview-ui-toolkit'],
  ['pure-layers-do-no-io', 'src/pixels/bad.ts', 'node:fs'],
  ['pure-layers-do-no-io', 'src/protocol/bad.ts', 'node:crypto'],
  ['pure-layers-do-no-io', 'src/project/bad.ts', 'path'],
  ['pure-layers-use-pure-packages', 'src/protocol/bad.ts', 'undici'],
  ['no-cycles', 'src/project/one.ts', './other.ts'],
  ['src-stands-alone', 'src/cli/bad.ts', '../../test/helpers/suite.ts'],
  ['src-stands-alone', 'src/cli/bad.ts', '../../scripts/build.js'],
  ['no-dev-dependencies-in-src', 'src/cli/bad.ts', 'esbuild'],
  ['no-dev-dependencies-in-src', 'src/cli/bad.ts', 'undeclared'],
  ['imports-resolve', 'src/cli/bad.ts', './nowhere.ts'],
];

/** The same offences in less plain words. */
const disguised: [rule: string, file: string, statement: string][] = [
  ['pixels-imports', 'src/pixels/typed.ts', `import type { a } from '../protocol/good.ts';`],
  ['zeromq-has-one-door', 'src/client/lazy.ts', `export const load = () => import('zeromq');`],
  ['zeromq-has-one-door', 'src/cli/required.ts', `export const zeromq = require('zeromq');`],
  ['sharp-has-one-door', 'src/worker/made.ts', `export const sharp = requireHere('sharp');`],
  ['pure-layers-do-no-io', 'src/pixels/asked.ts', `process.getBuiltinModule('node:fs');`],
];

const allowed: [file: string, imported: string][] = [
  ['src/pixels/good.ts', '@noble/hashes'],
  ['src/protocol/good.ts', 'zod'],
  ['src/project/good.ts', '../pixels/good.ts'],
  ['src/project/good.ts', '../protocol/good.ts'],
  ['src/local/good.ts', '../protocol/good.ts'],
  ['src/local/good.ts', 'node:fs'],
  ['src/client/zmq.ts', 'zeromq'],
  ['src/client/zmq.ts', '../local/good.ts'],
  ['src/worker/main.ts', '../project/good.ts'],
  ['src/worker/main.ts', '../local/good.ts'],
  ['src/worker/main.ts', 'undici'],
  ['src/worker/server/zmq.ts', 'zeromq'],
  ['src/worker/images/sharp-codec.ts', 'sharp'],
  ['src/cli/main.ts', '../client/zmq.ts'],
  ['src/extension/good.ts', 'vscode'],
  ['src/extension/good.ts', '../client/zmq.ts'],
  ['src/webview/good.ts', '../extension/panels/messages/compare.ts'],
  ['src/webview/ui/toolkit.ts', '@vscode/webview-ui-toolkit'],
];

const packages = {
  dependencies: ['zeromq', 'zod', 'undici', '@noble/hashes', '@vscode/webview-ui-toolkit'],
  optionalDependencies: ['sharp'],
  devDependencies: ['esbuild'],
};

const folder = mkdtempSync(join(tmpdir(), 'import-rules-'));
let violations: IViolation[];

beforeAll(async () => {
  writeTree();
  const { options, ...ruleSet } = config;
  const { output } = await cruise(['src'], {
    ...options,
    baseDir: folder,
    validate: true,
    ruleSet,
  });
  violations = (output as ICruiseResult).summary.violations;
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the import rules', () => {
  it.each(forbidden)('%s stops %s from importing %s', (rule, file, imported) => {
    const target = imported.replace(/^(node:|[./]+)/, '');
    const hits = violations.filter(({ from, to }) => from === file && to.includes(target));
    expect(hits.map(violation => violation.rule.name)).toContain(rule);
  });

  it.each(disguised)('%s sees through %s: %s', (rule, file) => {
    const hits = violations.filter(({ from }) => from === file);
    expect(hits.map(violation => violation.rule.name)).toEqual([rule]);
  });

  it('let every permitted import pass', () => {
    const files = new Set(allowed.map(([file]) => file));
    expect(violations.filter(({ from }) => files.has(from))).toEqual([]);
  });

  it('are each tried here', () => {
    const rules = new Set(config.forbidden?.map(rule => rule.name));
    expect(new Set(forbidden.map(([rule]) => rule))).toEqual(rules);
  });
});

/** A project that commits every offence, with stand-ins for the packages it imports. */
function writeTree(): void {
  const sources = new Map<string, string[]>([
    ['src/extension/panels/messages/compare.ts', []],
    ['src/project/other.ts', ['./one.ts']],
    ['test/helpers/suite.ts', []],
    ['scripts/build.js', []],
  ]);
  for (const [file, imported] of [
    ...forbidden.map(([, file, imported]) => [file, imported] as const),
    ...allowed,
  ]) {
    sources.set(file, [...(sources.get(file) ?? []), imported]);
  }
  for (const [file, imports] of sources) {
    write(file, imports.map((from, n) => `export * as n${n} from '${from}';`).join('\n'));
  }
  for (const [, file, statement] of disguised) write(file, statement);
  const installed = [...Object.values(packages).flat(), 'undeclared'];
  for (const name of installed) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    write(`node_modules/${name}/index.js`, '');
  }
  const section = (names: string[]) => Object.fromEntries(names.map(name => [name, '*']));
  write(
    'package.json',
    JSON.stringify(
      Object.fromEntries(Object.entries(packages).map(([kind, names]) => [kind, section(names)])),
    ),
  );
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
