import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PixelsError } from '../../protocol/errors.ts';
import { migrate } from './migrate.ts';
import { Database } from './sqlite.ts';

/** Name of the journal's file in the data folder. */
export const JOURNAL_FILE = 'journal.sqlite';

/** True for SQLite's errors about a damaged file. */
export function isCorruption(error: unknown): boolean {
  const text = error instanceof Error ? error.message : String(error);
  return /malformed|not a database|corrupt|disk image/i.test(text);
}

/** Checking every page of a large journal takes seconds; it is done when the journal is small or was seen to misbehave. */
const FULL_CHECK_BYTES = 32 * 1024 * 1024;

function suspicionPath(path: string): string {
  return `${path}.suspect`;
}

/** Leaves a mark so that the next start checks the whole journal. */
export function markSuspect(data: string): void {
  writeFileSync(suspicionPath(join(data, JOURNAL_FILE)), '');
}

function checkPages(database: Database, path: string): void {
  const suspect = existsSync(suspicionPath(path));
  if (!suspect && existsSync(path) && statSync(path).size > FULL_CHECK_BYTES) return;
  const check = database.get('PRAGMA quick_check(1)');
  if (check !== undefined && Object.values(check)[0] !== 'ok') {
    throw new Error(`database disk image is malformed: ${String(Object.values(check)[0])}`);
  }
  if (suspect) rmSync(suspicionPath(path), { force: true });
}

function openAt(path: string): Database {
  const database = new Database(path);
  try {
    // WAL: a reader or a kill never sees half a transaction. NORMAL syncs at checkpoints: a killed process loses nothing, a
    // power cut at most the last moments, and no commit blocks the event loop for a disk flush.
    database.execute('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    database.execute('PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 2000;');
    checkPages(database, path);
    migrate(database);
    return database;
  } catch (error) {
    try {
      database.close();
    } catch {
      // It never really opened.
    }
    throw error;
  }
}

/**
 * Opens the journal of a data folder. A corrupted one is kept aside under a dated name and a new one is begun.
 * @returns the journal and, when one was set aside, the sentence that says so
 * @throws PixelsError `conflict` for a journal of a newer version, `disk-full` when there is no room
 */
export function openJournal(data: string): { database: Database; notice: string | null } {
  const path = join(data, JOURNAL_FILE);
  try {
    return { database: openAt(path), notice: null };
  } catch (error) {
    if (PixelsError.is(error)) throw error;
    if (isFull(error)) throw diskFull(data, error);
    if (!isCorruption(error) || !existsSync(path)) throw error;
    const stamp = new Date().toISOString().replace(/[:.]/g, '-');
    const aside = join(data, `journal-damaged-${stamp}.sqlite`);
    rmSync(suspicionPath(path), { force: true });
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
    }
    return {
      database: openAt(path),
      notice: `The job journal was damaged. It is kept as ${aside}, and a new one was begun: earlier jobs are not listed, but their images are still in the artifacts folder.`,
    };
  }
}

/** True for the errors of a full disk, SQLite's and the file system's. */
export function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return code === 'ENOSPC' || code === 'EDQUOT' || /database or disk is full/i.test(error.message);
}

/** The error a person sees when the worker's disk is full. */
export function diskFull(folder: string, cause?: unknown): PixelsError {
  return new PixelsError(
    'disk-full',
    `The disk of ${folder} is full. Free some space (dgx-pixels artifacts prune), then retry.`,
    { folder },
    { cause },
  );
}
