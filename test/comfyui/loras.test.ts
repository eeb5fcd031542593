import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RecipeInput } from '../../src/protocol/recipe.ts';
import { comfyui, describeComfyui, Studio, TINY15 } from './studio.ts';

describeComfyui('bad LoRAs on a real ComfyUI', TINY15.checkpoint)(
  'a LoRA that the engine takes without a word',
  () => {
    let studio: Studio;

    beforeAll(async () => {
      studio = await Studio.open(comfyui().url);
    });

    afterAll(async () => {
      await studio[Symbol.asyncDispose]();
    });

    /** Code of the refusal, before the run or after it; null when pictures came of it. */
    async function refusalOf(recipe: Partial<RecipeInput>): Promise<string | null> {
      try {
        const job = await studio.ended(await studio.submit(recipe));
        return job.state === 'done' ? null : (job.error?.code ?? job.state);
      } catch (error) {
        return (error as { code?: string }).code ?? String(error);
      }
    }

    const withLora = (name: string): Partial<RecipeInput> => ({
      ...TINY15,
      loras: [{ name: `${name}.safetensors` }],
    });

    it('is never done when it is not a number', async () => {
      expect(await refusalOf(withLora('tiny-sd15-nan'))).not.toBeNull();
      expect(await refusalOf(TINY15)).toBeNull();
    });

    it.each(['tiny-sdxl-b', 'sd15-in-name-only'])(
      'is never done when it is of another family, whatever its name says: %s',
      async name => {
        expect(await refusalOf(withLora(name))).not.toBeNull();
      },
    );

    it('is done when it is good', async () => {
      expect(await refusalOf(withLora('tiny-sd15-a'))).toBeNull();
    });
  },
);
