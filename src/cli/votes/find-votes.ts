import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { VotesFile } from '../../project/votes/vote-lines.ts';
import { readVotes } from '../../project/votes/votes-file.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { type Context, print } from '../context.ts';
import { shortPath } from '../job/short-path.ts';
import { printable } from '../terminal/text.ts';

/** Where votes lie in a game's project. */
const VOTES_PATH = join('.dgx-pixels', 'votes.jsonl');

/** Problems of a file that are told one by one. */
const TOLD = 20;

/**
 * Reads the votes that a person named, telling problems of the file to the standard error.
 * @param given a votes file, or a folder from which `.dgx-pixels/votes.jsonl` is looked for upward
 * @throws PixelsError `not-found`
 */
export async function loadVotes(
  { cwd, stderr }: Pick<Context, 'cwd' | 'stderr'>,
  given = '.',
): Promise<VotesFile> {
  const path = await votesPath(resolve(cwd, given));
  const votes = readVotes(await readFile(path, 'utf8'));
  const name = shortPath(path, cwd);
  for (const { line, reason } of votes.problems.slice(0, TOLD)) {
    print(stderr, printable(`warning: ${name}:${line}: ${reason}; left out`));
  }
  const more = votes.problems.length - TOLD;
  if (more > 0) print(stderr, printable(`warning: ${name}: ${more} more lines left out`));
  return votes;
}

async function votesPath(start: string): Promise<string> {
  const kind = await kindOf(start);
  if (kind === 'file') return start;
  if (kind === null) throw new PixelsError('not-found', `There is no file or folder ${start}.`);
  for (let folder = start; ; folder = dirname(folder)) {
    const path = join(folder, VOTES_PATH);
    if ((await kindOf(path)) === 'file') return path;
    if (dirname(folder) === folder) break;
  }
  throw new PixelsError(
    'not-found',
    `No ${VOTES_PATH} was found from ${start} upward; votes are given in the comparison panel of the editor.`,
  );
}

async function kindOf(path: string): Promise<'file' | 'folder' | null> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return null;
  }
}
