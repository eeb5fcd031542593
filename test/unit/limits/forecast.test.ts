import { describe, expect, it } from 'vitest';
import {
  beyondWeights,
  type EngineTraits,
  forecast,
  type Load,
} from '../../../src/worker/limits/forecast.ts';
import { weightsOf, weightsOfSize } from '../../../src/worker/limits/weights.ts';

const MIB = 2 ** 20;
const GB = 1e9;
const GPU: EngineTraits = { device: 'gpu', shared: false, dynamic: true };
const UNIFIED: EngineTraits = { device: 'gpu', shared: true, dynamic: true };
const CPU: EngineTraits = { device: 'cpu', shared: true, dynamic: false };

/** Values of SDXL's parts: UNet 2.57 B, both text encoders 0.82 B, VAE 84 M, all in 16 bits. */
const SDXL = {
  fileBytes: 6.94 * GB,
  diffusion: new Map([[2, 2.567e9]]),
  text: new Map([[2, 0.818e9]]),
  vae: new Map([[2, 84e6]]),
};

function load(change: Partial<Load> = {}): Load {
  return {
    family: 'sdxl',
    weights: SDXL,
    vaeBytes: 0,
    loraBytes: [],
    renderSize: [1024, 1024],
    batch: 1,
    cfg: 7,
    ...change,
  };
}

function made(change: Partial<Load> = {}, traits = GPU, room = 100 * GB) {
  const found = forecast(load(change), traits, room);
  if (found === null) throw new Error('nothing was forecast');
  return found;
}

describe('the forecast of memory', () => {
  it('follows the formulas of ComfyUI 0.33 for SDXL at 1024² on a GPU', () => {
    const { weights, sampling, decoding, loading, loras, peak } = made();
    expect(weights).toBe(2 * (2.567e9 + 0.818e9 + 84e6));
    // 2 evaluations × 128² latents × 2 bytes × 0.01 × 0.8 MiB lies below the least that ComfyUI reserves.
    expect(sampling).toBe(0.8 * 1024 * MIB);
    expect(decoding).toBe(2178 * 128 * 128 * 64 * 2 + 1024 * 1024 * 12);
    expect([loading, loras]).toEqual([0, 0]);
    expect(peak).toBe(weights + decoding);
  });

  it('is near what a real ComfyUI took on the CPU: 12 GB resident, 16 GB at the peak', () => {
    const { weights, peak } = made({ renderSize: [128, 128] }, CPU);
    expect(weights / GB).toBeGreaterThan(11);
    expect(weights / GB).toBeLessThan(13);
    expect(peak / GB).toBeGreaterThan(15);
    expect(peak / GB).toBeLessThan(20);
  });

  it('counts the file once more where GPU and page cache share the memory', () => {
    expect(made({}, UNIFIED).loading).toBe(SDXL.fileBytes);
    expect(made({}, UNIFIED).peak).toBeGreaterThan(made().peak);
  });

  it('makes 32-bit weights 16-bit on a GPU, keeps 8-bit ones, and makes all 32-bit on the CPU', () => {
    const of = (width: number, traits: EngineTraits) =>
      made(
        { weights: { ...weightsOfSize(width * 1e9), diffusion: new Map([[width, 1e9]]) } },
        traits,
      ).weights;
    expect([of(4, GPU), of(2, GPU), of(1, GPU)]).toEqual([2e9, 2e9, 1e9]);
    expect([of(4, CPU), of(2, CPU), of(1, CPU)]).toEqual([4e9, 4e9, 4e9]);
  });

  it('grows with batch and size, and is halved in sampling without guidance', () => {
    const large = { renderSize: [2048, 2048], batch: 4 } as const;
    const with7 = made({ ...large, renderSize: [2048, 2048] }).sampling;
    const with1 = made({ ...large, renderSize: [2048, 2048], cfg: 1 }).sampling;
    expect(with7).toBe(2 * with1);
    expect(made({ batch: 4 }).decoding).toBe(4 * made().decoding);
    expect(made({ renderSize: [2048, 1024] }).decoding).toBe(2 * made().decoding);
  });

  it('takes guidance of FLUX as an input: no second evaluation', () => {
    const at = (cfg: number) => made({ family: 'flux', renderSize: [2048, 2048], cfg }).sampling;
    expect(at(7)).toBe(at(1));
  });

  it('decodes as many pictures at once as the engine has room for, one at least', () => {
    const one = made().decoding;
    const tight = made({ batch: 8 }, GPU, 2.5 * one).decoding;
    expect(tight).toBe(2 * 2178 * 128 * 128 * 64 * 2 + 8 * 1024 * 1024 * 12);
    expect(made({ batch: 8 }, GPU, 0).decoding).toBeGreaterThan(one);
  });

  it('counts the weights that a LoRA changes twice, unless they are changed while they are used', () => {
    const loraBytes = [170e6, 30e6];
    expect(made({ loraBytes }, GPU).loras).toBe(200e6);
    expect(made({ loraBytes }, { ...GPU, dynamic: false }).loras).toBe(200e6 + 2 * 2.567e9);
    expect(made({}, { ...GPU, dynamic: false }).loras).toBe(0);
  });

  it('of models that are loaded already leaves their weights out', () => {
    const { peak, weights, decoding } = made();
    expect(beyondWeights(made())).toBe(decoding);
    expect(peak - weights).toBe(decoding);
  });

  it.each(['unknown', 'builtin'] as const)('tells nothing of the family %s', family => {
    expect(forecast(load({ family }), GPU, GB)).toBeNull();
  });
});

describe('what a checkpoint holds', () => {
  it('is sorted into diffusion model, text encoders and VAE by the prefixes of its tensors', () => {
    const tensor = (name: string, values: number, width: number, begin: number) => ({
      name,
      dtype: 'F16',
      shape: [values],
      begin,
      end: begin + values * width,
    });
    const weights = weightsOf(
      [
        tensor('model.diffusion_model.out.2.weight', 100, 2, 0),
        tensor('model.diffusion_model.out.2.bias', 10, 4, 200),
        tensor('conditioner.embedders.0.x', 50, 2, 240),
        tensor('cond_stage_model.x', 5, 2, 340),
        tensor('first_stage_model.decoder.x', 30, 4, 350),
        tensor('model_ema.empty', 0, 2, 470),
      ],
      1000,
    );
    expect(weights).toEqual({
      fileBytes: 1000,
      diffusion: new Map([
        [2, 100],
        [4, 10],
      ]),
      text: new Map([[2, 55]]),
      vae: new Map([[4, 30]]),
    });
  });
});
