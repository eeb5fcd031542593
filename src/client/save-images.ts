import type { Run, RunImage } from '../protocol/jobs.ts';
import type { WorkerConnection } from './worker-connection.ts';
import { nameOfImage, nameOfPrompt } from '../project/file-names.ts';
import { digestOfImage, recipeOfImage } from '../project/pixels/image-recipe.ts';
import { type Metadata, stampImage } from '../project/stamp.ts';

export interface SaveOptions {
  /**
   * Writes a new file under a name that may be taken.
   * @returns where it was written
   */
  write: (name: string, ending: string, bytes: Uint8Array) => Promise<string>;
  /** Base of the file names; null = made from each run's own name or prompt. */
  name: string | null;
  /** Runs that share a base name. */
  runsPerName: (run: Run) => number;
  /** Write the engine's picture too. */
  raw: boolean;
  metadata: Metadata;
}

/** A file that was written for an image of a run. */
export interface SavedFile {
  path: string;
  role: 'sprite' | 'raw';
  run: Run;
  image: RunImage;
  digest: string;
  /** What was written. */
  content: Uint8Array;
}

const SIGNATURES: readonly (readonly [ending: string, start: readonly number[]])[] = [
  ['.png', [0x89, 0x50, 0x4e, 0x47]],
  ['.jpg', [0xff, 0xd8, 0xff]],
  ['.webp', [0x52, 0x49, 0x46, 0x46]],
  ['.gif', [0x47, 0x49, 0x46, 0x38]],
];

function endingOf(bytes: Uint8Array): string {
  const known = SIGNATURES.find(([, start]) => start.every((byte, place) => bytes[place] === byte));
  return known?.[0] ?? '.bin';
}

/**
 * Fetches the images of a done run and writes them as files.
 * @throws PixelsError or a file system's error; files written before it stay
 */
export async function saveRun(
  connection: WorkerConnection,
  run: Run,
  options: SaveOptions,
): Promise<SavedFile[]> {
  const { metadata } = options;
  const base = options.name ?? run.name ?? nameOfPrompt(run.recipe.prompt);
  const saved: SavedFile[] = [];
  for (const image of run.images) {
    const name = nameOfImage(base, {
      seed: run.recipe.seed,
      runs: options.runsPerName(run),
      index: image.index,
      batch: image.size,
    });
    const write = async (role: SavedFile['role'], digest: string, suffix: string) => {
      const original = await connection.fetchArtifact(digest);
      const content = stampImage(original, metadata, {
        recipeDigest: digestOfImage(run, image),
        artifact: digest,
        recipe: recipeOfImage(run, image),
        placeholder: image.placeholder,
      });
      const path = await options.write(name + suffix, endingOf(content), content);
      saved.push({ path, role, run, image, digest, content });
    };
    await write('sprite', image.sprite, '');
    if (options.raw && image.raw !== image.sprite) await write('raw', image.raw, '.raw');
  }
  return saved;
}
