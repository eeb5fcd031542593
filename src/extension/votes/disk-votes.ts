import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import type { VoteEvent } from '../../project/votes/vote-event.ts';
import { appendText } from '../../project/votes/votes-file.ts';
import { t } from '../l10n.ts';
import { codeOf, Problem } from '../problem.ts';
import type { Appended, Stamp, VoteFile } from './vote-file.ts';

/** Bytes that are read at once: some 150 votes, which are parsed in about a millisecond. */
const PIECE = 256 * 1024;

/** Votes in a file on a disk. Several windows may append at once: each event is one write to the file's end. */
export class DiskVotes implements VoteFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async stamp(): Promise<Stamp | null> {
    try {
      return stampOf(await stat(this.#path, { bigint: true }));
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
      throw error;
    }
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    const file = await open(this.#path, 'r');
    try {
      for (;;) {
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(PIECE), 0, PIECE, null);
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  }

  async append(event: VoteEvent): Promise<Appended> {
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      const file = await open(this.#path, 'a+');
      try {
        return await appendTo(file, event);
      } finally {
        await file.close();
      }
    } catch (error) {
      throw problemOf(error, this.#path);
    }
  }
}

async function appendTo(file: FileHandle, event: VoteEvent): Promise<Appended> {
  const before = stampOf(await file.stat({ bigint: true }));
  const last = Buffer.alloc(1);
  if (before.size > 0) await file.read(last, 0, 1, before.size - 1);
  const bytes = Buffer.from(appendText(before.size === 0 ? '' : last.toString('latin1'), event));
  const { bytesWritten } = await file.write(bytes);
  // What was written of it is a torn line, which the next event leaves alone.
  if (bytesWritten < bytes.length) throw Object.assign(new Error('short'), { code: 'ENOSPC' });
  await file.sync();
  return { bytes, before, after: stampOf(await file.stat({ bigint: true })) };
}

function stampOf({ size, ino, mtimeNs }: BigIntStats): Stamp {
  return { size: Number(size), mark: `${ino} ${mtimeNs} ${size}` };
}

function problemOf(error: unknown, path: string): Problem {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Problem('disk-full', t('The vote was not saved: the disk is full.'), [], {
      cause: error,
    });
  }
  const message = t('The vote was not saved: {0} cannot be written to.', path);
  return new Problem('not-writable', message, [], { cause: error });
}
