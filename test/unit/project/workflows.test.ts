import { describe, expect, it } from 'vitest';
import { bindRecipe } from '../../../src/project/workflows/bind.ts';
import { chooseRenderSize, defineWorkflow } from '../../../src/project/workflows/definition.ts';
import type { Role } from '../../../src/project/workflows/roles.ts';
import { isLink } from '../../../src/project/workflows/graph.ts';
import { resolveRecipe } from '../../../src/project/workflows/resolve.ts';
import type { Inventory, Model } from '../../../src/protocol/models.ts';
import type { Recipe, RecipeRequest } from '../../../src/protocol/recipe.ts';
import { someRecipe } from '../../helpers/recipes.ts';
import {
  changesOf,
  isBesideRecipes,
  SHIPPED_NAMES,
  shippedWorkflow,
} from '../../helpers/role-changes.ts';

const shipped = shippedWorkflow;

const binding = { savePrefix: 'dgx-pixels/id', initImage: 'dgx-pixels/in.png' };

function model(name: string, family: Model['family']): Model {
  return {
    name,
    family,
    placeholder: family === 'builtin',
    servers: ['a'],
    bytes: null,
    sha256: null,
    triggerWords: [],
    license: null,
  };
}

const inventory: Inventory = {
  checkpoints: [model('sd15/tiny.safetensors', 'sd15'), model('xl/base.safetensors', 'sdxl')],
  loras: [model('glow.safetensors', 'unknown')],
  vaes: [],
  samplers: ['euler', 'dpmpp_2m', 'lcm'],
  schedulers: ['normal', 'karras', 'sgm_uniform'],
  backgroundModels: ['birefnet/BiRefNet_HR.safetensors'],
};

/** A request's values of each role, as refusals have to name them. */
const VALUES: Partial<Record<Role, Partial<RecipeRequest>>> = {
  positive: { prompt: 'a sword' },
  negative: { negative: 'blurry' },
  steps: { steps: 4 },
  cfg: { cfg: 3 },
  sampler: { sampler: 'euler' },
  scheduler: { scheduler: 'normal' },
  size: { renderSize: [512, 512] },
  batch: { batch: 2 },
  checkpoint: { checkpoint: 'tiny' },
  vae: { vae: 'v.safetensors' },
  lora: { loras: [{ name: 'glow', strength: 1 }] },
  init: { init: { image: 'c'.repeat(64), denoise: 0.6 } },
  denoise: { init: { image: 'c'.repeat(64), denoise: 0.9 } },
};

/** What the built-in engine offers. */
const placeholders: Inventory = {
  ...inventory,
  checkpoints: [model('builtin/arcade.safetensors', 'builtin')],
  loras: [model('builtin/glow.safetensors', 'builtin')],
  backgroundModels: ['builtin/border-key.safetensors'],
};

describe.each(SHIPPED_NAMES)('the shipped workflow %s', name => {
  const workflow = shipped(name);
  const { roles } = workflow;
  const init = roles.init === undefined ? null : { image: 'c'.repeat(64), denoise: 0.4 };
  const draws = roles.positive !== undefined;

  /** A recipe with a value wherever the workflow has a place. */
  function fullRecipe(change: Partial<Recipe> = {}): Recipe {
    if (!draws) {
      const keeps = init && { ...init, denoise: 0 };
      return someRecipe({ prompt: '', negative: '', checkpoint: 'none', init: keeps, ...change });
    }
    return someRecipe({
      init,
      batch: 3,
      vae: 'my-vae.safetensors',
      loras: [
        { name: 'one.safetensors', strength: 0.8 },
        { name: 'two.safetensors', strength: -0.5, clipStrength: 0.25 },
      ],
      ...change,
    });
  }

  it('has a title, a description, and no node that a person would have to guess', () => {
    expect(workflow.title).not.toBe(name);
    expect(workflow.description.length).toBeGreaterThan(20);
    for (const node of Object.values(workflow.graph)) expect(node._meta?.title).toBeTruthy();
  });

  it('binds every value of a recipe', () => {
    const text = JSON.stringify(bindRecipe(workflow, fullRecipe(), binding));
    const drawn = [
      '"rusty sword"',
      '"blurry"',
      '"seed":7',
      '"steps":20',
      '"cfg":7',
      '"euler"',
      '"normal"',
      '"width":1024',
      '"builtin/arcade.safetensors"',
      '"my-vae.safetensors"',
      '"lora_name":"one.safetensors","strength_model":0.8,"strength_clip":0.8',
      '"lora_name":"two.safetensors","strength_model":-0.5,"strength_clip":0.25',
      ...(init === null ? ['"batch_size":3'] : ['"denoise":0.4', '"amount":3']),
    ];
    for (const value of [
      '"filename_prefix":"dgx-pixels/id"',
      ...(init === null ? [] : ['"dgx-pixels/in.png"']),
      ...(draws ? drawn : []),
    ]) {
      expect(text).toContain(value);
    }
  });

  it('is posted differently for every change of a value that it has a role for', () => {
    const world = {
      otherCheckpoint: 'other.safetensors',
      loras: ['a.safetensors', 'b.safetensors'] as const,
      vae: 'other-vae.safetensors',
      inits: { one: 'c'.repeat(64), other: 'd'.repeat(64) },
      renderSize: '768x512',
    };
    const seen = new Map<string, string>();
    const post = (change: object) => {
      const recipe = { ...fullRecipe(), batch: 1, vae: null, ...change } as Recipe;
      if (typeof recipe.renderSize === 'string') recipe.renderSize = [768, 512];
      const initImage = recipe.init?.image ?? null;
      const text = JSON.stringify(bindRecipe(workflow, recipe, { ...binding, initImage }));
      expect(seen.get(text), JSON.stringify(change)).toBeUndefined();
      seen.set(text, JSON.stringify(change));
    };
    post({ init: init && { image: world.inits.one, denoise: draws ? 0.6 : 0 } });
    for (const role of Object.keys(roles) as Role[]) {
      if (isBesideRecipes(role)) continue;
      const changes = changesOf(role, world);
      expect(changes.length).toBeGreaterThan(0);
      for (const change of changes) {
        post({
          init: init && { image: world.inits.one, denoise: draws ? 0.6 : 0 },
          ...change,
        });
      }
    }
  });

  it('names the role that is missing for a value that it has no place for', () => {
    const base: RecipeRequest = {
      prompt: draws ? 'x' : '',
      ...(init !== null && { init: { ...init, denoise: 0.6 } }),
    };
    for (const [role, value] of Object.entries(VALUES)) {
      if (roles[role as Role] !== undefined) continue;
      if (role === 'denoise' && draws) continue;
      expect(
        () => resolveRecipe({ ...base, ...value, seed: 1 }, workflow, placeholders),
        role,
      ).toThrow(new RegExp(`no node has the role "${role}"`));
    }
  });

  it('warns of a negative prompt at CFG 1, where it takes one', () => {
    if (roles.negative === undefined) return;
    const { warnings } = resolveRecipe(
      { prompt: 'x', seed: 1, cfg: 1, negative: 'blurry', ...(init && { init }) },
      workflow,
      placeholders,
    );
    expect(warnings.join()).toMatch(/skips the negative/);
  });

  it('leaves no loader behind that a recipe without LoRA and VAE does not name', () => {
    const graph = bindRecipe(workflow, fullRecipe({ loras: [], vae: null, batch: 1 }), binding);
    const classes = Object.values(graph).map(node => node.class_type);
    expect(classes).not.toContain('LoraLoader');
    expect(classes).not.toContain('VAELoader');
    for (const node of Object.values(graph)) {
      for (const input of Object.values(node.inputs)) {
        if (isLink(input)) expect(graph).toHaveProperty(input[0]);
      }
    }
  });

  it('is not changed by binding', () => {
    const before = JSON.stringify(workflow.graph);
    bindRecipe(workflow, fullRecipe(), binding);
    if (roles.batch !== undefined) bindRecipe(workflow, fullRecipe({ batchIndex: 1 }), binding);
    resolveRecipe(
      { prompt: draws ? 'x' : '', seed: 1, ...(init && { init: { ...init, denoise: 0.6 } }) },
      workflow,
      placeholders,
    );
    expect(JSON.stringify(workflow.graph)).toBe(before);
  });
});

describe('LoRAs', () => {
  it('form a chain in their order, each fed by the one before', () => {
    const graph = bindRecipe(
      shipped('sprite-sdxl'),
      someRecipe({ loras: ['a', 'b', 'c'].map(name => ({ name, strength: 1 })) }),
      binding,
    );
    const order: string[] = [];
    const sampler = Object.values(graph).find(node => node.class_type === 'KSampler');
    let at = (sampler?.inputs['model'] as [string, number])[0];
    while (graph[at]?.class_type === 'LoraLoader') {
      order.unshift(String(graph[at]?.inputs['lora_name']));
      expect((graph[at]?.inputs['clip'] as [string, number])[0]).toBe(
        (graph[at]?.inputs['model'] as [string, number])[0],
      );
      at = (graph[at]?.inputs['model'] as [string, number])[0];
    }
    expect(order).toEqual(['a', 'b', 'c']);
    expect(graph[at]?.class_type).toBe('CheckpointLoaderSimple');
  });
});

describe('roles', () => {
  const minimal = {
    '1': { class_type: 'CLIPTextEncode', inputs: { text: '' }, _meta: { title: 'my @positive' } },
    '2': { class_type: 'SaveImage', inputs: { filename_prefix: 'x', images: ['1', 0] } },
  };

  it('are read from titles, as exporters keep only those', () => {
    expect(defineWorkflow('w', minimal).roles).toEqual({ positive: ['1'], save: ['2'] });
  });

  it('are read from a sidecar where the graph has none', () => {
    const bare = { ...minimal, '1': { ...minimal['1'], _meta: { title: 'plain' } } };
    expect(defineWorkflow('w', bare, { roles: { '1': 'positive' } }).roles.positive).toEqual(['1']);
    expect(() => defineWorkflow('w', bare)).toThrow(/no node with the role "positive"/);
    expect(() => defineWorkflow('w', bare, { roles: { '9': 'positive' } })).toThrow(/node 9/);
  });

  it('that do not exist or have no input on their node are refused by name', () => {
    const tagged = (title: string) => ({
      ...minimal,
      '1': { ...minimal['1'], _meta: { title: `@positive ${title}` } },
    });
    expect(() => defineWorkflow('w', tagged('@sead'))).toThrow(/unknown role "sead"/);
    expect(() => defineWorkflow('w', tagged('@seed'))).toThrow(/no input for it/);
  });

  it('that a value needs and the graph lacks are an error naming the role', () => {
    const workflow = defineWorkflow('w', minimal);
    expect(() => bindRecipe(workflow, someRecipe({ negative: 'x' }), binding)).toThrow(
      /"negative"/,
    );
    expect(() => resolveRecipe({ prompt: 'x', seed: 1, steps: 4 }, workflow, inventory)).toThrow(
      /"steps"/,
    );
  });

  it.each([
    ['the editor format', { nodes: [], links: [] }, /Export \(API\)/],
    ['a list', [], /not a graph/],
    ['no nodes', {}, /no nodes/],
    ['a node without class', { '1': { inputs: {} } }, /node 1 has no class_type/],
    [
      'a torn link',
      { '1': { class_type: 'A', inputs: { a: ['9', 0] } } },
      /node 9, which is missing/,
    ],
  ])('are not looked for in %s: it is refused', (_, json, message) => {
    expect(() => defineWorkflow('w', json)).toThrow(message);
  });
});

describe('resolving a request', () => {
  const workflow = shipped('sprite-sdxl');

  it('fills in the workflow’s defaults and a checkpoint of its family', () => {
    const { recipe, warnings } = resolveRecipe({ prompt: 'x', seed: 1 }, workflow, inventory);
    expect(recipe).toMatchObject({
      checkpoint: 'xl/base.safetensors',
      size: [32, 32],
      renderSize: [1024, 1024],
      sampler: 'dpmpp_2m',
      scheduler: 'karras',
      steps: 24,
    });
    expect(warnings).toEqual([]);
  });

  it('takes a model’s name without folder and ending when that is clear', () => {
    const { recipe } = resolveRecipe(
      { prompt: 'x', seed: 1, checkpoint: 'tiny', loras: [{ name: 'glow', strength: 1 }] },
      workflow,
      inventory,
    );
    expect(recipe.checkpoint).toBe('sd15/tiny.safetensors');
    expect(recipe.loras[0]?.name).toBe('glow.safetensors');
  });

  it('warns of a negative prompt at CFG 1, which engines skip', () => {
    const { warnings } = resolveRecipe(
      { prompt: 'x', seed: 1, cfg: 1, negative: 'blurry' },
      workflow,
      inventory,
    );
    expect(warnings.join()).toMatch(/skips the negative/);
  });

  it('demands an image where the workflow starts from one', () => {
    expect(() =>
      resolveRecipe({ prompt: 'x', seed: 1 }, shipped('image-to-image-sdxl'), inventory),
    ).toThrow(/starts from an image/);
  });

  it('chooses the bucket whose shape is nearest to the sprite', () => {
    const sizes = workflow.renderSizes;
    expect(chooseRenderSize(sizes, [32, 32])).toEqual([1024, 1024]);
    expect(chooseRenderSize(sizes, [32, 64])).toEqual([768, 1344]);
    expect(chooseRenderSize(sizes, [48, 32])).toEqual([1216, 832]);
    expect(chooseRenderSize(sizes, [512, 1])).toEqual([1536, 640]);
  });
});

describe('files that a workflow needs', () => {
  const draft = shipped('draft-sdxl');
  const withLoras = (...names: string[]): Inventory => ({
    ...inventory,
    loras: names.map(name => model(name, 'sdxl')),
  });
  const resolved = (offer: Inventory) => resolveRecipe({ prompt: 'x', seed: 1 }, draft, offer);
  const fileIn = (offer: Inventory) => {
    const { workflow } = resolved(offer);
    return workflow.graph[workflow.roles.distill?.[0] ?? '']?.inputs['lora_name'];
  };

  it('are found by name, in folders, and by what is usual, the preferred first', () => {
    expect(fileIn(withLoras('lcm-lora-sdxl.safetensors'))).toBe('lcm-lora-sdxl.safetensors');
    expect(fileIn(withLoras('a-lcm-xl.safetensors', 'fast/LCM_LoRA_SDXL.safetensors'))).toBe(
      'fast/LCM_LoRA_SDXL.safetensors',
    );
    expect(fileIn(withLoras('sdxl_lcm_v2.safetensors'))).toBe('sdxl_lcm_v2.safetensors');
  });

  it('are refused before anything is drawn, with what to put where', () => {
    for (const offer of [withLoras(), withLoras('lcm-lora-sdv1-5.safetensors')]) {
      expect(() => resolved(offer)).toThrow(
        /needs the distillation LoRA lcm-lora-sdxl\.safetensors.*models\/loras.*draft-sdxl\.roles\.yaml/,
      );
    }
    expect(() =>
      resolveRecipe({ prompt: 'x', seed: 1 }, shipped('sprite-cutout-sdxl'), {
        ...inventory,
        backgroundModels: [],
      }),
    ).toThrow(/background removal model BiRefNet.*models\/background_removal/);
  });

  it('belong to the digest of what is drawn', () => {
    const one = resolved(withLoras('lcm-lora-sdxl.safetensors'));
    const other = resolved(withLoras('sdxl_lcm_v2.safetensors'));
    expect(one.recipe.graph).toBe(draft.digest);
    expect(other.recipe.graph).toBe(other.workflow.digest);
    expect(other.recipe.graph).not.toBe(draft.digest);
  });

  it('are not needed by the built-in engine’s checkpoints, whose graph leaves the loader out', () => {
    const both = {
      ...placeholders,
      loras: [...placeholders.loras, model('lcm-lora-sdxl.safetensors', 'sdxl')],
    };
    for (const offer of [placeholders, both]) {
      const { recipe, workflow } = resolved(offer);
      const graph = bindRecipe(workflow, recipe, binding);
      expect(Object.values(graph).map(node => node.class_type)).not.toContain(
        'LoraLoaderModelOnly',
      );
      expect(workflow.roles.distill).toBeUndefined();
      const sampling = Object.values(graph).find(
        node => node.class_type === 'ModelSamplingDiscrete',
      );
      expect(sampling?.inputs['model']).toEqual(workflow.roles.checkpoint?.concat([0 as never]));
    }
  });
});

describe('one image of a batch', () => {
  const sources = (change: Partial<Recipe>, name = 'sprite-sdxl') => {
    const graph = bindRecipe(
      shipped(name),
      someRecipe({ batch: 4, batchIndex: 2, ...change }),
      binding,
    );
    return Object.values(graph)
      .filter(node => node.class_type === 'LatentFromBatch')
      .map(({ inputs }) => {
        expect(inputs).toMatchObject({ batch_index: 2, length: 1 });
        return graph[(inputs['samples'] as [string, number])[0]]?.class_type;
      });
  };

  it('is taken out of the batch before the sampler, where that changes nothing', () => {
    expect(sources({})).toEqual(['EmptyLatentImage']);
    const init = { image: 'c'.repeat(64), denoise: 0.5 };
    expect(sources({ init }, 'image-to-image-sdxl')).toEqual(['RepeatLatentBatch']);
  });

  it.each([
    ['samplers that draw noise as they go', { sampler: 'euler_ancestral' }],
    ['samplers that nobody has looked at', { sampler: 'of_the_future' }],
    ['latents that share a block of noise', { renderSize: [72, 72] as [number, number] }],
  ])('is taken out after the sampler for %s', (_, change) => {
    expect(sources(change)).toEqual(['KSampler']);
  });

  it('still has the size of its batch in the graph', () => {
    const graph = bindRecipe(
      shipped('sprite-sdxl'),
      someRecipe({ batch: 4, batchIndex: 0 }),
      binding,
    );
    expect(JSON.stringify(graph)).toContain('"batch_size":4');
  });
});

describe('roles of a sidecar', () => {
  it('belong to the digest, so that corrected ones are not taken for the old', () => {
    const graph = {
      '1': { class_type: 'CLIPTextEncode', inputs: { text: '' } },
      '2': { class_type: 'SaveImage', inputs: { filename_prefix: 'x', images: ['1', 0] } },
      '3': { class_type: 'KSampler', inputs: { seed: 1, steps: 2 } },
    };
    const digests = ['seed', 'seed steps'].map(
      role => defineWorkflow('w', graph, { roles: { '1': 'positive', '3': role } }).digest,
    );
    expect(new Set(digests).size).toBe(2);
  });
});
