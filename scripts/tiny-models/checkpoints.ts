import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Tensor } from './safetensors.ts';
import { constantTensor, normalTensor, scalarTensor } from './tensors.ts';

/** Checkpoints of random weights that a ComfyUI loads as their family and samples from on a CPU. */
export const TINY_CHECKPOINTS = {
  /** SD 1.5: one level, CLIP-L, TAESD; 278 MB. */
  tiny15: { latentScale: 0.18215 },
  /** SDXL: three narrow levels, CLIP-L and CLIP-G (whose shape is fixed), TAESD; 1.9 GB. */
  'sdxl-tiny': { latentScale: 0.13025 },
} as const;

export type TinyCheckpoint = keyof typeof TINY_CHECKPOINTS;

const LISTS = join(import.meta.dirname, '..', '..', 'test', 'fixtures', 'comfyui', 'checkpoints');

type Row = [name: string, type: 'F16' | 'F32', shape: number[]];

/** Names, types and shapes of a checkpoint's tensors. */
export function tensorRows(checkpoint: TinyCheckpoint): Row[] {
  const bytes = gunzipSync(readFileSync(join(LISTS, `${checkpoint}.tensors.json.gz`)));
  return JSON.parse(bytes.toString('utf8')) as Row[];
}

/**
 * Deviation of a layer of the image encoder and decoder, which have no norms: He et al. 2015, so that a signal keeps its strength; residual
 * branches add little, and the last layer spans the greys.
 */
function imageDeviation(name: string, shape: readonly number[]): number {
  const he = Math.sqrt(2 / shape.slice(1).reduce((product, edge) => product * edge, 1));
  if (name.endsWith('taesd_decoder.19.weight')) return he / 6;
  return name.endsWith('conv.4.weight') ? he / 4 : he;
}

/** Everything is small noise, but for what must not be: norms pass on, and texts have a mean that prompt weights divide by. */
function tensorOf([name, type, shape]: Row, latentScale: number, seed: string): Tensor {
  if (name.endsWith('vae_scale')) return scalarTensor(name, latentScale);
  if (name.endsWith('vae_shift')) return scalarTensor(name, 0);
  if (type !== 'F16') throw new Error(`there is no rule for the ${type} values of ${name}`);
  if (name.endsWith('logit_scale')) return constantTensor(name, shape, 4.6);
  if (/(?:final_layer_norm|ln_final)\.bias$/.test(name)) return constantTensor(name, shape, 0.05);
  if (name.endsWith('taesd_decoder.19.bias')) return constantTensor(name, shape, 0.5);
  if (/[._](?:in_proj_)?bias$/.test(name)) return constantTensor(name, shape, 0);
  if (shape.length === 1) return constantTensor(name, shape, 1);
  const image = name.includes('taesd_');
  return normalTensor(name, shape, image ? imageDeviation(name, shape) : 0.02, seed);
}

/**
 * Tensors of a checkpoint.
 * @param seed another seed gives another checkpoint of the same shape
 */
export function checkpointTensors(checkpoint: TinyCheckpoint, seed = 'a'): Tensor[] {
  const { latentScale } = TINY_CHECKPOINTS[checkpoint];
  return tensorRows(checkpoint).map(row => tensorOf(row, latentScale, seed));
}

/** tiny15 without its text encoder, as people save a bare UNet by mistake: it loads, and fails when a prompt is encoded. */
export function textlessTensors(): Tensor[] {
  return checkpointTensors('tiny15').filter(({ name }) => !name.startsWith('cond_stage_model.'));
}

/** Tensors of a decoder and encoder on their own, for the folder of VAEs: TAESD of other weights than a checkpoint's. */
export function vaeTensors(seed = 'vae'): Tensor[] {
  const prefix = 'first_stage_model.';
  return tensorRows('tiny15')
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, type, shape]) =>
      tensorOf([name.slice(prefix.length), type, shape], TINY_CHECKPOINTS.tiny15.latentScale, seed),
    );
}
