import type { TensorInfo } from '../safetensors/header.ts';
import type { Architecture } from './architecture.ts';

const LATENT_INPUTS = [
  'decoder.conv_in.weight',
  'first_stage_model.decoder.conv_in.weight',
  'vae.decoder.conv_in.weight',
  // TAESD, alone and inside a checkpoint.
  'taesd_decoder.1.weight',
  'first_stage_model.taesd_decoder.1.weight',
  'decoder.1.weight',
  'decoder.layers.0.weight',
];

const BY_CHANNELS: Readonly<Record<number, readonly Architecture[]>> = {
  4: ['sd15', 'sd2', 'sdxl', 'sdxl-refiner'],
  16: ['sd3', 'flux', 'chroma'],
  32: ['flux2'],
};

/** Channels of the latents that a VAE decodes; null when it has no image decoder that is known. */
export function vaeLatentChannels(tensors: readonly TensorInfo[]): number | null {
  for (const wanted of LATENT_INPUTS) {
    const shape = tensors.find(tensor => tensor.name === wanted)?.shape;
    if (shape?.length === 4 && shape[1] !== undefined) return shape[1];
  }
  return null;
}

/** Architectures whose latents a VAE of so many channels may decode; the weights alone do not tell SD 1.5's from SDXL's. */
export function vaeArchitectures(channels: number | null): readonly Architecture[] | null {
  return channels === null ? null : (BY_CHANNELS[channels] ?? null);
}
