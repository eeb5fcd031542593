import { recipeDigest } from '../../project/digest.ts';
import { PixelsError } from '../../protocol/errors.ts';
import type { EngineStamp, Run, RunImage } from '../../protocol/jobs.ts';
import type { Recipe } from '../../protocol/recipe.ts';
import { type ArtifactFiles, sha256Of } from '../store/artifact-files.ts';
import type { NewArtifact } from '../store/artifacts.ts';
import type { PixelStage, StagedPicture, StagedSprite } from './pixel-stage.ts';

/** Key of our record in a PNG's text chunks. */
const TEXT_KEY = 'dgx-pixels';

/** A picture of a run, and what its sprite tells of its origin. */
export interface DrawnPicture extends StagedPicture {
  /** Place in the batch, and the batch's size. */
  index: number;
  size: number;
  run: Run;
  /** The run's, with the pixel settings to use. */
  recipe: Recipe;
  graph: Record<string, unknown>;
  engine: EngineStamp | null;
}

export interface MadeSprite {
  image: RunImage;
  /** Size of the picture. */
  raw: { width: number; height: number };
  /** The sprite as an artifact; null where the picture stays as it is. */
  artifact: NewArtifact | null;
  black: boolean;
  /** Why the picture stays as it is although a sprite was wanted: `too-many-cells`. */
  refused: PixelsError | null;
}

/** Makes sprites of engines' pictures and stores them. */
export class SpriteMaker {
  readonly #files: ArtifactFiles;
  readonly #stage: PixelStage;

  constructor(files: ArtifactFiles, stage: PixelStage) {
    this.#files = files;
    this.#stage = stage;
  }

  /** @throws PixelsError `invalid-image`, `disk-full`, and what reading the picture throws */
  async make(picture: DrawnPicture): Promise<MadeSprite> {
    const { recipe, run, digest: raw, index, size, engine } = picture;
    const { staged, refused } = await this.#stageOf(picture);
    let sprite = raw;
    let artifact: NewArtifact | null = null;
    const { width, height } = staged;
    if (staged.sprite !== null) {
      sprite = sha256Of(staged.sprite);
      // Not flushed: a sprite that a power cut takes can be made again from the picture.
      await this.#files.write(sprite, staged.sprite, { flush: false });
      artifact = {
        digest: sprite,
        bytes: staged.sprite.byteLength,
        mime: 'image/png',
        width,
        height,
        origin: { job: run.job, run: run.index, role: 'sprite' },
      };
    }
    const image: RunImage = {
      index,
      size,
      raw,
      sprite,
      width,
      height,
      fix: refused === null ? recipe.pixels.fix : 'none',
      warnings: staged.warnings,
      placeholder: engine?.engine === 'builtin',
      ...(staged.report !== null && { report: staged.report }),
    };
    return { image, raw: staged.raw, artifact, black: staged.black, refused };
  }

  async #stageOf(
    picture: DrawnPicture,
  ): Promise<{ staged: StagedSprite; refused: PixelsError | null }> {
    const { recipe, run, graph, engine, digest: raw, index, size } = picture;
    const text = {
      [TEXT_KEY]: JSON.stringify({
        recipe,
        drawDigest: run.drawDigest,
        recipeDigest: recipeDigest(recipe),
        engine,
        raw,
        image: { index, size },
      }),
      prompt: JSON.stringify(graph),
    };
    const { pixels } = recipe;
    try {
      return {
        staged: await this.#stage.fix(picture, recipe.size, pixels, text),
        refused: null,
      };
    } catch (error) {
      if (!PixelsError.is(error, 'too-many-cells')) throw error;
      const asIs = { ...pixels, fix: 'none' } as const;
      const staged = await this.#stage.fix(picture, recipe.size, asIs, text);
      return { staged: { ...staged, warnings: [error.message] }, refused: error };
    }
  }
}

/** The record of its origin in a sprite's PNG text; null when there is none. */
export function recipeInText(text: Readonly<Record<string, string>>): unknown {
  const record = text[TEXT_KEY];
  if (record === undefined) return null;
  const value: unknown = JSON.parse(record);
  return typeof value === 'object' && value !== null && 'recipe' in value ? value.recipe : null;
}
