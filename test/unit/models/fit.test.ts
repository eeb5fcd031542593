import { describe, expect, it } from 'vitest';
import { PixelsError } from '../../../src/protocol/errors.ts';
import type { Architecture } from '../../../src/worker/models/family/architecture.ts';
import type { ModelFacts } from '../../../src/worker/models/facts.ts';
import type { FileKnowledge } from '../../../src/worker/models/file-table.ts';
import { checkFit } from '../../../src/worker/models/fit.ts';
import type { DemandedFile } from '../../../src/project/workflows/demands.ts';

function known(
  architectures: readonly Architecture[] | null,
  change: Partial<ModelFacts> = {},
  badTensors = 0,
): FileKnowledge {
  const first = badTensors > 0 ? ['lora_unet_x.lora_up.weight'] : [];
  return {
    facts: {
      architectures,
      latentChannels: null,
      triggerWords: [],
      license: null,
      problem: null,
      ...change,
    },
    scan: { sha256: 'a'.repeat(64), nonFinite: { count: badTensors, first }, tensors: 10 },
  };
}

const FILES: Record<string, FileKnowledge> = {
  'base.safetensors': known(['sdxl']),
  'old.safetensors': known(['sd15']),
  'mystery.ckpt': { facts: null, scan: null },
  'fits.safetensors': known(['sdxl']),
  'either.safetensors': known(['sd15', 'sd2', 'sdxl', 'sdxl-refiner']),
  'other.safetensors': known(['sd15']),
  'transformer.safetensors': known(['other']),
  'nan.safetensors': known(['sdxl'], {}, 3),
  'torn.safetensors': known(null, { problem: { kind: 'truncated', what: '12 bytes are missing' } }),
  'locked.safetensors': known(null, {
    problem: { kind: 'unreadable', what: 'it cannot be read (EACCES)' },
  }),
  'wide.vae.safetensors': known(['sd3', 'flux', 'chroma']),
  'fp16-fix.vae.safetensors': known(['sd15', 'sd2', 'sdxl', 'sdxl-refiner']),
};

function check(checkpoint: string, loras: string[] = [], vae: string | null = null): string[] {
  const files: DemandedFile[] = [
    { kind: 'checkpoint', name: checkpoint },
    ...(vae === null ? [] : [{ kind: 'vae' as const, name: vae }]),
    ...loras.map(name => ({ kind: 'lora' as const, name })),
  ];
  return checkFit(files, (_, name) => FILES[name] ?? null);
}

function refusal(...given: Parameters<typeof check>): PixelsError {
  try {
    check(...given);
  } catch (error) {
    if (PixelsError.is(error)) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('models of a recipe', () => {
  it('that fit pass without a word', () => {
    expect(
      check(
        'base.safetensors',
        ['fits.safetensors', 'either.safetensors'],
        'fp16-fix.vae.safetensors',
      ),
    ).toEqual([]);
    expect(
      check('builtin/arcade.safetensors', ['builtin/glow.safetensors'], 'builtin/vae.safetensors'),
    ).toEqual([]);
  });

  it('are refused when a LoRA is for another family, with both named and what to do', () => {
    const { code, data, message } = refusal('base.safetensors', [
      'fits.safetensors',
      'other.safetensors',
    ]);
    expect(code).toBe('invalid-params');
    expect(data).toEqual({
      lora: 'other.safetensors',
      family: 'sd15',
      checkpoint: 'base.safetensors',
      checkpointFamily: 'sdxl',
    });
    expect(message).toContain('other.safetensors is for SD 1.5');
    expect(message).toContain('Choose a LoRA for SDXL');
  });

  it('are refused when a LoRA is for a family without a name of its own', () => {
    expect(refusal('base.safetensors', ['transformer.safetensors']).data).toMatchObject({
      family: 'other',
    });
  });

  it('are refused across the border of the built-in engine, either way', () => {
    expect(refusal('builtin/arcade.safetensors', ['fits.safetensors']).data).toMatchObject({
      family: 'sdxl',
      checkpointFamily: 'builtin',
    });
    expect(refusal('base.safetensors', ['builtin/glow.safetensors']).data).toMatchObject({
      family: 'builtin',
    });
    expect(refusal('builtin/arcade.safetensors', ['unread.safetensors']).code).toBe(
      'invalid-params',
    );
  });

  it('are refused when a LoRA holds values that are no numbers', () => {
    const { code, data, message } = refusal('base.safetensors', ['nan.safetensors']);
    expect(code).toBe('invalid-params');
    expect(data).toEqual({
      lora: 'nan.safetensors',
      nonFinite: 3,
      tensors: ['lora_unet_x.lora_up.weight'],
    });
    expect(message).toContain('infinite values or NaN in 3 of its 10 tensors');
  });

  it('are refused when a file is torn, and let pass when it merely cannot be read here', () => {
    expect(refusal('base.safetensors', ['torn.safetensors']).message).toContain(
      '12 bytes are missing',
    );
    expect(refusal('torn.safetensors').data).toEqual({
      model: 'torn.safetensors',
      problem: 'truncated',
    });
    expect(check('base.safetensors', ['locked.safetensors'])).toHaveLength(1);
  });

  it('are refused when a VAE has other latents', () => {
    expect(refusal('base.safetensors', [], 'wide.vae.safetensors').data).toMatchObject({
      vae: 'wide.vae.safetensors',
      checkpoint: 'base.safetensors',
    });
    expect(check('base.safetensors', [], 'pixel_space')).toEqual([]);
  });

  it('of a graph with two checkpoints fit when they fit one of them', () => {
    const files = (lora: string): DemandedFile[] => [
      { kind: 'checkpoint', name: 'old.safetensors' },
      { kind: 'checkpoint', name: 'base.safetensors' },
      { kind: 'lora', name: lora },
      { kind: 'background', name: 'BiRefNet.safetensors' },
    ];
    const lookup = (_: string, name: string) => FILES[name] ?? null;
    expect(checkFit(files('fits.safetensors'), lookup)).toEqual([]);
    expect(checkFit(files('other.safetensors'), lookup)).toEqual([]);
    expect(() => checkFit(files('transformer.safetensors'), lookup)).toThrow(/old\.safetensors/);
  });

  it('of a graph without a checkpoint are still refused when they are broken', () => {
    const files: DemandedFile[] = [{ kind: 'lora', name: 'nan.safetensors' }];
    expect(() => checkFit(files, (_, name) => FILES[name] ?? null)).toThrow(/NaN/);
  });

  it('of unknown family pass with a warning that names them', () => {
    expect(check('mystery.ckpt', ['fits.safetensors'])).toEqual([
      expect.stringContaining(
        'fits.safetensors fits the checkpoint mystery.ckpt could not be checked',
      ),
    ]);
    expect(check('sdxl-remote.safetensors', ['thing-sd15.safetensors'])).toEqual([
      expect.stringContaining('By their names the LoRA thing-sd15.safetensors is for sd15'),
    ]);
  });
});
