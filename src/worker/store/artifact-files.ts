import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFull, isFull } from './open.ts';
import { RecentBytes } from './recent-bytes.ts';

/** SHA-256 of bytes, as 64 hexadecimal digits. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Bytes of the newest artifacts kept in memory: what was just drawn is what is looked at next. */
const RECENT_BYTES = 32 * 1024 * 1024;

/**
 * Immutable files named by their SHA-256, two levels deep. A file is complete or absent: it is written under another name, flushed, and
 * renamed.
 */
export class ArtifactFiles {
  readonly folder: string;
  readonly #recent = new RecentBytes(RECENT_BYTES);

  constructor(data: string) {
    this.folder = join(data, 'artifacts');
  }

  pathOf(digest: string): string {
    return join(this.folder, digest.slice(0, 2), digest);
  }

  async has(digest: string): Promise<boolean> {
    return access(this.pathOf(digest), constants.R_OK).then(
      () => true,
      () => false,
    );
  }

  /**
   * Writes bytes under their digest; the same bytes again are left as they are.
   * @param options `flush: false` leaves the time of the disk write to the system
   * @throws PixelsError `disk-full`
   */
  async write(digest: string, bytes: Uint8Array, { flush = true } = {}): Promise<void> {
    const path = this.pathOf(digest);
    const present = await stat(path).catch(() => null);
    if (present?.size === bytes.byteLength) return;
    this.#recent.add(digest, bytes);
    const draft = join(this.folder, `draft-${process.pid}-${digest}`);
    try {
      await mkdir(join(this.folder, digest.slice(0, 2)), { recursive: true });
      const file = await open(draft, 'w');
      try {
        await file.writeFile(bytes);
        if (flush) await file.datasync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
    } catch (error) {
      this.#recent.delete(digest);
      await rm(draft, { force: true });
      throw isFull(error) ? diskFull(this.folder, error) : error;
    }
  }

  /** Reads part of an artifact. @returns null when the file is missing */
  async read(digest: string, offset: number, length: number): Promise<Uint8Array | null> {
    const recent = this.#recent.get(digest);
    if (recent !== undefined) return recent.subarray(offset, offset + length);
    const file = await open(this.pathOf(digest), 'r').catch(() => null);
    if (file === null) return null;
    try {
      const { size } = await file.stat();
      const buffer = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, size - offset)));
      let filled = 0;
      while (filled < buffer.byteLength) {
        const { bytesRead } = await file.read(
          buffer,
          filled,
          buffer.byteLength - filled,
          offset + filled,
        );
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    } finally {
      await file.close();
    }
  }

  async remove(digest: string): Promise<void> {
    this.#recent.delete(digest);
    await rm(this.pathOf(digest), { force: true });
  }
}
