import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Backups of all files together; beyond that the oldest go. */
const MOST = { files: 200, bytes: 256 * 1024 * 1024 };

function digestOf(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex').slice(0, 24);
}

/** What a file held before we wrote it. */
export interface Backup {
  /** Name in the folder of backups. */
  name: string;
  /** Digest of what was written in its place. */
  written: string;
}

/**
 * Pictures as they were before they were replaced. Each is a file named by the picture's address, the time, and what was
 * written instead, so that nothing else need be kept and two windows do not meet.
 */
export class Backups {
  readonly #folder: string;
  readonly #now: () => number;
  #last = 0;

  /** @param folder may not exist yet */
  constructor(folder: string, now: () => number = Date.now) {
    this.#folder = folder;
    this.#now = now;
  }

  /** Keeps a file's content before it becomes another. */
  async keep(file: string, before: Uint8Array, after: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    this.#last = Math.max(this.#now(), this.#last + 1);
    const time = String(this.#last).padStart(15, '0');
    const name = `${digestOf(file)}-${time}-${digestOf(after)}.bak`;
    await writeFile(join(this.#folder, name), before, { flag: 'wx' });
    await this.#prune(name);
  }

  /** The newest backup of a file; null when there is none. */
  async newest(file: string): Promise<Backup | null> {
    const start = `${digestOf(file)}-`;
    const name = (await this.#names()).filter(each => each.startsWith(start)).at(-1);
    return name === undefined ? null : { name, written: name.split(/[-.]/)[2] ?? '' };
  }

  /** Whether a content is what was written in a backup's place. */
  isWritten({ written }: Backup, content: Uint8Array): boolean {
    return digestOf(content) === written;
  }

  /** @throws Error when it is gone meanwhile */
  read({ name }: Backup): Promise<Uint8Array> {
    return readFile(join(this.#folder, name));
  }

  async drop({ name }: Backup): Promise<void> {
    await rm(join(this.#folder, name), { force: true });
  }

  /** In the order of files, and of one file in that of time. */
  async #names(): Promise<string[]> {
    try {
      return (await readdir(this.#folder)).filter(name => name.endsWith('.bak')).sort();
    } catch {
      return [];
    }
  }

  async #prune(kept: string): Promise<void> {
    const timeOf = (name: string): string => name.split('-')[1] ?? '';
    const names = (await this.#names()).sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1));
    let bytes = 0;
    for (const [place, name] of names.entries()) {
      const path = join(this.#folder, name);
      bytes += await stat(path).then(
        ({ size }) => size,
        () => 0,
      );
      if (name === kept || (place < MOST.files && bytes <= MOST.bytes)) continue;
      await rm(path, { force: true });
    }
  }
}
