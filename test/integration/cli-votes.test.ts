import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildProgram, runProgram } from '../../src/cli/program.ts';
import { fakeContext } from '../unit/cli/fake-context.ts';
import { vote } from '../unit/project/votes/events.ts';

let folder: string;
const file = () => join(folder, '.dgx-pixels', 'votes.jsonl');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dgx-pixels-votes-'));
  mkdirSync(join(folder, '.dgx-pixels'));
  mkdirSync(join(folder, 'assets', 'hero'), { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command in a folder of the project. */
async function run(...words: string[]) {
  const context = fakeContext(null, { cwd: join(folder, 'assets', 'hero') });
  const code = await runProgram(['votes', ...words], context);
  return { code, out: context.stdout.text, err: context.stderr.text };
}

function write(...lines: unknown[]): void {
  writeFileSync(file(), lines.map(line => `${JSON.stringify(line)}\n`).join(''));
}

const many = Array.from({ length: 20 }, (_, at) =>
  vote(at, ['arcade', 'photo'], [at % 10 === 0 ? 'photo' : 'arcade'], {
    category: at < 10 ? 'tile' : 'item',
  }),
);

describe('dgx-pixels votes', () => {
  test('shows the leaderboard of the project around the folder, with the verdict', async () => {
    write(...many);
    const { code, out, err } = await run('show');
    expect([code, err]).toEqual([0, '']);
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/CONTENDER +STRENGTH +90 % +PICKED +TIED +SHOWN/);
    expect(lines[1]).toMatch(/^1 +arcade +\d\.\d\d +\d\.\d\d - \d\.\d\d +18 +0 +20$/);
    expect(lines[2]).toMatch(/^2 +photo /);
    expect(out).toContain('20 votes rated.');
    expect(out).toContain('Verdict: arcade is better than each of the others.');
  });

  test('shows it for a part of the votes', async () => {
    write(...many);
    const { out } = await run('show', '--category', 'tile', '--json');
    const board = JSON.parse(out) as { standings: object[] };
    expect(board).toMatchObject({ rated: 10, problems: [] });
    expect(board.standings[0]).toMatchObject({ name: 'arcade', picks: 9, appearances: 10 });
    expect((await run('show', '--category', 'hero')).code).toBe(2);
    expect((await run('show', '--size', '16')).out).toContain('nothing was voted on');
  });

  test('tells of lines that it cannot use, with their numbers, and uses the rest', async () => {
    write(many[0], { v: 9 }, many[1]);
    writeFileSync(file(), '{"v":1,"id"', { flag: 'a' });
    const { code, out, err } = await run('show');
    expect(code).toBe(0);
    expect(err).toContain('votes.jsonl:2: written by a later version (9); left out');
    expect(err).toContain('votes.jsonl:4: not a whole line of JSON; left out');
    expect(out).toContain('2 votes rated.');
  });

  test('exports JSON and CSV, to the standard output or a file', async () => {
    write(...many);
    const json = await run('export', '--json');
    const { comparisons } = JSON.parse(json.out) as { comparisons: object[] };
    expect(comparisons).toHaveLength(20);
    const csv = await run('export', '--csv', '-o', 'out/votes.csv', file());
    expect([csv.code, csv.out]).toEqual([0, '']);
    const text = readFileSync(join(folder, 'assets', 'hero', 'out', 'votes.csv'), 'utf8');
    expect(text.split('\r\n')).toHaveLength(42);
  });

  test('says what is wrong with the command', async () => {
    const nothing = await run('show');
    expect(nothing.code).toBe(2);
    expect(nothing.err).toContain('votes.jsonl was found');
    expect((await run('show', 'nowhere')).err).toContain('There is no file or folder');
    write(...many);
    expect((await run('export')).err).toContain('--json or --csv');
    expect((await run('export', '--json', '--csv')).code).toBe(2);
  });

  test('has no command that writes a vote', () => {
    const context = fakeContext(null);
    const program = buildProgram({ context, outcome: { exitCode: 0 } });
    const votes = program.commands.find(command => command.name() === 'votes');
    expect(votes?.commands.map(command => command.name()).sort()).toEqual(['export', 'show']);
  });

  test('leaves the votes as they are', async () => {
    write(...many);
    const before = readFileSync(file(), 'utf8');
    for (const words of [['show'], ['show', '--json'], ['export', '--csv']]) await run(...words);
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });
});
