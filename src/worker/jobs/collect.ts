import { PixelsError } from '../../protocol/errors.ts';
import type { EngineStamp, Run, RunImage } from '../../protocol/jobs.ts';
import type { Recipe } from '../../protocol/recipe.ts';
import type { Graph } from '../../project/workflows/graph.ts';
import type { OutputImage } from '../comfyui/output-images.ts';
import { failPoint } from '../failpoint.ts';
import type { ArtifactFiles } from '../store/artifact-files.ts';
import { sha256Of } from '../store/artifact-files.ts';
import type { ArtifactIndex } from '../store/artifacts.ts';
import type { SpriteMaker } from './sprite-maker.ts';

/** Images that a run saves: a batch, or one of it alone. */
export function expectedImages({ batch, batchIndex }: Recipe): number {
  return batchIndex === undefined ? batch : 1;
}

export interface Collected {
  images: RunImage[];
  warnings: string[];
  /** Why the run has failed although its pictures are here: one of them holds more cells than were wanted. */
  refused: PixelsError | null;
  /** Artifacts to list in the same transaction that ends the run. */
  commit: () => void;
}

/** Fetches the pictures of a finished prompt, stores them, and runs the pixel stage over each. */
export class Collector {
  readonly #files: ArtifactFiles;
  readonly #index: ArtifactIndex;
  readonly #maker: SpriteMaker;

  constructor(files: ArtifactFiles, index: ArtifactIndex, maker: SpriteMaker) {
    this.#files = files;
    this.#index = index;
    this.#maker = maker;
  }

  /**
   * @param fetch bytes of a picture; null when it is gone
   * @param outputs the pictures in batch order
   * @returns null when one of them is gone from the server
   * @throws PixelsError `disk-full`, `invalid-image`, `blank-result`, `engine-unavailable`
   */
  async collect(
    fetch: (output: OutputImage) => Promise<Buffer | null>,
    run: Run,
    graph: Graph,
    engine: EngineStamp,
    outputs: readonly OutputImage[],
  ): Promise<Collected | null> {
    const images: RunImage[] = [];
    const warnings: string[] = [];
    const additions: Parameters<ArtifactIndex['add']>[0][] = [];
    let black = 0;
    let refused: PixelsError | null = null;
    const { recipe } = run;
    const size = recipe.batchIndex === undefined ? outputs.length : recipe.batch;
    for (const [place, output] of outputs.entries()) {
      const index = recipe.batchIndex ?? place;
      const bytes = await fetch(output);
      if (bytes === null) return null;
      failPoint('before-artifact');
      const raw = sha256Of(bytes);
      const read = (): Promise<Uint8Array> => Promise.resolve(bytes);
      // The picture is flushed to disk while the pixel stage works on it.
      const [made] = await Promise.all([
        this.#maker.make({ digest: raw, read, index, size, run, recipe, graph, engine }),
        this.#files.write(raw, bytes),
      ]);
      additions.push({
        digest: raw,
        bytes: bytes.byteLength,
        mime: 'image/png',
        ...made.raw,
        origin: { job: run.job, run: run.index, role: 'raw' },
      });
      if (made.artifact !== null) additions.push(made.artifact);
      if (made.black) black++;
      refused ??= made.refused;
      images.push(made.image);
    }
    if (black === images.length) {
      throw new PixelsError(
        'blank-result',
        'The engine drew nothing but black, as models do that fail numerically. Check checkpoint, VAE and LoRAs; a LoRA of another model family does this.',
        { images: images.length },
      );
    }
    if (black > 0) warnings.push(`${black} of ${images.length} images are black.`);
    failPoint('before-commit');
    return {
      images,
      warnings,
      refused,
      commit: () => {
        for (const addition of additions) this.#index.add(addition);
      },
    };
  }
}
