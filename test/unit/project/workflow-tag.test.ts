import { describe, expect, it } from 'vitest';
import { defineWorkflow } from '../../../src/project/workflows/definition.ts';
import type { Graph } from '../../../src/project/workflows/graph.ts';
import { proposeRoles } from '../../../src/project/workflows/tag.ts';
import { SHIPPED_NAMES, shippedWorkflow } from '../../helpers/role-changes.ts';

function untagged(graph: Graph): Graph {
  return Object.fromEntries(
    Object.entries(graph).map(([id, { class_type, inputs }]) => [id, { class_type, inputs }]),
  );
}

function node(class_type: string, inputs: Record<string, unknown>) {
  return { class_type, inputs };
}

/** A graph of the custom sampler nodes, as newer templates have it. */
const custom: Graph = {
  u: node('UNETLoader', { unet_name: 'a.safetensors', weight_dtype: 'default' }),
  l: node('LoraLoaderModelOnly', {
    model: ['u', 0],
    lora_name: 'x.safetensors',
    strength_model: 1,
  }),
  c: node('DualCLIPLoader', { clip_name1: 'g', clip_name2: 'l', type: 'sdxl' }),
  t: node('PrimitiveStringMultiline', { value: 'pixel art' }),
  p: node('CLIPTextEncode', { clip: ['c', 0], text: ['t', 0] }),
  f: node('FluxGuidance', { conditioning: ['p', 0], guidance: 3.5 }),
  g: node('BasicGuider', { model: ['l', 0], conditioning: ['f', 0] }),
  n: node('RandomNoise', { noise_seed: 1 }),
  k: node('KSamplerSelect', { sampler_name: 'euler' }),
  b: node('BasicScheduler', { model: ['l', 0], scheduler: 'simple', steps: 20, denoise: 1 }),
  e: node('EmptySD3LatentImage', { width: 1024, height: 1024, batch_size: 1 }),
  s: node('SamplerCustomAdvanced', {
    noise: ['n', 0],
    guider: ['g', 0],
    sampler: ['k', 0],
    sigmas: ['b', 0],
    latent_image: ['e', 0],
  }),
  v: node('VAELoader', { vae_name: 'ae.safetensors' }),
  d: node('VAEDecode', { samples: ['s', 0], vae: ['v', 0] }),
  o: node('SaveImage', { images: ['d', 0], filename_prefix: 'x' }),
};

describe('proposed roles', () => {
  it.each(SHIPPED_NAMES)('of %s without its tags are the ones that were written', name => {
    const workflow = shippedWorkflow(name);
    const { roles, notes } = proposeRoles(untagged(workflow.graph));
    const sidecar = Object.fromEntries(
      Object.entries(roles).map(([id, own]) => [id, own.join(' ')]),
    );
    const again = defineWorkflow(name, untagged(workflow.graph), { roles: sidecar });
    const { denoise: _, ...wanted } = workflow.roles;
    expect(again.roles).toMatchObject(wanted);
    expect(notes).toEqual([]);
  });

  it('follow the custom sampler nodes', () => {
    const { roles, notes } = proposeRoles(custom);
    expect(roles).toEqual({
      o: ['save'],
      e: ['size', 'batch'],
      n: ['seed'],
      k: ['sampler'],
      b: ['steps', 'scheduler'],
      p: ['positive'],
      u: ['checkpoint'],
      l: ['lora'],
      v: ['vae'],
    });
    expect(notes.join()).toMatch(/text of node p comes from node t/);
    expect(() => defineWorkflow('w', custom, { roles: { p: 'positive' } })).not.toThrow();
  });

  it('are not given to a second time, to nodes that carry some', () => {
    const tagged: Graph = { ...custom, n: { ...custom['n']!, _meta: { title: 'noise @seed' } } };
    expect(proposeRoles(tagged).roles).not.toHaveProperty('n');
  });

  it('set steps on the first of two samplers only, and seeds on both', () => {
    const { graph } = shippedWorkflow('sprite-sdxl');
    const plain = untagged(graph);
    const two: Graph = {
      ...plain,
      '30': node('LatentUpscale', { samples: ['6', 0], width: 2048, height: 2048 }),
      '31': { ...plain['6']!, inputs: { ...plain['6']!.inputs, latent_image: ['30', 0] } },
      '8': node('VAEDecode', { samples: ['31', 0], vae: ['7', 0] }),
    };
    const { roles, notes } = proposeRoles(two);
    expect(roles['6']).toEqual(['seed', 'steps', 'cfg', 'sampler', 'scheduler']);
    expect(roles['31']).toEqual(['seed']);
    expect(roles['5']).toEqual(['size', 'batch']);
    expect(notes.join()).toMatch(/node 6 is the first/);
  });

  it('leave a prompt without its negative where that is made of it', () => {
    const { graph } = shippedWorkflow('sprite-sdxl');
    const zeroed: Graph = {
      ...untagged(graph),
      '4': node('ConditioningZeroOut', { conditioning: ['3', 0] }),
    };
    const { roles } = proposeRoles(zeroed);
    expect(roles['3']).toEqual(['positive']);
    expect(Object.values(roles).flat()).not.toContain('negative');
  });

  it('tell a distilled LoRA from the one that a recipe chooses, and say which stay', () => {
    const { graph } = shippedWorkflow('draft-sdxl');
    const plain = untagged(graph);
    const three: Graph = {
      ...plain,
      '40': node('LoraLoaderModelOnly', {
        model: ['10', 0],
        lora_name: 'style.safetensors',
        strength_model: 1,
      }),
      '2': { ...plain['2']!, inputs: { ...plain['2']!.inputs, model: ['40', 0] } },
    };
    const { roles, notes } = proposeRoles(three);
    expect(roles).toMatchObject({ '10': ['distill'], '2': ['lora'] });
    expect(roles).not.toHaveProperty('40');
    expect(notes.join()).toMatch(/LoRAs of node 40 stay/);
  });

  it('end on links that run in a circle', () => {
    const circle: Graph = {
      '1': node('ConditioningCombine', { conditioning_1: ['1', 0], conditioning_2: ['1', 0] }),
      '2': node('KSampler', { model: ['2', 0], positive: ['1', 0], latent_image: ['2', 0] }),
      '3': node('SaveImage', { images: ['2', 0], filename_prefix: '' }),
    };
    expect(proposeRoles(circle).roles).toEqual({ '3': ['save'] });
  });
});
