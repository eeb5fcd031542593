import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DiskVotes } from '../../../../src/extension/votes/disk-votes.ts';
import type { VoteFile } from '../../../../src/extension/votes/vote-file.ts';
import { VoteLog } from '../../../../src/extension/votes/vote-log.ts';
import type { VoteEvent } from '../../../../src/project/votes/vote-event.ts';
import { readVotes } from '../../../../src/project/votes/votes-file.ts';
import { idOf, undo, vote } from '../../project/votes/events.ts';

const votes = Array.from({ length: 9 }, (_, at) => vote(at + 1, ['a', 'b'], ['a']));
const text = (...events: readonly unknown[]): string =>
  events.map(event => `${JSON.stringify(event)}\n`).join('');

let folder: string;
let path: string;
/** Bytes that were handed out, so that a test sees what was read. */
let readBytes: number;
let log: VoteLog;

/** A file in small pieces, so that lines and known parts end within them. */
class Counted extends DiskVotes implements VoteFile {
  override async *pieces(): AsyncGenerator<Uint8Array> {
    for await (const piece of super.pieces()) {
      for (let from = 0; from < piece.length; from += 700) {
        const part = piece.subarray(from, from + 700);
        readBytes += part.length;
        yield part;
      }
    }
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dgxp-votes-'));
  path = join(folder, '.dgx-pixels', 'votes.jsonl');
  readBytes = 0;
  log = new VoteLog(new Counted(path));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function put(content: string): void {
  mkdirSync(join(folder, '.dgx-pixels'), { recursive: true });
  writeFileSync(path, content);
}

/** What the log holds must be what the whole file says. */
function expectWhole(): void {
  expect(log.value).toEqual(readVotes(readFileSync(path, 'utf8')));
}

describe('a votes file that is followed', () => {
  it('is empty until there is one, and while there is none again', async () => {
    expect(await log.refresh()).toBe(true);
    expect(log.value).toEqual({ events: [], problems: [] });
    put(text(...votes));
    expect(await log.refresh()).toBe(true);
    expectWhole();
    rmSync(path);
    expect(await log.refresh()).toBe(true);
    expect(log.value.events).toEqual([]);
  });

  it('is not read again while nothing changed, nor told as changed when it was only touched', async () => {
    put(text(...votes));
    await log.refresh();
    readBytes = 0;
    expect(await log.refresh()).toBe(false);
    expect(readBytes).toBe(0);
    put(text(...votes));
    expect(await log.refresh()).toBe(false);
  });

  it('takes what another window adds', async () => {
    put(text(...votes.slice(0, 4)));
    await log.refresh();
    appendFileSync(path, text(votes[5]));
    expect(await log.refresh()).toBe(true);
    appendFileSync(path, text(votes[4], undo(20, 1)));
    await log.refresh();
    expect(log.value.events).toHaveLength(7);
    expectWhole();
  });

  it('is read anew after a merge put lines between', async () => {
    put(text(votes[0], votes[2]));
    await log.refresh();
    put(
      `${text(votes[0])}<<<<<<< HEAD\n${text(votes[2])}=======\n${text(votes[1], votes[3])}>>>>>>> other\n`,
    );
    await log.refresh();
    expect(log.value.events).toHaveLength(4);
    expectWhole();
  });

  it('is read anew when it is as long as before and says something else, or shorter', async () => {
    put(text(votes[0], votes[1]));
    await log.refresh();
    put(text(votes[0], votes[2]));
    expect(await log.refresh()).toBe(true);
    expectWhole();
    put(text(votes[3]));
    await log.refresh();
    expectWhole();
  });

  it('waits for the rest of a line that is being written', async () => {
    const half = JSON.stringify(votes[1]).slice(0, 300);
    put(text(votes[0]) + half);
    await log.refresh();
    expect(log.value.problems).toHaveLength(1);
    put(text(votes[0], votes[1]));
    await log.refresh();
    expect(log.value).toEqual({ events: votes.slice(0, 2), problems: [] });
  });

  it('takes a whole last line without an end, and what follows it', async () => {
    put(text(votes[0]) + JSON.stringify(votes[1]));
    await log.refresh();
    expect(log.value.events).toHaveLength(2);
    appendFileSync(path, `\r\n${text(votes[2])}`);
    await log.refresh();
    expectWhole();
  });

  it('counts lines right after what was added, and neither of two that claim one id', async () => {
    put(text(votes[0]));
    await log.refresh();
    appendFileSync(path, `rubbish\n${text({ ...votes[1], id: idOf(1) })}`);
    await log.refresh();
    expect(log.value.events).toEqual([]);
    expect(log.value.problems.map(({ line }) => line)).toEqual([1, 2, 3]);
    expectWhole();
  });
});

describe('appending', () => {
  it('makes folder and file, and reads nothing back', async () => {
    await log.refresh();
    for (const event of votes) await log.append(event);
    expect(log.value.events).toEqual(votes);
    expect(readBytes).toBe(0);
    expect(await log.refresh()).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe(text(...votes));
  });

  it('ends a torn line first, and loses nothing of what is there', async () => {
    const torn = text(votes[0]) + JSON.stringify(votes[1]).slice(0, 99);
    put(torn);
    await log.refresh();
    await log.append(votes[2] as VoteEvent);
    expect(readFileSync(path, 'utf8')).toBe(`${torn}\n${text(votes[2])}`);
    expect(log.value.events).toEqual([votes[0], votes[2]]);
    expectWhole();
  });

  it('sees what another window added before it', async () => {
    put(text(votes[0]));
    await log.refresh();
    appendFileSync(path, text(votes[1]));
    await log.append(votes[2] as VoteEvent);
    expect(log.value.events).toEqual(votes.slice(0, 3));
  });

  it('keeps the order of calls that do not wait for each other', async () => {
    await log.refresh();
    await Promise.all(votes.map(event => log.append(event)));
    expect(log.value.events).toEqual(votes);
    expectWhole();
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'says in one sentence that a file takes nothing, and leaves it',
    async () => {
      put(text(votes[0]));
      await log.refresh();
      chmodSync(path, 0o444);
      await expect(log.append(votes[1] as VoteEvent)).rejects.toMatchObject({
        code: 'not-writable',
      });
      expectWhole();
    },
  );

  it('says in one sentence that something else is in the way', async () => {
    mkdirSync(path, { recursive: true });
    await expect(log.append(votes[1] as VoteEvent)).rejects.toMatchObject({
      code: 'not-writable',
      message: expect.stringContaining('cannot be written to') as string,
    });
  });

  it.skipIf(process.platform !== 'linux')('says that the disk is full', async () => {
    const full = new DiskVotes('/dev/full');
    await expect(full.append(votes[0] as VoteEvent)).rejects.toMatchObject({ code: 'disk-full' });
  });

  it('loses no vote when two windows vote at once', async () => {
    const script = join(import.meta.dirname, 'append-process.ts');
    await log.refresh();
    await Promise.all(
      [1_000, 2_000].map(
        first =>
          new Promise<void>((resolve, reject) => {
            const child = spawn(process.execPath, [script, path, String(first), '60'], {
              stdio: 'inherit',
            });
            child.on('error', reject);
            child.on('close', code => {
              if (code === 0) resolve();
              else reject(new Error(`ended with ${String(code)}`));
            });
          }),
      ),
    );
    await log.refresh();
    expect(log.value.events).toHaveLength(120);
    expect(log.value.problems).toEqual([]);
    expectWhole();
  });
});
