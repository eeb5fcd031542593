import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CheckFinding, checkWorkflow } from '../../../src/project/workflows/check.ts';
import { defineWorkflow, type Workflow } from '../../../src/project/workflows/definition.ts';
import { MAX_NODES } from '../../../src/project/workflows/graph.ts';
import { proposeRoles } from '../../../src/project/workflows/tag.ts';
import { SHIPPED_NAMES, shippedWorkflow } from '../../helpers/role-changes.ts';

/** Recorded from a ComfyUI 0.33.0 that has no LCM LoRA and no background removal model. */
const recorded = JSON.parse(
  readFileSync(new URL('../../fixtures/comfyui/object_info.json', import.meta.url), 'utf8'),
) as Record<string, { input: { required: Record<string, unknown[]> } }>;

function withFiles(className: string, input: string, files: string[]): typeof recorded {
  const changed = structuredClone(recorded);
  const required = changed[className]!.input.required;
  const [type, options] = required[input]!;
  required[input] = Array.isArray(type)
    ? [files, options]
    : [type, { ...(options as object), options: files }];
  return changed;
}

/** The graph of sprite-sdxl with some nodes changed. */
function changed(change: (graph: Workflow['graph']) => void): Workflow {
  const { graph } = structuredClone(shippedWorkflow('sprite-sdxl'));
  change(graph);
  return defineWorkflow('w', graph);
}

function codes(findings: readonly CheckFinding[]): string[] {
  return findings.map(({ level, code, node, input }) => `${level} ${code} ${node} ${input}`);
}

describe('the check of a workflow against an engine', () => {
  it.each(SHIPPED_NAMES)('finds nothing wrong with %s but files that are missing', name => {
    const findings = checkWorkflow(shippedWorkflow(name), recorded);
    expect(findings.filter(({ code }) => code !== 'missing-file')).toEqual([]);
  });

  it('names a missing file, what to put where, and how to name another', () => {
    const [finding] = checkWorkflow(shippedWorkflow('draft-sdxl'), recorded);
    expect(finding).toMatchObject({ level: 'error', code: 'missing-file', node: '10' });
    for (const part of [
      /lcm-lora-sdxl\.safetensors/,
      /models\/loras/,
      /latent-consistency/,
      /draft-sdxl\.roles\.yaml/,
    ]) {
      expect(finding?.message).toMatch(part);
    }
    const there = withFiles('LoraLoaderModelOnly', 'lora_name', [
      'speed/LCM_LoRA_SDXL.safetensors',
    ]);
    expect(checkWorkflow(shippedWorkflow('draft-sdxl'), there)).toEqual([]);
    const background = withFiles('LoadBackgroundRemovalModel', 'bg_removal_name', [
      'any.safetensors',
    ]);
    expect(checkWorkflow(shippedWorkflow('remove-background'), background)).toEqual([]);
  });

  it('only notes on the built-in engine that the distillation LoRA is left out', () => {
    const findings = checkWorkflow(shippedWorkflow('draft-sdxl'), recorded, { isBuiltin: true });
    expect(findings.map(({ level }) => level)).toEqual(['note']);
  });

  it.each([
    ['FaceDetailer', /ComfyUI-Impact-Pack/],
    ['Power Lora Loader (rgthree)', /rgthree-comfy/],
    ['NobodyKnowsThis', /Install the custom nodes it comes from/],
    ['constructor', /does not have/],
  ])('says where the missing class %s comes from, as far as that is known', (className, hint) => {
    const [finding] = checkWorkflow(
      changed(graph => (graph['8']!.class_type = className)),
      recorded,
    );
    expect(finding).toMatchObject({ level: 'error', code: 'unknown-class', node: '8' });
    expect(finding?.message).toMatch(hint);
  });

  it.each<[string, (graph: Workflow['graph']) => void, string]>([
    ['a missing input', g => delete g['8']!.inputs['vae'], 'error missing-input 8 vae'],
    ['a link to the wrong type', g => (g['8']!.inputs['vae'] = ['1', 0]), 'error wrong-link 8 vae'],
    ['a link to no output', g => (g['8']!.inputs['vae'] = ['1', 9]), 'error wrong-link 8 vae'],
    ['a value out of range', g => (g['6']!.inputs['denoise'] = 2), 'error out-of-range 6 denoise'],
    ['a text for a number', g => (g['6']!.inputs['denoise'] = 'x'), 'error wrong-type 6 denoise'],
    [
      'a choice that there is not',
      g =>
        (g['30'] = {
          class_type: 'ModelSamplingDiscrete',
          inputs: { model: ['1', 0], sampling: 'lightning', zsnr: false },
        }),
      'error not-in-list 30 sampling',
    ],
    [
      'links in a circle',
      g => (g['6']!.inputs['latent_image'] = ['6', 0]),
      'error cycle null null',
    ],
    [
      'a role that leads nowhere',
      g => {
        g['31'] = { ...structuredClone(g['3']!) };
      },
      'warning idle-role 31 null',
    ],
  ])('finds %s', (_, change, expected) => {
    expect(codes(checkWorkflow(changed(change), recorded))).toContain(expected);
  });

  it('does not judge what a recipe will replace', () => {
    const workflow = changed(graph => {
      graph['1']!.inputs['ckpt_name'] = 'nobody-has-this.safetensors';
      graph['6']!.inputs['steps'] = 0;
    });
    expect(checkWorkflow(workflow, recorded)).toEqual([]);
  });

  it('takes a graph of 4,000 nodes, one after the other, as any other', () => {
    const { graph } = structuredClone(shippedWorkflow('sprite-sdxl'));
    let model: [string, number] = ['1', 0];
    for (let id = 1000; Object.keys(graph).length < 4000; id += 1) {
      graph[id] = {
        class_type: 'ModelSamplingDiscrete',
        inputs: { model, sampling: 'eps', zsnr: false },
      };
      model = [String(id), 0];
    }
    graph['2']!.inputs['model'] = model;
    for (const node of Object.values(graph)) delete node._meta;
    const { roles } = proposeRoles(graph);
    const texts = Object.entries(roles).map(([id, own]): [string, string] => [id, own.join(' ')]);
    const workflow = defineWorkflow('large', graph, {
      roles: Object.fromEntries(texts),
    });
    expect(workflow.roles).toEqual(shippedWorkflow('sprite-sdxl').roles);
    expect(checkWorkflow(workflow, recorded)).toEqual([]);
  });

  it('refuses a graph that is larger than any person would draw', () => {
    const nodes = Array.from({ length: MAX_NODES + 1 }, (_, i): [string, object] => [
      `n${i}`,
      { class_type: 'SaveImage', inputs: {} },
    ]);
    expect(() => defineWorkflow('w', Object.fromEntries(nodes))).toThrow(/at most/);
  });
});
