import type { TensorInfo } from '../safetensors/header.ts';
import type { Architecture } from './architecture.ts';

/** Where a diffusion model's tensors begin, in whole checkpoints and in files of the diffusion model alone. */
const PREFIXES = ['model.diffusion_model.', 'diffusion_model.', 'model.', 'net.', ''];

const BY_CONTEXT: Readonly<Record<number, Architecture>> = {
  768: 'sd15',
  1024: 'sd2',
  1280: 'sdxl-refiner',
  2048: 'sdxl',
};

const BY_VECTOR: Readonly<Record<number, Architecture>> = { 2816: 'sdxl', 2560: 'sdxl-refiner' };

type Shapes = ReadonlyMap<string, readonly number[]>;

/** Packed weights (4-bit) keep no shape; the vector input and the text encoders tell then. */
function unet(shapes: Shapes, prefix: string): Architecture | null {
  for (const [name, shape] of shapes) {
    if (!name.startsWith(prefix) || !name.endsWith('.attn2.to_k.weight')) continue;
    const architecture = BY_CONTEXT[shape[1] ?? 0];
    if (architecture !== undefined) return architecture;
  }
  const vector =
    shapes.get(`${prefix}label_emb.0.0.weight`) ??
    shapes.get(`${prefix}add_embedding.linear_1.weight`);
  const byVector = BY_VECTOR[vector?.[1] ?? 0];
  if (byVector !== undefined) return byVector;
  for (const name of shapes.keys()) {
    if (name.startsWith('conditioner.embedders.1.')) return 'sdxl';
    if (name.startsWith('cond_stage_model.transformer.text_model.')) return 'sd15';
    if (name.startsWith('cond_stage_model.model.')) return 'sd2';
  }
  return null;
}

function transformer(shapes: Shapes, prefix: string): Architecture | null {
  const has = (name: string): boolean => shapes.has(prefix + name);
  if (
    has('joint_blocks.0.context_block.attn.qkv.weight') ||
    has('joint_blocks.0.x_block.attn.qkv.weight')
  ) {
    return 'sd3';
  }
  if (has('txt_in.individual_token_refiner.blocks.0.norm1.weight')) return 'other';
  const norm = 'double_blocks.0.img_attn.norm.key_norm.';
  if (has(`${norm}scale`) || has(`${norm}weight`)) {
    if (has('double_stream_modulation_img.lin.weight')) return 'flux2';
    for (const name of shapes.keys()) {
      if (name.startsWith(`${prefix}distilled_guidance_layer.`)) return 'chroma';
    }
    return has('img_in.weight') ? 'flux' : 'other';
  }
  if (has('single_transformer_blocks.0.attn.to_q.weight')) {
    return shapes.get(`${prefix}x_embedder.weight`)?.[0] === 3072 ? 'flux' : 'other';
  }
  return null;
}

/**
 * Architecture of a checkpoint or of a diffusion model alone, from names and shapes of its tensors, by the marks that ComfyUI's
 * model detection uses.
 * @returns null when there is no mark of any
 */
export function checkpointArchitecture(tensors: readonly TensorInfo[]): Architecture | null {
  const shapes = new Map(tensors.map(({ name, shape }) => [name, shape] as const));
  for (const prefix of PREFIXES) {
    const isUnet =
      shapes.has(`${prefix}input_blocks.0.0.weight`) ||
      (shapes.has(`${prefix}conv_in.weight`) &&
        shapes.has(`${prefix}time_embedding.linear_1.weight`));
    const found = isUnet ? unet(shapes, prefix) : transformer(shapes, prefix);
    if (found !== null) return found;
    if (isUnet) return null;
  }
  return tensors.some(({ name }) => name.startsWith('model.diffusion_model.')) ? 'other' : null;
}
