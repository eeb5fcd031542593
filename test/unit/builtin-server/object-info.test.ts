import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NODE_CLASSES } from '../../../src/worker/builtin/server/nodes/registry.ts';
import { describeClass } from '../../../src/worker/builtin/server/object-info.ts';
import { catalog } from './graphs.ts';

const recorded = JSON.parse(
  readFileSync(new URL('../../fixtures/comfyui/object_info.json', import.meta.url), 'utf8'),
) as Record<string, Record<string, unknown>>;

/** Inputs whose choices are files: those differ from server to server. */
const FILES = new Set(['ckpt_name', 'lora_name', 'vae_name', 'image', 'bg_removal_name']);

type Spec = [type: unknown, options?: Record<string, unknown>];

function comparable(info: Record<string, unknown>): unknown {
  const groups = Object.entries(info['input'] as Record<string, Record<string, Spec | string>>);
  const input = groups.map(([group, inputs]) => [
    group,
    Object.entries(inputs).map(([name, spec]) => {
      if (typeof spec === 'string') return [name, spec];
      const [type, options = {}] = spec;
      const rest = { ...options };
      if (FILES.has(name)) delete rest['options'];
      return [name, FILES.has(name) && Array.isArray(type) ? 'files' : type, rest];
    }),
  ]);
  const keys = ['input_order', 'output', 'output_is_list', 'output_name', 'output_node', 'name'];
  return [input, keys.map(key => info[key])];
}

describe('the description of node classes', () => {
  it('covers exactly the recorded classes', () => {
    expect([...NODE_CLASSES.keys()].sort()).toEqual(Object.keys(recorded).sort());
  });

  it.each([...NODE_CLASSES.keys()])(
    '%s has the types, ranges, defaults, choices and outputs of the recording',
    name => {
      const own = JSON.parse(
        JSON.stringify(describeClass(NODE_CLASSES.get(name)!, catalog)),
      ) as Record<string, unknown>;
      expect(comparable(own)).toEqual(comparable(recorded[name]!));
    },
  );

  it('has every key that the recording gives for a class of the same kind', () => {
    const own = Object.keys(describeClass(NODE_CLASSES.get('KSampler')!, catalog));
    expect(own).toEqual(expect.arrayContaining(Object.keys(recorded['KSampler']!)));
  });
});
