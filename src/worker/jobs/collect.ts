import { PixelsError } from '../../protocol/errors.ts';
import type { EngineStamp, Run, RunImage } from '../../protocol/jobs.ts';
import type { Recipe } from '../../protocol/recipe.ts';
import type { Graph } from '../../project/workflows/graph.ts';
import type { OutputImage } from '../comfyui/output-images.ts';
import { failPoint } from '../failpoint.ts';
import type { ArtifactFiles } from '../store/artifact-files.ts';
import { sha256Of } from '../store/artifact-files.ts';
import type { ArtifactIndex } from '../store/artifacts.ts';
import type { PixelStage } from './pixel-stage.ts';

/** Key of our record in a PNG's text chunks. */
const TEXT_KEY = 'dgx-pixels';

/** Images that a run saves: a batch, or one of it alone. */
export function expectedImages({ batch, batchIndex }: Recipe): number {
  return batchIndex === undefined ? batch : 1;
}

export interface Collected {
  images: RunImage[];
  warnings: string[];
  /** Artifacts to list in the same transaction that ends the run. */
  commit: () => void;
}

/** Fetches the pictures of a finished prompt, stores them, and runs the pixel stage over each. */
export class Collector {
  readonly #files: ArtifactFiles;
  readonly #index: ArtifactIndex;
  readonly #stage: PixelStage;

  constructor(files: ArtifactFiles, index: ArtifactIndex, stage: PixelStage) {
    this.#files = files;
    this.#index = index;
    this.#stage = stage;
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
    const placeholder = engine.engine === 'builtin';
    const origin = (role: string) => ({ job: run.job, run: run.index, role });
    const images: RunImage[] = [];
    const warnings: string[] = [];
    const additions: Parameters<ArtifactIndex['add']>[0][] = [];
    let black = 0;
    const { batch, batchIndex } = run.recipe;
    const size = batchIndex === undefined ? outputs.length : batch;
    for (const [place, output] of outputs.entries()) {
      const index = batchIndex ?? place;
      const bytes = await fetch(output);
      if (bytes === null) return null;
      failPoint('before-artifact');
      const raw = sha256Of(bytes);
      // The picture is flushed to disk while the pixel stage works on it.
      const [staged] = await Promise.all([
        this.#stage.fix(bytes, run.recipe.size, run.recipe.pixels, {
          [TEXT_KEY]: JSON.stringify({
            recipe: run.recipe,
            drawDigest: run.drawDigest,
            recipeDigest: run.recipeDigest,
            engine,
            raw,
            image: { index, size },
          }),
          prompt: JSON.stringify(graph),
        }),
        this.#files.write(raw, bytes),
      ]);
      additions.push({
        digest: raw,
        bytes: bytes.byteLength,
        mime: 'image/png',
        ...staged.raw,
        origin: origin('raw'),
      });
      let sprite = raw;
      if (staged.sprite !== null) {
        sprite = sha256Of(staged.sprite);
        // Not flushed: a sprite that a power cut takes can be made again from the picture.
        await this.#files.write(sprite, staged.sprite, { flush: false });
        additions.push({
          digest: sprite,
          bytes: staged.sprite.byteLength,
          mime: 'image/png',
          width: staged.width,
          height: staged.height,
          origin: origin('sprite'),
        });
      }
      if (staged.black) black++;
      images.push({
        index,
        size,
        raw,
        sprite,
        width: staged.width,
        height: staged.height,
        fix: run.recipe.pixels.fix,
        warnings: staged.warnings,
        placeholder,
      });
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
      commit: () => {
        for (const addition of additions) this.#index.add(addition);
      },
    };
  }
}
