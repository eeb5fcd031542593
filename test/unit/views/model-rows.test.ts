import { describe, expect, it } from 'vitest';
import { bytesText, modelGroups } from '../../../src/extension/views/models/model-rows.ts';
import type { Model } from '../../../src/protocol/models.ts';

function model(name: string, change: Partial<Model> = {}): Model {
  return {
    name,
    family: 'sdxl',
    placeholder: false,
    servers: ['local'],
    bytes: 6_938_040_682,
    sha256: null,
    triggerWords: [],
    license: null,
    ...change,
  };
}

const inventory = { checkpoints: [], loras: [], vaes: [], samplers: [], schedulers: [] };

describe('the models', () => {
  it('are nothing before the worker has told, so that the view can say so', () => {
    expect(modelGroups({ servers: [], inventory: null, workflows: [] })).toEqual([]);
  });

  it('show VAEs too', () => {
    const vaes = [model('sdxl_vae.safetensors', { bytes: 334_641_164 })];
    const [group] = modelGroups({ servers: [], inventory: { ...inventory, vaes }, workflows: [] });
    expect(group).toMatchObject({
      id: 'vaes',
      label: 'VAEs',
      rows: [{ id: 'vae/sdxl_vae.safetensors', label: 'sdxl_vae', description: 'sdxl · 335 MB' }],
    });
  });

  it('show family and size, and no empty group', () => {
    const checkpoints = [model('sdxl/pixel-art-xl.safetensors')];
    const groups = modelGroups({
      servers: [],
      inventory: { ...inventory, checkpoints },
      workflows: [],
    });
    expect(groups.map(({ id }) => id)).toEqual(['checkpoints']);
    expect(groups[0]?.rows[0]).toMatchObject({
      label: 'pixel-art-xl',
      description: 'sdxl · 6.9 GB',
      problem: false,
    });
    expect(groups[0]?.rows[0]?.details).toContain('sdxl/pixel-art-xl.safetensors');
  });

  it('mark what is drawn without a model', () => {
    const checkpoints = [model('builtin', { placeholder: true, family: 'builtin', bytes: null })];
    const [group] = modelGroups({
      servers: [],
      inventory: { ...inventory, checkpoints },
      workflows: [],
    });
    expect(group?.rows[0]?.description).toBe('placeholder');
  });

  it('show a problem first', () => {
    const loras = [model('torn.safetensors', { problem: 'The file is torn.' })];
    const [group] = modelGroups({ servers: [], inventory: { ...inventory, loras }, workflows: [] });
    expect(group?.rows[0]).toMatchObject({ problem: true });
    expect(group?.rows[0]?.details[0]).toBe('The file is torn.');
  });

  it('show engines with version and state', () => {
    const server = {
      name: 'spark',
      url: 'http://127.0.0.1:8188',
      engine: 'comfyui',
      version: '0.3.75',
    } as const;
    const rest = { executing: null, parked: null };
    const [group] = modelGroups({
      servers: [
        { ...server, ...rest, state: 'ready', problem: null },
        { ...server, ...rest, name: 'b', state: 'unreachable', problem: 'Nobody answers.' },
      ],
      inventory: null,
      workflows: [],
    });
    expect(group?.rows.map(({ description, problem }) => [description, problem])).toEqual([
      ['0.3.75 · http://127.0.0.1:8188', false],
      ['0.3.75 · http://127.0.0.1:8188 · unreachable', true],
    ]);
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_500, '1.5 kB'],
    [335_544_320, '336 MB'],
    [12_000_000_000, '12 GB'],
  ])('say %d bytes as %s', (bytes, text) => expect(bytesText(bytes)).toBe(text));
});
