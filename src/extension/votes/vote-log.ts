import { crc32 } from 'node:zlib';
import type { VoteEvent } from '../../project/votes/vote-event.ts';
import { VoteLines, type VotesFile } from '../../project/votes/vote-lines.ts';
import type { Stamp, VoteFile } from './vote-file.ts';

const LINE_END = 0x0a;

/**
 * The votes of a file, followed as it changes. Of a file that only grew what was added is parsed; after any other change, such
 * as a merge, everything is. Without `vscode`, so that it is tested outside an editor.
 */
export class VoteLog {
  readonly #file: VoteFile;
  #lines = new VoteLines();
  #value: VotesFile = { events: [], problems: [] };
  /** The file's state that the lines are from; undefined before it was read. */
  #stamp: Stamp | null | undefined;
  /** Bytes that the lines are from, and their checksum. */
  #size = 0;
  #checksum = 0;
  /** Whether the last of them ends no line: it was torn, or is still being written. */
  #open = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(file: VoteFile) {
    this.#file = file;
  }

  /** What was in the file when it was last read. */
  get value(): VotesFile {
    return this.#value;
  }

  /** Reads what changed. @returns whether anything did */
  refresh(): Promise<boolean> {
    return this.#next(() => this.#refresh());
  }

  /** Adds an event to the file, and reads what others added before it. @throws Problem when it is not in the file */
  append(event: VoteEvent): Promise<void> {
    return this.#next(async () => {
      const { bytes, before, after } = await this.#file.append(event);
      const ours = before.size === this.#size && before.mark === this.#stamp?.mark;
      const first = before.size === 0 && this.#stamp === null;
      if ((ours || first) && after.size === before.size + bytes.length) {
        // Nobody else wrote: there is no need to look at the file.
        if (!this.#open || bytes[0] === LINE_END) {
          this.#take(bytes, true);
          this.#stamp = after;
          this.#value = this.#lines.result();
          return;
        }
      }
      // The vote is safe, whether or not it can be read just now.
      await this.#refresh().catch(() => undefined);
    });
  }

  /** One after another, so that no two look at the lines at once. */
  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #refresh(): Promise<boolean> {
    const stamp = await this.#file.stamp();
    if (this.#stamp !== undefined && stamp?.mark === this.#stamp?.mark) return false;
    const size = this.#size;
    try {
      if (stamp === null) this.#forget();
      else if (stamp.size < size || !(await this.#read(size))) {
        this.#forget();
        await this.#read(0);
      } else if (this.#size === size) {
        // Touched, and not changed.
        this.#stamp = stamp;
        return false;
      }
    } catch (error) {
      // Lines may have been taken in part: the next look begins anew.
      this.#forget();
      this.#stamp = undefined;
      throw error;
    }
    this.#stamp = stamp;
    this.#value = this.#lines.result();
    return true;
  }

  #forget(): void {
    this.#lines = new VoteLines();
    this.#size = 0;
    this.#checksum = 0;
    this.#open = false;
  }

  /**
   * Takes what the file has behind what was taken before.
   * @param known bytes that were
   * @returns false when those are others now, or their last line goes on; then nothing was taken
   */
  async #read(known: number): Promise<boolean> {
    let checksum = 0;
    let at = 0;
    let rest: Uint8Array[] = [];
    for await (const piece of this.#file.pieces()) {
      const old = piece.subarray(0, Math.max(0, known - at));
      at += piece.length;
      checksum = crc32(old, checksum);
      if (at < known) continue;
      if (checksum !== this.#checksum && old.length > 0) return false;
      const added = piece.subarray(old.length);
      if (added.length === 0) continue;
      if (this.#open && this.#size === known && !endsLine(added)) return false;
      const end = added.lastIndexOf(LINE_END) + 1;
      if (end === 0) {
        rest.push(added);
        continue;
      }
      this.#take(Buffer.concat([...rest, added.subarray(0, end)]), true);
      rest = [added.subarray(end)];
    }
    if (at < known) return false;
    const last = Buffer.concat(rest);
    if (last.length > 0) this.#take(last, false);
    return true;
  }

  /** @param whole whether the last line has its end */
  #take(bytes: Uint8Array, whole: boolean): void {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    // The line that was open is taken already; what comes is its end.
    this.#lines.add(this.#open ? text.replace(/^\r?\n/, '') : text);
    this.#checksum = crc32(bytes, this.#checksum);
    this.#size += bytes.length;
    this.#open = !whole;
  }
}

/** Whether what was added to an open line begins with its end. */
function endsLine(added: Uint8Array): boolean {
  return added[0] === LINE_END || (added[0] === 0x0d && added[1] === LINE_END);
}
