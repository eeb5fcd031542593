import { USUAL_PIXELS } from '../../src/protocol/pixels.ts';
import type { Recipe } from '../../src/protocol/recipe.ts';

/** A complete recipe; tests change what they are about. */
export function someRecipe(change: Partial<Recipe> = {}): Recipe {
  return {
    workflow: 'sprite-sdxl',
    graph: 'a'.repeat(64),
    prompt: 'rusty sword',
    negative: 'blurry',
    size: [32, 32],
    renderSize: [1024, 1024],
    seed: 7,
    steps: 20,
    cfg: 7,
    sampler: 'euler',
    scheduler: 'normal',
    checkpoint: 'builtin/arcade.safetensors',
    vae: null,
    loras: [],
    init: null,
    batch: 1,
    pixels: USUAL_PIXELS,
    ...change,
  };
}
