import { describe, expect, it } from 'vitest';
import { demandKey, demandsOf } from '../../../src/project/workflows/demands.ts';
import { NO_CHECKPOINT } from '../../../src/protocol/recipe.ts';
import { someRecipe } from '../../helpers/recipes.ts';
import { SHIPPED_NAMES, shippedWorkflow } from '../../helpers/role-changes.ts';

const CHECKPOINT = { kind: 'checkpoint', name: 'base.safetensors' };
const plain = someRecipe({ checkpoint: 'base.safetensors' });

describe('what a recipe demands of an engine', () => {
  it('is what is loaded, not what the graph was drawn with', () => {
    const demands = demandsOf(shippedWorkflow('sprite-sdxl'), plain);
    expect(demands.files).toEqual([CHECKPOINT]);
    expect(demands.classes).not.toContain('VAELoader');
    expect(demands.classes).not.toContain('LoraLoader');
    expect(demands).toMatchObject({ sampler: 'euler', scheduler: 'normal' });
  });

  it('are the files of the recipe in its order, then those of the workflow', () => {
    const loras = ['b', 'a', 'b'].map(name => ({ name: `${name}.safetensors`, strength: 1 }));
    const recipe = { ...plain, loras, vae: 'own.safetensors', batch: 4, batchIndex: 1 };
    const demands = demandsOf(shippedWorkflow('draft-sdxl'), recipe);
    expect(demands.files).toEqual([
      CHECKPOINT,
      { kind: 'vae', name: 'own.safetensors' },
      { kind: 'lora', name: 'b.safetensors' },
      { kind: 'lora', name: 'a.safetensors' },
      { kind: 'lora', name: 'lcm-lora-sdxl.safetensors' },
    ]);
    expect(demands.classes).toEqual(
      expect.arrayContaining(['LoraLoader', 'LoraLoaderModelOnly', 'VAELoader', 'LatentFromBatch']),
    );
  });

  it('is only the background model of a workflow that draws nothing', () => {
    const recipe = someRecipe({
      checkpoint: NO_CHECKPOINT,
      prompt: '',
      negative: '',
      init: { image: 'c'.repeat(64), denoise: 0 },
    });
    expect(demandsOf(shippedWorkflow('remove-background'), recipe)).toMatchObject({
      files: [{ kind: 'background', name: 'BiRefNet.safetensors' }],
      sampler: null,
      scheduler: null,
    });
  });

  it('can be told for every shipped workflow', () => {
    for (const name of SHIPPED_NAMES) {
      const workflow = shippedWorkflow(name);
      const init = workflow.roles.init ? { image: 'c'.repeat(64), denoise: 0 } : null;
      const recipe = workflow.roles.positive
        ? { ...plain, init, negative: '' }
        : someRecipe({ checkpoint: NO_CHECKPOINT, prompt: '', negative: '', init });
      expect(demandsOf(workflow, recipe).classes).toContain('SaveImage');
    }
  });

  it('has one key for all that differs in nothing that an engine must have', () => {
    const key = demandKey(plain);
    expect(demandKey({ ...plain, seed: 99, prompt: 'x', cfg: 2, steps: 3, batch: 2 })).toBe(key);
    const strong = { ...plain, loras: [{ name: 'a', strength: 1 }] };
    const weak = { ...plain, loras: [{ name: 'a', strength: 0.2 }] };
    expect(demandKey(strong)).toBe(demandKey(weak));
    const others = [
      strong,
      { ...plain, checkpoint: 'other' },
      { ...plain, vae: 'own' },
      { ...plain, graph: 'b'.repeat(64) },
      { ...plain, sampler: 'heun' },
      { ...plain, scheduler: 'karras' },
      { ...plain, batchIndex: 0 },
    ].map(demandKey);
    expect(new Set([key, ...others]).size).toBe(others.length + 1);
  });
});
