import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { replaceFile } from '../../local/write-file.ts';
import { PixelsError } from '../../protocol/errors.ts';
import type { FoundFile } from '../pixels/image-files.ts';

/** Where sprites are written to. */
export interface Destination {
  /** Absolute: a folder, or the one file. */
  path: string;
  kind: 'folder' | 'file';
}

/**
 * What `--out` means: a name that ends in `.png` is the file of the one picture, every other one is a folder.
 * @throws PixelsError `invalid-params`
 */
export function destinationOf(out: string, cwd: string, files: readonly FoundFile[]): Destination {
  const path = resolve(cwd, out);
  if (!/\.png$/i.test(out)) return { path, kind: 'folder' };
  if (files.length <= 1) return { path, kind: 'file' };
  throw new PixelsError(
    'invalid-params',
    `-o ${out} is one file, but there are ${files.length} pictures; name a folder.`,
  );
}

/** The files without those that an earlier call has written: they lie in a folder within the one that is read. */
export function withoutWritten(
  files: readonly FoundFile[],
  named: readonly string[],
  out: string | undefined,
  cwd: string,
): FoundFile[] {
  if (out === undefined) return [...files];
  const folder = resolve(cwd, out);
  const roots = named.map(name => resolve(cwd, name));
  const within = roots.some(root => folder.startsWith(root + sep));
  if (!within) return [...files];
  return files.filter(({ path }) => roots.includes(path) || !path.startsWith(folder + sep));
}

export function pathFor({ below }: FoundFile, { path, kind }: Destination): string {
  return kind === 'file' ? path : join(path, below.replace(/\.[^.\\/]*$/, '') + '.png');
}

/** Writes sprites, and never twice to one place. */
export class SpriteWriter {
  readonly #force: boolean;
  readonly #written = new Set<string>();

  /** @param force replaces what is there */
  constructor(force: boolean) {
    this.#force = force;
  }

  /**
   * Writes a file, its folder included; the same bytes again are left as they are.
   * @param input file that the sprite was made of
   * @throws PixelsError `conflict` when another file is there
   */
  async write(path: string, bytes: Uint8Array, input: string): Promise<void> {
    if (this.#written.has(path)) {
      throw new PixelsError(
        'conflict',
        'Another picture of this name was written there just now; fix its folder as a whole, or one at a time.',
      );
    }
    this.#written.add(path);
    const present = await readFile(path).catch(() => null);
    if (present !== null) {
      if (Buffer.compare(present, bytes) === 0) return;
      if (!this.#force) {
        throw new PixelsError(
          'conflict',
          path === input
            ? 'The sprite would replace its own picture; choose another --out, or add --force.'
            : 'A different file is where the sprite would go; choose another --out, or replace it with --force.',
        );
      }
    }
    await mkdir(dirname(path), { recursive: true });
    await replaceFile(path, bytes);
  }
}
