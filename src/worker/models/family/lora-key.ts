/** A tensor of a LoRA file: the module it changes, and its part in the change. */
export interface LoraKey {
  /** `model` = the diffusion model, `te` = the only text encoder, `te1` … = one of several. */
  target: 'model' | 'te' | 'te1' | 'te2' | 'te3';
  /** Written with the prefix of kohya's trainer for a single text encoder, which belongs to SD 1.x and 2.x. */
  kohya: boolean;
  /** Path of the module with underscores, in the words of its trainer. */
  module: string;
  part: string;
}

const ENDINGS: readonly RegExp[] = [
  /[._](lora)\.(down|up)\.weight$/,
  /\.(lora)_linear_layer\.(down|up)\.weight$/,
  /\.(lora)_([AB])(?:\.[A-Za-z0-9-]+)?(?:\.weight)?$/,
  /\.(lora)_(down|up|mid)\.weight$/,
  /_(lora1|lora2)\.(down|up)\.weight$/,
  /\.(hada)_([wt][12](?:_[ab])?)$/,
  /\.(lokr)_([wt][12](?:_[ab])?)$/,
  /\.(alpha|dora_scale|lora_magnitude_vector|diff|diff_b|set_weight|rescale|oft_blocks|oft_diag|scalar|on_input)(?:\.weight)?()$/,
  /\.([ab][12])\.weight()$/,
];

const TARGETS: readonly [RegExp, LoraKey['target'], kohya: boolean][] = [
  [/^lora_te1_/, 'te1', false],
  [/^lora_te2_/, 'te2', false],
  [/^lora_te3_/, 'te3', false],
  [/^lora_te_/, 'te', true],
  [/^text_encoders_(?:clip_l|t5xxl)_(?:transformer_)?/, 'te1', false],
  [/^text_encoders_clip_g_(?:transformer_)?/, 'te2', false],
  [/^text_encoder_3_/, 'te3', false],
  [/^text_encoder_2_/, 'te2', false],
  [/^text_encoder_/, 'te1', false],
  [
    /^(?:base_model_model_)?(?:lora_unet_|lora_transformer_|lycoris_|unet_base_model_model_|unet_|transformer_(?!blocks_)|model_diffusion_model_|diffusion_model_)(?:base_model_model_)?/,
    'model',
    false,
  ],
  [/^(?:base_model_model_)?/, 'model', false],
];

function partOf(kind: string, piece: string): string {
  if (kind.startsWith('lora') && kind !== 'lora_magnitude_vector') {
    return piece === 'A' ? 'down' : piece === 'B' ? 'up' : piece;
  }
  return piece === '' ? kind : `${kind}_${piece}`;
}

/**
 * Takes a LoRA tensor's name apart, whichever trainer wrote it: kohya (`lora_unet_…lora_down.weight`), diffusers and PEFT
 * (`unet.….lora_A.weight`, `…processor.to_k_lora.down.weight`), ComfyUI (`diffusion_model.….lora_up.weight`), LyCORIS (hada, lokr).
 * @returns null for what is no part of a LoRA
 */
export function parseLoraKey(name: string): LoraKey | null {
  for (const ending of ENDINGS) {
    const match = ending.exec(name);
    if (match === null) continue;
    const path = name.slice(0, match.index).replaceAll('.', '_');
    for (const [prefix, target, kohya] of TARGETS) {
      if (!prefix.test(path)) continue;
      const module = path.replace(prefix, '').replace(/_processor(?=_)/, '');
      return { target, kohya, module, part: partOf(match[1] ?? '', match[2] ?? '') };
    }
  }
  return null;
}
