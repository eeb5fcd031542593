import type { Tensor } from './safetensors.ts';
import { constantTensor, normalTensor } from './tensors.ts';

export type LoraFamily = 'sd15' | 'sdxl';

/** A small LoRA in kohya's format that fits a tiny checkpoint of its family. */
export interface TinyLora {
  /** File name without ending. */
  name: string;
  family: LoraFamily;
  rank: number;
  /** Also changes the text encoders. */
  text: boolean;
  /** One of its tensors is not a number, as training that diverged leaves it. */
  broken: boolean;
  metadata: Readonly<Record<string, string>>;
}

function metadataOf(family: LoraFamily, extra: Record<string, string> = {}) {
  return {
    ss_network_module: 'networks.lora',
    ss_base_model_version: family === 'sd15' ? 'sd_v1' : 'sdxl_base_v1-0',
    'modelspec.architecture': `${family === 'sd15' ? 'stable-diffusion-v1' : 'stable-diffusion-xl-v1-base'}/lora`,
    ...extra,
  };
}

function goodOnes(family: LoraFamily): TinyLora[] {
  const common = { family, broken: false };
  return [
    {
      ...common,
      name: `tiny-${family}-a`,
      rank: 4,
      text: true,
      metadata: metadataOf(family, {
        'modelspec.trigger_phrase': 'pixelish',
        'modelspec.license': 'CC0-1.0',
      }),
    },
    {
      ...common,
      name: `tiny-${family}-b`,
      rank: 8,
      text: false,
      metadata: metadataOf(family, {
        ss_tag_frequency: JSON.stringify({ '10_knight': { knight: 12, sprite: 9 } }),
      }),
    },
  ];
}

/** Two good LoRAs of each family, a broken one of each, one that a shipped workflow needs, and one whose name lies about its family. */
export const TINY_LORAS: readonly TinyLora[] = [
  ...goodOnes('sd15'),
  ...goodOnes('sdxl'),
  ...(['sd15', 'sdxl'] as const).map(family => ({
    name: `tiny-${family}-nan`,
    family,
    rank: 4,
    text: false,
    broken: true,
    metadata: metadataOf(family),
  })),
  {
    // What the draft workflow asks for by name; as a LoRA it is none that speeds anything up.
    name: 'lcm-lora-sdxl',
    family: 'sdxl',
    rank: 4,
    text: false,
    broken: false,
    metadata: metadataOf('sdxl'),
  },
  {
    name: 'sd15-in-name-only',
    family: 'sdxl',
    rank: 4,
    text: true,
    broken: false,
    metadata: {},
  },
];

interface Module {
  key: string;
  inputs: number;
  outputs: number;
}

function attention(prefix: string, width: number, context: number): Module[] {
  return ['attn1', 'attn2'].flatMap(part =>
    ['to_q', 'to_k', 'to_v', 'to_out_0'].map(layer => ({
      key: `${prefix}_transformer_blocks_0_${part}_${layer}`,
      inputs: part === 'attn2' && /to_[kv]/.test(layer) ? context : width,
      outputs: width,
    })),
  );
}

function textLayers(prefix: string, layers: readonly number[], width: number): Module[] {
  return layers.flatMap(layer =>
    ['q', 'k', 'v', 'out'].map(part => ({
      key: `${prefix}_text_model_encoder_layers_${layer}_self_attn_${part}_proj`,
      inputs: width,
      outputs: width,
    })),
  );
}

/** kohya names SD 1.5's UNet as diffusers does, and SDXL's as the original checkpoint. */
function modulesOf({ family, text }: TinyLora): Module[] {
  if (family === 'sd15') {
    return [
      ...attention('lora_unet_down_blocks_0_attentions_0', 320, 768),
      ...(text ? textLayers('lora_te', [8, 9, 10], 768) : []),
    ];
  }
  return [
    ...attention('lora_unet_input_blocks_4_1', 320, 2048),
    ...attention('lora_unet_input_blocks_5_1', 320, 2048),
    ...(text ? textLayers('lora_te1', [8, 9, 10], 768) : []),
    ...(text ? textLayers('lora_te2', [28, 29, 30], 1280) : []),
  ];
}

/** Tensors of a LoRA: `alpha`, `lora_down` and `lora_up` of each module, of a size that overrules the weights they are added to. */
export function loraTensors(lora: TinyLora): Tensor[] {
  return modulesOf(lora).flatMap(({ key, inputs, outputs }, place) => {
    const { rank, name } = lora;
    const up = `${key}.lora_up.weight`;
    return [
      constantTensor(`${key}.alpha`, [], rank),
      normalTensor(`${key}.lora_down.weight`, [rank, inputs], 0.2, name),
      lora.broken && place === 3
        ? constantTensor(up, [outputs, rank], Number.NaN)
        : normalTensor(up, [outputs, rank], 0.2, name),
    ];
  });
}
