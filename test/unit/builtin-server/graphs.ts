import type { Graph, GraphNode } from '../../../src/worker/builtin/server/graph.ts';
import type { Catalog, EngineHost } from '../../../src/worker/builtin/server/nodes/types.ts';
import { settingsOf } from '../../../src/worker/builtin/server/options.ts';

export const catalog: Catalog = {
  checkpoints: ['builtin/arcade.safetensors', 'builtin/gameboy.safetensors'],
  loras: ['builtin/glow.safetensors'],
  vaes: ['builtin/pixel-vae.safetensors'],
  backgroundModels: ['builtin/border-key.safetensors'],
  inputImages: () => ['knight.png'],
  annotatedFile: name => (name === 'knight.png' ? '/in/knight.png' : undefined),
};

export const host: EngineHost = {
  settings: settingsOf({ outputDirectory: '/out', inputDirectory: '/in' }, '/temp'),
  catalog,
  resident: new Set(),
};

export function node(className: string, inputs: Record<string, unknown>): GraphNode {
  return { class_type: className, inputs };
}

/** The plain text-to-image graph, with the node ids of the recordings. */
export function textToImage(): Graph {
  return {
    '3': node('KSampler', {
      model: ['4', 0],
      positive: ['6', 0],
      negative: ['7', 0],
      latent_image: ['5', 0],
      seed: 42,
      steps: 4,
      cfg: 1.5,
      sampler_name: 'euler',
      scheduler: 'normal',
      denoise: 1,
    }),
    '4': node('CheckpointLoaderSimple', { ckpt_name: 'builtin/arcade.safetensors' }),
    '5': node('EmptyLatentImage', { width: 64, height: 64, batch_size: 1 }),
    '6': node('CLIPTextEncode', { text: 'rusty sword, pixel art', clip: ['4', 1] }),
    '7': node('CLIPTextEncode', { text: 'blurry', clip: ['4', 1] }),
    '8': node('VAEDecode', { samples: ['3', 0], vae: ['4', 2] }),
    '9': node('SaveImage', { images: ['8', 0], filename_prefix: 'rec/sword' }),
  };
}
