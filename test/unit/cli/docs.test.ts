import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../../src/cli/exit-codes.ts';
import { buildProgram } from '../../../src/cli/program.ts';
import { fakeContext } from './fake-context.ts';

const docs = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'cli.md'), 'utf8');
const program = buildProgram({ context: fakeContext(null), outcome: { exitCode: 0 } });

function leaves(command: Command, path: string[] = []): { path: string[]; command: Command }[] {
  return command.commands.flatMap(child => {
    const below = [...path, child.name()];
    return child.commands.length > 0 ? leaves(child, below) : [{ path: below, command: child }];
  });
}

describe('docs/cli.md', () => {
  test.each(leaves(program).map(leaf => [leaf.path.join(' '), leaf.command] as const))(
    'tells of %s and all its options',
    (path, command) => {
      const [first = '', second] = path.split(' ');
      expect(docs).toMatch(new RegExp(`^## .*\\b${first}\\b`, 'm'));
      if (second !== undefined) expect(docs).toContain(`${first} ${second}`);
      for (const { long } of command.options) expect(docs).toContain(long);
    },
  );

  test('tells of every exit code', () => {
    for (const code of Object.values(EXIT)) {
      expect(docs).toMatch(new RegExp(`^\\| ${code} +\\|`, 'm'));
    }
  });
});
