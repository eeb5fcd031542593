import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bindRecipe } from '../../../src/project/workflows/bind.ts';
import {
  chooseRenderSize,
  defineWorkflow,
  type Workflow,
} from '../../../src/project/workflows/definition.ts';
import { isLink } from '../../../src/project/workflows/graph.ts';
import { resolveRecipe } from '../../../src/project/workflows/resolve.ts';
import type { Inventory, Model } from '../../../src/protocol/models.ts';
import { someRecipe } from '../../helpers/recipes.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'workflows');

function shipped(name: string): Workflow {
  return defineWorkflow(name, JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')));
}

const names = readdirSync(FOLDER)
  .filter(file => file.endsWith('.json'))
  .map(file => file.slice(0, -5));

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
  samplers: ['euler', 'dpmpp_2m'],
  schedulers: ['normal', 'karras'],
};

describe.each(names)('the shipped workflow %s', name => {
  const workflow = shipped(name);
  const init = workflow.roles.init === undefined ? null : { image: 'c'.repeat(64), denoise: 0.4 };

  it('binds every value of a recipe', () => {
    const recipe = someRecipe({
      init,
      batch: 3,
      vae: 'my-vae.safetensors',
      loras: [
        { name: 'one.safetensors', strength: 0.8 },
        { name: 'two.safetensors', strength: -0.5, clipStrength: 0.25 },
      ],
    });
    const text = JSON.stringify(bindRecipe(workflow, recipe, binding));
    for (const value of [
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
      '"filename_prefix":"dgx-pixels/id"',
      ...(init === null
        ? ['"batch_size":3']
        : ['"denoise":0.4', '"dgx-pixels/in.png"', '"amount":3']),
    ]) {
      expect(text).toContain(value);
    }
  });

  it('leaves no loader behind that a recipe without LoRA and VAE does not name', () => {
    const graph = bindRecipe(workflow, someRecipe({ init }), binding);
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
    bindRecipe(workflow, someRecipe({ init, loras: [{ name: 'a', strength: 1 }] }), binding);
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
