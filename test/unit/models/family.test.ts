import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { familyOf } from '../../../src/worker/models/family/architecture.ts';
import { factsOf, type ModelKind } from '../../../src/worker/models/facts.ts';
import type { TensorInfo } from '../../../src/worker/models/safetensors/header.ts';

type Shapes = Readonly<Record<string, readonly number[]>>;

function tensors(shapes: Shapes): TensorInfo[] {
  return Object.entries(shapes).map(([name, shape]) => {
    return { name, dtype: 'F16', shape: [...shape], begin: 0, end: 0 };
  });
}

function architectures(kind: ModelKind, shapes: Shapes, metadata: Record<string, string> = {}) {
  return factsOf(kind, { tensors: tensors(shapes), metadata }).architectures;
}

function family(kind: ModelKind, shapes: Shapes, metadata: Record<string, string> = {}) {
  return familyOf(architectures(kind, shapes, metadata));
}

const M = 'model.diffusion_model.';
const IN = { [`${M}input_blocks.0.0.weight`]: [320, 4, 3, 3] };

describe('the family of a checkpoint', () => {
  it.each<[string, Shapes, readonly string[] | null]>([
    [
      'SD 1.5',
      { ...IN, [`${M}input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight`]: [320, 768] },
      ['sd15'],
    ],
    [
      'SD 2',
      { ...IN, [`${M}input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight`]: [320, 1024] },
      ['sd2'],
    ],
    [
      'SDXL',
      { ...IN, [`${M}input_blocks.4.1.transformer_blocks.0.attn2.to_k.weight`]: [640, 2048] },
      ['sdxl'],
    ],
    [
      'the refiner',
      { ...IN, [`${M}input_blocks.4.1.transformer_blocks.0.attn2.to_k.weight`]: [768, 1280] },
      ['sdxl-refiner'],
    ],
    [
      'SDXL in 4 bits',
      {
        ...IN,
        [`${M}input_blocks.4.1.transformer_blocks.0.attn2.to_k.weight`]: [655360, 1],
        [`${M}label_emb.0.0.weight`]: [1280, 2816],
      },
      ['sdxl'],
    ],
    [
      'an SD 1.5 U-Net in the words of diffusers',
      {
        'conv_in.weight': [320, 4, 3, 3],
        'time_embedding.linear_1.weight': [1280, 320],
        'down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight': [320, 768],
      },
      ['sd15'],
    ],
    ['SD 3', { [`${M}joint_blocks.0.context_block.attn.qkv.weight`]: [4608, 1536] }, ['sd3']],
    [
      'FLUX.1',
      {
        [`${M}double_blocks.0.img_attn.norm.key_norm.scale`]: [128],
        [`${M}img_in.weight`]: [3072, 64],
      },
      ['flux'],
    ],
    [
      'FLUX.1 without its checkpoint',
      { 'double_blocks.0.img_attn.norm.key_norm.scale': [128], 'img_in.weight': [3072, 64] },
      ['flux'],
    ],
    [
      'FLUX.2',
      {
        [`${M}double_blocks.0.img_attn.norm.key_norm.scale`]: [128],
        [`${M}img_in.weight`]: [6144, 128],
        [`${M}double_stream_modulation_img.lin.weight`]: [1],
      },
      ['flux2'],
    ],
    [
      'Chroma',
      {
        'double_blocks.0.img_attn.norm.key_norm.scale': [128],
        'img_in.weight': [3072, 64],
        'distilled_guidance_layer.norms.0.scale': [1],
      },
      ['chroma'],
    ],
    [
      'Hunyuan Video',
      {
        [`${M}txt_in.individual_token_refiner.blocks.0.norm1.weight`]: [1],
        [`${M}double_blocks.0.img_attn.norm.key_norm.weight`]: [1],
      },
      ['other'],
    ],
    ['a model of tomorrow', { [`${M}wonder.0.weight`]: [1] }, ['other']],
    ['a VAE in the wrong folder', { 'decoder.conv_in.weight': [512, 4, 3, 3] }, null],
    ['nothing', {}, null],
  ])('of %s is known from its tensors', (_, shapes, expected) => {
    expect(architectures('checkpoint', shapes)).toEqual(expected);
  });

  it.each([
    ['tiny15', 'sd15'],
    ['sdxl-tiny', 'sdxl'],
  ])('of the tensors that a real ComfyUI loads as %s is %s', (name, expected) => {
    const path = join(
      import.meta.dirname,
      `../../fixtures/comfyui/checkpoints/${name}.tensors.json.gz`,
    );
    const rows = JSON.parse(gunzipSync(readFileSync(path)).toString()) as [
      string,
      string,
      number[],
    ][];
    expect(family('checkpoint', Object.fromEntries(rows.map(row => [row[0], row[2]])))).toBe(
      expected,
    );
  });

  it('is that of its tensors whatever its metadata says', () => {
    const shapes = {
      ...IN,
      [`${M}input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight`]: [320, 768],
    };
    expect(
      family('checkpoint', shapes, { 'modelspec.architecture': 'stable-diffusion-xl-v1-base' }),
    ).toBe('sd15');
  });
});

describe('the family of a LoRA', () => {
  const kohya = (block: string, width: number, rest = 'attn2_to_k') => ({
    [`lora_unet_${block}_transformer_blocks_0_${rest}.lora_down.weight`]: [4, width],
    [`lora_unet_${block}_transformer_blocks_0_${rest}.lora_up.weight`]: [640, 4],
  });

  it.each<[string, Shapes, string]>([
    ['kohya for SD 1.5', kohya('down_blocks_1_attentions_0', 768), 'sd15'],
    ['kohya for SDXL', kohya('input_blocks_4_1', 2048), 'sdxl'],
    ['kohya for the refiner', kohya('input_blocks_4_1', 1280), 'sdxl'],
    ['kohya for SD 2', kohya('down_blocks_1_attentions_0', 1024), 'unknown'],
    ['LCM for SDXL in the words of diffusers', kohya('down_blocks_1_attentions_0', 2048), 'sdxl'],
    [
      'diffusers with PEFT for SD 1.5',
      { 'unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.lora_A.weight': [4, 768] },
      'sd15',
    ],
    [
      'diffusers with PEFT for SDXL',
      {
        'unet.down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_v.lora_A.default.weight': [
          4, 2048,
        ],
      },
      'sdxl',
    ],
    [
      'diffusers with attention processors',
      {
        'unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.processor.to_k_lora.down.weight':
          [4, 768],
      },
      'sd15',
    ],
    [
      'bare PEFT',
      {
        'base_model.model.down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k.lora_A.weight':
          [4, 2048],
      },
      'sdxl',
    ],
    [
      "ComfyUI's own trainer",
      {
        'diffusion_model.input_blocks.4.1.transformer_blocks.0.attn2.to_k.lora_down.weight': [
          4, 2048,
        ],
        'diffusion_model.input_blocks.4.1.transformer_blocks.0.attn2.to_k.lora_up.weight': [640, 4],
      },
      'sdxl',
    ],
    [
      "ComfyUI's own trainer, SD 1.5",
      {
        'diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.lora_down.weight': [
          4, 768,
        ],
      },
      'sd15',
    ],
    [
      'LoHa',
      {
        'lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k.hada_w1_a': [640, 4],
        'lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k.hada_w1_b': [4, 768],
      },
      'sd15',
    ],
    [
      'LoKr',
      {
        'lycoris_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k.lokr_w1': [16, 32],
        'lycoris_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k.lokr_w2_a': [40, 4],
        'lycoris_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k.lokr_w2_b': [4, 64],
      },
      'sdxl',
    ],
    [
      'whole differences',
      { 'diffusion_model.input_blocks.4.1.transformer_blocks.0.attn2.to_k.diff': [640, 2048] },
      'sdxl',
    ],
    [
      'SDXL self-attention alone, known by its depth',
      {
        'lora_unet_input_blocks_7_1_transformer_blocks_5_attn1_to_q.lora_down.weight': [4, 1280],
        'lora_te2_text_model_encoder_layers_0_self_attn_q_proj.lora_down.weight': [4, 1280],
        'lora_te1_text_model_encoder_layers_0_self_attn_q_proj.lora_down.weight': [4, 768],
      },
      'sdxl',
    ],
    [
      'SD 1.5 self-attention alone, known by its text encoder',
      {
        'lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_q.lora_down.weight': [
          4, 320,
        ],
        'lora_te_text_model_encoder_layers_0_self_attn_q_proj.lora_down.weight': [4, 768],
      },
      'sd15',
    ],
    [
      'SD 1.5 known by its convolutions',
      { 'lora_unet_down_blocks_0_attentions_0_proj_in.lora_down.weight': [4, 320, 1, 1] },
      'sd15',
    ],
    [
      'kohya for SD 3',
      { 'lora_unet_joint_blocks_0_x_block_attn_qkv.lora_down.weight': [4, 1536] },
      'sd3',
    ],
    [
      'diffusers for SD 3',
      { 'transformer.transformer_blocks.0.attn.to_q.lora_A.weight': [4, 1536] },
      'sd3',
    ],
    [
      'kohya for FLUX',
      {
        'lora_unet_double_blocks_18_img_attn_qkv.lora_down.weight': [4, 3072],
        'lora_unet_single_blocks_37_linear1.lora_down.weight': [4, 3072],
        'lora_te1_text_model_encoder_layers_0_self_attn_q_proj.lora_down.weight': [4, 768],
      },
      'flux',
    ],
    [
      'diffusers for FLUX',
      {
        'transformer.single_transformer_blocks.37.attn.to_q.lora_A.weight': [4, 3072],
        'transformer.transformer_blocks.18.attn.to_q.lora_A.weight': [4, 3072],
      },
      'flux',
    ],
    ['XLabs for FLUX', { 'double_blocks.18.processor.qkv_lora1.down.weight': [16, 3072] }, 'flux'],
    [
      'FLUX.2',
      { 'diffusion_model.double_blocks.0.img_attn.qkv.lora_A.weight': [4, 6144] },
      'unknown',
    ],
    [
      'a video model',
      { 'diffusion_model.blocks.0.cross_attn.k.lora_A.weight': [4, 5120] },
      'unknown',
    ],
    [
      'self-attention that both have',
      {
        'lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_q.lora_down.weight': [
          4, 1280,
        ],
      },
      'unknown',
    ],
    ['nothing that is a LoRA', { 'some.weight': [1, 2] }, 'unknown'],
  ])('written by %s is known', (_, shapes, expected) => {
    expect(family('lora', shapes)).toBe(expected);
  });

  it('of a contradictory file is not known', () => {
    const shapes = {
      ...kohya('input_blocks_4_1', 2048),
      ...kohya('down_blocks_1_attentions_0', 768),
    };
    expect(architectures('lora', shapes)).toBeNull();
  });

  it('without telling tensors is that of its metadata', () => {
    const shapes = kohya('mid_block_attentions_0', 1280, 'attn1_to_q');
    expect(family('lora', shapes, { ss_base_model_version: 'sdxl_base_v1-0' })).toBe('sdxl');
    expect(family('lora', shapes, { ss_base_model_version: 'sd_v1' })).toBe('sd15');
    expect(family('lora', {}, { 'modelspec.architecture': 'flux-1-dev/lora' })).toBe('flux');
    expect(family('lora', {}, { 'modelspec.architecture': 'stable-diffusion-3-medium/lora' })).toBe(
      'sd3',
    );
    expect(family('lora', {}, { 'modelspec.architecture': 'stable-diffusion-v1/lora' })).toBe(
      'sd15',
    );
  });

  it('that only narrows down still tells what it is not', () => {
    const shapes = kohya('mid_block_attentions_0', 1280, 'attn1_to_q');
    expect(architectures('lora', shapes)).toEqual(['sd15', 'sd2', 'sdxl', 'sdxl-refiner']);
  });
});

describe('the family of a VAE', () => {
  it.each([
    [4, ['sd15', 'sd2', 'sdxl', 'sdxl-refiner']],
    [16, ['sd3', 'flux', 'chroma']],
    [32, ['flux2']],
  ])('follows from %i latent channels', (channels, expected) => {
    const shapes = { 'decoder.conv_in.weight': [512, channels, 3, 3] };
    expect(architectures('vae', shapes)).toEqual(expected);
    expect(factsOf('vae', { tensors: tensors(shapes), metadata: {} }).latentChannels).toBe(
      channels,
    );
  });

  it('is found in TAESD and in files cut out of checkpoints', () => {
    expect(architectures('vae', { 'taesd_decoder.1.weight': [64, 16, 3, 3] })).toContain('flux');
    expect(
      architectures('vae', { 'first_stage_model.decoder.conv_in.weight': [512, 4, 3, 3] }),
    ).toContain('sdxl');
  });

  it('of a video VAE is not known', () => {
    expect(architectures('vae', { 'decoder.conv_in.weight': [512, 16, 3, 3, 3] })).toBeNull();
  });
});
