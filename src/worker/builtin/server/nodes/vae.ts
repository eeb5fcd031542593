import { renderLarge } from '../../art/render.ts';
import type { ArtImage } from '../../art/types.ts';
import { hasTransparency } from '../images/transparency.ts';
import type { NodeClass, NodeContext, NodeResult } from './types.ts';
import {
  type ImageValue,
  type LatentContent,
  type LatentEntry,
  type LatentValue,
  take,
} from './values.ts';

const vaeDecode: NodeClass = {
  name: 'VAEDecode',
  displayName: 'VAE Decode',
  category: 'model/latent',
  inputs: () => ({ required: { samples: ['LATENT', {}], vae: ['VAE', {}] } }),
  outputs: ['IMAGE'],
  run: decode,
};

const TILE_STEP = { step: 32, advanced: true };

const vaeDecodeTiled: NodeClass = {
  name: 'VAEDecodeTiled',
  displayName: 'VAE Decode (Tiled)',
  category: 'model/latent',
  inputs: () => ({
    required: {
      samples: ['LATENT'],
      vae: ['VAE'],
      tile_size: ['INT', { default: 512, min: 64, max: 4096, ...TILE_STEP }],
      overlap: ['INT', { default: 64, min: 0, max: 4096, ...TILE_STEP }],
      temporal_size: ['INT', { default: 64, min: 8, max: 4096, step: 4, advanced: true }],
      temporal_overlap: ['INT', { default: 8, min: 4, max: 4096, step: 4, advanced: true }],
    },
  }),
  outputs: ['IMAGE'],
  run: decode,
};

async function decode(context: NodeContext): Promise<NodeResult> {
  const latent = take(context, 'samples', 'LATENT');
  const { name } = take(context, 'vae', 'VAE');
  const { decodeMs, imperfections } = context.host.settings;
  const started = performance.now();
  const frames: ArtImage[] = [];
  for (const [place, { batchIndex, content }] of latent.entries.entries()) {
    const { width, height } = latent;
    if (content.kind === 'sprite') {
      const seed = content.seed + (batchIndex ?? place);
      frames.push(
        renderLarge(content.image, {
          width,
          height,
          seed,
          ...(imperfections !== undefined && { imperfections }),
        }),
      );
    } else {
      frames.push(
        content.kind === 'picture' ? copyOf(content.image) : flat(width, height, content),
      );
    }
    await context.waitUntil(started + (place + 1) * decodeMs);
  }
  if (name !== undefined) for (const frame of frames) lowerDepth(frame);
  const alpha = frames.some(hasTransparency);
  return { outputs: [{ kind: 'IMAGE', frames, alpha } satisfies ImageValue] };
}

function copyOf(image: ArtImage): ArtImage {
  return { ...image, data: new Uint8ClampedArray(image.data) };
}

/** A VAE of its own is told from the checkpoint's by its colours: five bits of each channel. */
function lowerDepth({ data }: ArtImage): void {
  for (let i = 0; i < data.length; i += 1) {
    if (i % 4 !== 3) data[i] = (data[i]! & 0xf8) | (data[i]! >> 5);
  }
}

const vaeEncode: NodeClass = {
  name: 'VAEEncode',
  displayName: 'VAE Encode',
  category: 'model/latent',
  inputs: () => ({ required: { pixels: ['IMAGE'], vae: ['VAE'] } }),
  outputs: ['LATENT'],
  run: async context => {
    const { frames } = take(context, 'pixels', 'IMAGE');
    take(context, 'vae', 'VAE');
    await context.waitUntil(performance.now() + context.host.settings.encodeMs);
    const entries = frames.map((image): LatentEntry => ({
      batchIndex: undefined,
      content: { kind: 'picture', image },
    }));
    const width = Math.max(8, Math.floor((frames[0]?.width ?? 8) / 8) * 8);
    const height = Math.max(8, Math.floor((frames[0]?.height ?? 8) / 8) * 8);
    return { outputs: [{ kind: 'LATENT', width, height, entries } satisfies LatentValue] };
  },
};

/** An empty latent decodes to grey, one full of NaN to black. */
function flat(width: number, height: number, content: LatentContent): ArtImage {
  const grey = content.kind === 'nan' ? 0 : 127;
  const data = new Uint8ClampedArray(width * height * 4);
  new Uint32Array(data.buffer).fill((0xff000000 | (grey * 0x010101)) >>> 0);
  return { width, height, data };
}

export const VAE_NODES: readonly NodeClass[] = [vaeDecode, vaeDecodeTiled, vaeEncode];
