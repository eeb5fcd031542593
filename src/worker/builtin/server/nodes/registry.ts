import { IMAGE_FILE_NODES } from './image-files.ts';
import { IMAGE_SCALE_NODES } from './image-scale.ts';
import { LATENT_NODES } from './latents.ts';
import { LOADERS } from './loaders.ts';
import { MASK_NODES } from './masks.ts';
import { SAMPLING_NODES } from './sampling.ts';
import { TEXT_NODES } from './text.ts';
import type { NodeClass } from './types.ts';
import { VAE_NODES } from './vae.ts';

/** Every node class of the engine by its name. */
export const NODE_CLASSES: ReadonlyMap<string, NodeClass> = new Map(
  [
    ...SAMPLING_NODES,
    ...LOADERS,
    ...TEXT_NODES,
    ...VAE_NODES,
    ...LATENT_NODES,
    ...IMAGE_FILE_NODES,
    ...IMAGE_SCALE_NODES,
    ...MASK_NODES,
  ].map(nodeClass => [nodeClass.name, nodeClass]),
);
