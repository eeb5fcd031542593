import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { FIX_VERSION } from '../pixels/fix/report.ts';
import type { Recipe } from '../protocol/recipe.ts';
import { canonicalJson } from './canonical-json.ts';

/** SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits. */
export function digestOfText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** SHA-256 of a value's canonical JSON. */
export function digestOfValue(value: unknown): string {
  return digestOfText(canonicalJson(value));
}

/** Version of each pixel stage; a new version makes new recipe digests, never new draw digests. */
const PIXEL_STAGE_VERSIONS = { pixels: FIX_VERSION, none: 1 } as const;

/**
 * Identity of what reaches the engine: everything of the recipe but its pixel steps, with the graph instead of the workflow's
 * name. The sprite's size is part of it since engines are told it.
 */
export function drawDigest(recipe: Recipe): string {
  return digestOfValue({
    draw: 1,
    graph: recipe.graph,
    prompt: recipe.prompt,
    negative: recipe.negative,
    size: recipe.size,
    renderSize: recipe.renderSize,
    seed: recipe.seed,
    steps: recipe.steps,
    cfg: recipe.cfg,
    sampler: recipe.sampler,
    scheduler: recipe.scheduler,
    checkpoint: recipe.checkpoint,
    vae: recipe.vae,
    loras: recipe.loras.map(lora => ({
      name: lora.name,
      strength: lora.strength,
      clipStrength: lora.clipStrength ?? lora.strength,
    })),
    init: recipe.init,
    batch: recipe.batch,
    // Absent from recipes of a whole batch, whose digests are older than it.
    ...(recipe.batchIndex === undefined ? {} : { batchIndex: recipe.batchIndex }),
  });
}

/** Identity of the finished sprite: the draw digest and the pixel steps with their version. */
export function recipeDigest(recipe: Recipe): string {
  const { fix } = recipe.pixels;
  return digestOfValue({
    recipe: 1,
    draw: drawDigest(recipe),
    // What no stage reads makes no difference.
    pixels: fix === 'none' ? { fix } : recipe.pixels,
    pixelStage: PIXEL_STAGE_VERSIONS[fix],
  });
}
