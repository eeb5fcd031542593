import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..', '..', 'src');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => ({
    name: name.replaceAll(sep, '/'),
    text: readFileSync(join(root, name), 'utf8'),
  }));

function filesWith(pattern: RegExp): string[] {
  return sources
    .filter(({ text }) => pattern.test(text))
    .map(({ name }) => name)
    .toSorted();
}

it('votes reach their file in one place, which only the store of the editor uses', () => {
  expect(filesWith(/(?<!\.)\bappendText\(/)).toEqual([
    'extension/votes/disk-votes.ts',
    'project/votes/votes-file.ts',
  ]);
  expect(filesWith(/from '[./\w-]*\/disk-votes\.ts'/)).toEqual(['extension/votes/vote-store.ts']);
});

it('only the comparison panel votes: no wire method, command line or tool', () => {
  const voters = filesWith(/\b(?:log|store|#?votes|#store)\.append\(/);
  expect(voters.filter(name => !/^extension\/(?:panels\/compare|votes)\//.test(name))).toEqual([]);
  const users = filesWith(/from '[./\w-]*\/(?:vote-store|vote-log|votes-part)\.ts'/);
  expect(users.filter(name => !name.startsWith('extension/'))).toEqual([]);
});
