import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** What a house rule forbids: the rule, a file and its only statement. */
const forbidden: [rule: string, file: string, statement: string][] = [
  ['no-restricted-imports', 'src/pixels/a.ts', `export { readFileSync } from 'node:fs';`],
  ['no-restricted-imports', 'src/protocol/a.ts', `export { createHash } from 'crypto';`],
  ['no-restricted-imports', 'src/project/a.ts', `export { readFile } from 'fs/promises';`],
  ['no-restricted-globals', 'src/project/b.ts', `export const cwd = process.cwd();`],
  ['no-restricted-globals', 'src/worker/a.ts', `export const here = __dirname;`],
  ['no-restricted-syntax', 'src/worker/b.ts', `export default 1;`],
  ['no-restricted-syntax', 'src/worker/c.ts', `export * from './b.ts';`],
  ['no-restricted-syntax', 'src/worker/d.ts', `export const here = import.meta.url;`],
  ['no-console', 'src/worker/g.ts', `console.log('lost');`],
  ['@typescript-eslint/no-explicit-any', 'src/worker/h.ts', `export let anything: any;`],
  ['@typescript-eslint/no-floating-promises', 'src/worker/i.ts', `Promise.resolve(1);`],
  [
    '@typescript-eslint/consistent-type-imports',
    'src/worker/j.ts',
    `import { Stats } from 'node:fs'; export let stats: Stats;`,
  ],
  [
    '@typescript-eslint/naming-convention',
    'src/worker/k.ts',
    `export interface IJob { id: string }`,
  ],
  [
    '@typescript-eslint/switch-exhaustiveness-check',
    'src/worker/l.ts',
    `export function f(x: 'a' | 'b') { switch (x) { case 'a': return 1; } return 0; }`,
  ],
];

const allowed: [file: string, statement: string][] = [
  ['src/cli/a.ts', `console.log('for a person');`],
  ['src/worker/m.ts', `export { readFileSync } from 'node:fs';`],
  ['src/worker/n.ts', `export async function one() { await Promise.resolve(1); return 1; }`],
  ['test/a.ts', `export const first = [1][0]!; export const here = import.meta.url;`],
];

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lint-rules-')));
const complaints = new Map<string, (string | null)[]>();

beforeAll(async () => {
  for (const [file, text] of [
    ...forbidden.map(row => row.slice(1) as [string, string]),
    ...allowed,
  ]) {
    write(file, `${text}\n`);
  }
  const extend = join(repository, 'tsconfig.json');
  const typeRoots = [join(repository, 'node_modules/@types')];
  write(
    'tsconfig.json',
    JSON.stringify({ extends: extend, compilerOptions: { typeRoots }, include: ['src', 'test'] }),
  );
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: join(repository, 'eslint.config.js'),
  });
  for (const { filePath, messages } of await eslint.lintFiles(['src', 'test'])) {
    complaints.set(
      relative(folder, filePath),
      messages.map(message => message.ruleId ?? message.message),
    );
  }
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe('the lint rules', () => {
  it.each(forbidden)('%s stops %s: %s', (rule, file) => {
    expect(complaints.get(file)).toEqual([rule]);
  });

  it.each(allowed)('let %s say: %s', file => {
    expect(complaints.get(file)).toEqual([]);
  });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
