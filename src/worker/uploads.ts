import { mkdirSync } from 'node:fs';
import { appendFile, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PixelsError } from '../protocol/errors.ts';
import { LIMITS } from '../protocol/limits.ts';
import { type ArtifactFiles, sha256Of } from './store/artifact-files.ts';
import type { ArtifactIndex } from './store/artifacts.ts';
import { diskFull, isFull } from './store/open.ts';

/** What an uploaded file is. */
export interface Described {
  mime: string;
  width: number | null;
  height: number | null;
}

/** Artifacts that arrive in chunks. A torn upload goes on where it stopped, also after a restart. */
export class Uploads {
  readonly #folder: string;
  readonly #files: ArtifactFiles;
  readonly #index: ArtifactIndex;
  readonly #describe: (bytes: Uint8Array) => Promise<Described>;
  readonly #busy = new Set<string>();

  /** @param describe tells what the bytes are; throws PixelsError `invalid-image` for a broken picture */
  constructor(
    data: string,
    files: ArtifactFiles,
    index: ArtifactIndex,
    describe: (bytes: Uint8Array) => Promise<Described>,
  ) {
    this.#folder = join(data, 'uploads');
    this.#files = files;
    this.#index = index;
    this.#describe = describe;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  /**
   * Takes one chunk.
   * @param bytes size of the whole artifact
   * @returns whether it is complete, and the offset of the next chunk wanted
   * @throws PixelsError `invalid-params` for a chunk that does not fit, `invalid-image`, `disk-full`
   */
  async put(
    digest: string,
    bytes: number,
    offset: number,
    chunk: Uint8Array,
  ): Promise<{ complete: boolean; next: number }> {
    if (this.#index.get(digest) !== null && (await this.#files.has(digest))) {
      return { complete: true, next: bytes };
    }
    if (this.#busy.has(digest)) {
      throw new PixelsError(
        'conflict',
        'This artifact is being uploaded by somebody else already.',
        {
          digest,
        },
      );
    }
    this.#busy.add(digest);
    try {
      return await this.#append(digest, bytes, offset, chunk);
    } catch (error) {
      throw isFull(error) ? diskFull(this.#folder, error) : error;
    } finally {
      this.#busy.delete(digest);
    }
  }

  async #append(
    digest: string,
    bytes: number,
    offset: number,
    chunk: Uint8Array,
  ): Promise<{ complete: boolean; next: number }> {
    const path = join(this.#folder, digest);
    const present = (await stat(path).catch(() => null))?.size ?? 0;
    if (offset !== present) return { complete: false, next: present };
    if (present + chunk.byteLength > bytes || bytes > LIMITS.artifactBytes) {
      await rm(path, { force: true });
      throw new PixelsError(
        'invalid-params',
        'More bytes came than the artifact was said to have.',
        {
          digest,
          bytes,
        },
      );
    }
    if (chunk.byteLength > 0) await appendFile(path, chunk);
    const next = present + chunk.byteLength;
    if (next < bytes) return { complete: false, next };
    const whole = await readFile(path);
    await rm(path, { force: true });
    if (sha256Of(whole) !== digest) {
      throw new PixelsError('invalid-params', 'The bytes do not have the digest that was named.', {
        digest,
      });
    }
    const described = await this.#describe(whole);
    await this.#files.write(digest, whole);
    this.#index.add({ digest, bytes: whole.byteLength, ...described, origin: null });
    return { complete: true, next };
  }
}
