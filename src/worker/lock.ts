import { join } from 'node:path';
import { PixelsError } from '../protocol/errors.ts';
import { Database } from './store/sqlite.ts';

/**
 * An exclusive lock on a folder that ends with the process, however it ends: an open exclusive transaction of a small SQLite file, so
 * the system's own file lock. A process id in a file would outlive a kill.
 */
export class FolderLock {
  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
  }

  /**
   * @param what names the folder in the message
   * @throws PixelsError `conflict` when another process holds it
   */
  static take(folder: string, what: string): FolderLock {
    const database = new Database(join(folder, 'worker.lock'));
    try {
      database.execute('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    } catch (error) {
      database.close();
      if (error instanceof Error && /locked|busy/i.test(error.message)) {
        throw new PixelsError(
          'conflict',
          `Another worker already uses ${what} (${folder}). Use that one (dgx-pixels status), stop it (dgx-pixels stop), or choose another folder with --data.`,
          { folder },
        );
      }
      throw error;
    }
    return new FolderLock(database);
  }

  release(): void {
    try {
      this.#database.execute('ROLLBACK');
    } finally {
      this.#database.close();
    }
  }
}
