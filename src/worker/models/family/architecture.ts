import type { ModelFamily } from '../../../protocol/models.ts';

/** Kinds of diffusion models as far as LoRAs and VAEs tell them apart. `other` = a transformer that is none of the rest. */
export const ARCHITECTURES = [
  'sd15',
  'sd2',
  'sdxl',
  'sdxl-refiner',
  'sd3',
  'flux',
  'chroma',
  'flux2',
  'other',
] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** Built on a U-Net with cross-attention. */
export const UNETS: readonly Architecture[] = ['sd15', 'sd2', 'sdxl', 'sdxl-refiner'];
export const TRANSFORMERS: readonly Architecture[] = ['sd3', 'flux', 'chroma', 'flux2', 'other'];

const TITLES: Readonly<Record<Architecture, string>> = {
  sd15: 'SD 1.5',
  sd2: 'SD 2',
  sdxl: 'SDXL',
  'sdxl-refiner': 'the SDXL refiner',
  sd3: 'SD 3',
  flux: 'FLUX.1',
  chroma: 'Chroma',
  flux2: 'FLUX.2',
  other: 'another kind of transformer',
};

const FAMILIES: Readonly<Partial<Record<Architecture, ModelFamily>>> = {
  sd15: 'sd15',
  sdxl: 'sdxl',
  'sdxl-refiner': 'sdxl',
  sd3: 'sd3',
  flux: 'flux',
};

const LATENT_CHANNELS: Readonly<Partial<Record<Architecture, number>>> = {
  sd15: 4,
  sd2: 4,
  sdxl: 4,
  'sdxl-refiner': 4,
  sd3: 16,
  flux: 16,
  chroma: 16,
};

/** What people call it. */
export function titleOf(architecture: Architecture): string {
  return TITLES[architecture];
}

/** Names of all that are possible, for a person. */
export function titlesOf(possible: readonly Architecture[]): string {
  const titles = possible
    .filter(one => one !== 'chroma' || !possible.includes('flux'))
    .map(titleOf);
  const last = titles.pop() ?? 'an unknown model family';
  return titles.length === 0 ? last : `${titles.join(', ')} or ${last}`;
}

/** Channels of the latents that a model draws; null when that is not known. */
export function latentChannelsOf(architecture: Architecture): number | null {
  return LATENT_CHANNELS[architecture] ?? null;
}

/** The one family of all that are possible; Chroma takes FLUX LoRAs and adds no doubt. */
export function familyOf(possible: readonly Architecture[] | null): ModelFamily {
  if (possible === null) return 'unknown';
  const families = new Set(
    possible
      .filter(one => one !== 'chroma' || !possible.includes('flux'))
      .map(one => FAMILIES[one] ?? 'unknown'),
  );
  const [only] = families;
  return families.size === 1 && only !== undefined ? only : 'unknown';
}
