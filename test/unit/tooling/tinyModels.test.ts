import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkpointTensors, tensorRows } from '../../../scripts/tiny-models/checkpoints.ts';
import { halfBits } from '../../../scripts/tiny-models/half.ts';
import { loraTensors, TINY_LORAS } from '../../../scripts/tiny-models/loras.ts';
import { normalQuantile } from '../../../scripts/tiny-models/normal.ts';
import {
  elementsOf,
  type Tensor,
  writeSafetensors,
} from '../../../scripts/tiny-models/safetensors.ts';

/** The number that half-precision bits stand for. */
function valueOf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const mantissa = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return mantissa === 0 ? sign * Infinity : Number.NaN;
  return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1024 + mantissa) * 2 ** (exponent - 25));
}

function valuesOf(tensor: Tensor): number[] {
  return [...tensor.data()].flatMap(piece =>
    Array.from(new Uint16Array(piece.slice().buffer), valueOf),
  );
}

function named(tensors: readonly Tensor[], name: string): Tensor {
  const found = tensors.find(tensor => tensor.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

describe('half-precision bits', () => {
  it('give back every number that half precision has', () => {
    for (let bits = 0; bits < 0x7c00; bits++) {
      expect(halfBits(valueOf(bits))).toBe(bits);
      expect(halfBits(-valueOf(bits))).toBe(bits | 0x8000);
    }
  });

  it('are the nearest, ties to even, and keep what is no number', () => {
    expect(valueOf(halfBits(0.1))).toBeCloseTo(0.1, 4);
    expect(halfBits(1 + 2 ** -11)).toBe(halfBits(1));
    expect(halfBits(1 + 3 * 2 ** -11)).toBe(halfBits(1 + 2 ** -9));
    expect(halfBits(65_520)).toBe(0x7c00);
    expect(valueOf(halfBits(Number.NaN))).toBeNaN();
  });
});

describe('normal values', () => {
  it('have the quantiles of the normal distribution', () => {
    for (const [probability, quantile] of [
      [0.5, 0],
      [0.975, 1.959963985],
      [0.001, -3.090232306],
      [0.8413447461, 1],
    ] as const) {
      expect(normalQuantile(probability)).toBeCloseTo(quantile, 7);
    }
  });

  it('have mean, deviation and neighbours as they should, and hang on name and seed', () => {
    const name = 'cond_stage_model.transformer.text_model.encoder.layers.0.mlp.fc1.weight';
    const values = valuesOf(named(checkpointTensors('tiny15'), name));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    const next = values.reduce((sum, value, at) => sum + value * (values[at + 1] ?? 0), 0);
    expect(mean).toBeCloseTo(0, 4);
    expect(Math.sqrt(square)).toBeCloseTo(0.02, 4);
    expect(Math.abs(next / values.length / square)).toBeLessThan(0.005);
    expect(valuesOf(named(checkpointTensors('tiny15'), name))).toEqual(values);
    expect(valuesOf(named(checkpointTensors('tiny15', 'b'), name))).not.toEqual(values);
  });
});

describe('a tiny checkpoint', () => {
  it('passes norms on, has no bias, and gives texts a mean', () => {
    const tensors = checkpointTensors('sdxl-tiny');
    const only = (name: string) => new Set(valuesOf(named(tensors, name)));
    const text = 'conditioner.embedders.0.transformer.text_model';
    expect(only(`${text}.encoder.layers.0.layer_norm1.weight`)).toEqual(new Set([1]));
    expect(only(`${text}.encoder.layers.0.layer_norm1.bias`)).toEqual(new Set([0]));
    const open = 'conditioner.embedders.1.model';
    expect(only(`${open}.transformer.resblocks.0.attn.in_proj_bias`)).toEqual(new Set([0]));
    expect([...only(`${text}.final_layer_norm.bias`)][0]).toBeCloseTo(0.05, 4);
    expect([...only(`${open}.ln_final.bias`)][0]).toBeCloseTo(0.05, 4);
    expect([...only(`${open}.logit_scale`)][0]).toBeCloseTo(4.6, 2);
  });

  it('has every tensor of the list that a real ComfyUI loaded, in its type and shape', () => {
    for (const checkpoint of ['tiny15', 'sdxl-tiny'] as const) {
      const tensors = checkpointTensors(checkpoint);
      expect(tensors.map(({ name, type, shape }) => [name, type, shape])).toEqual(
        tensorRows(checkpoint),
      );
    }
  });
});

describe('a safetensors file', () => {
  it('holds every tensor where its header says, with its metadata', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiny-'));
    try {
      for (const lora of TINY_LORAS) {
        const path = join(folder, `${lora.name}.safetensors`);
        const tensors = loraTensors(lora);
        const written = await writeSafetensors(path, tensors, lora.metadata);
        const bytes = readFileSync(path);
        expect(bytes.length).toBe(written);
        const start = 8 + Number(bytes.readBigUInt64LE(0));
        expect(start % 8).toBe(0);
        const { __metadata__, ...header } = JSON.parse(bytes.toString('utf8', 8, start)) as Record<
          string,
          { dtype: string; shape: number[]; data_offsets: [number, number] }
        > & { __metadata__?: unknown };
        expect(__metadata__ ?? {}).toEqual(lora.metadata);
        let end = 0;
        let broken = false;
        for (const tensor of tensors) {
          const entry = header[tensor.name];
          expect(entry).toMatchObject({ dtype: tensor.type, shape: tensor.shape });
          const [from = 0, to = 0] = entry?.data_offsets ?? [];
          expect([from, to]).toEqual([end, end + 2 * elementsOf(tensor.shape)]);
          end = to;
          const data = bytes.subarray(start + from, start + to);
          expect(data.equals(Buffer.concat([...tensor.data()]))).toBe(true);
          broken ||= valuesOf(tensor).some(Number.isNaN);
        }
        expect(start + end).toBe(written);
        expect(broken).toBe(lora.broken);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is refused when a tensor gives fewer bytes than its shape says', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiny-'));
    try {
      const short: Tensor = { name: 'a', type: 'F16', shape: [2], data: () => [new Uint8Array(2)] };
      await expect(writeSafetensors(join(folder, 'a.safetensors'), [short])).rejects.toThrow(
        /a has 2 bytes instead of 4/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
