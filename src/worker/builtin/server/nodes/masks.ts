import type { ArtImage } from '../../art/types.ts';
import { foregroundOf } from '../images/background.ts';
import { COLOUR_KEY } from '../catalog.ts';
import type { NodeClass } from './types.ts';
import { type ImageValue, type MaskFrame, type MaskValue, take } from './values.ts';

const invertMask: NodeClass = {
  name: 'InvertMask',
  displayName: 'Invert Mask',
  category: 'image/mask',
  inputs: () => ({ required: { mask: ['MASK', {}] } }),
  outputs: ['MASK'],
  run: context => {
    const mask = take(context, 'mask', 'MASK');
    const frames = mask.frames.map(frame => ({
      ...frame,
      data: frame.data.map(value => 255 - value),
    }));
    return { outputs: [{ ...mask, frames }] };
  },
};

const removeBackground: NodeClass = {
  name: 'RemoveBackground',
  displayName: 'Remove Background',
  category: 'image/background removal',
  inputs: () => ({
    required: { bg_removal_model: ['BACKGROUND_REMOVAL', {}], image: ['IMAGE', {}] },
  }),
  outputs: ['MASK'],
  outputNames: ['mask'],
  run: async context => {
    const { name } = take(context, 'bg_removal_model', 'BACKGROUND_REMOVAL');
    const frames: MaskFrame[] = [];
    for (const frame of take(context, 'image', 'IMAGE').frames) {
      frames.push({
        width: frame.width,
        height: frame.height,
        data: foregroundOf(frame, name === COLOUR_KEY),
      });
      await context.waitUntil(0);
    }
    return { outputs: [{ kind: 'MASK', frames } satisfies MaskValue] };
  },
};

/** Alpha becomes 1 - mask, as in ComfyUI: a mask marks what is *not* seen. */
const joinImageWithAlpha: NodeClass = {
  name: 'JoinImageWithAlpha',
  displayName: 'Join Image with Alpha',
  category: 'image/mask',
  inputs: () => ({ required: { image: ['IMAGE', {}], alpha: ['MASK', {}] } }),
  outputs: ['IMAGE'],
  run: context => {
    const images = take(context, 'image', 'IMAGE').frames;
    const masks = take(context, 'alpha', 'MASK').frames;
    const count = Math.max(images.length, masks.length);
    const frames = Array.from({ length: count }, (_, i) =>
      withAlpha(images[i % images.length]!, masks[i % masks.length]!),
    );
    return { outputs: [{ kind: 'IMAGE', frames, alpha: true } satisfies ImageValue] };
  },
};

function withAlpha(image: ArtImage, mask: MaskFrame): ArtImage {
  const data = new Uint8ClampedArray(image.data);
  for (let y = 0; y < image.height; y += 1) {
    const row = Math.floor((y * mask.height) / image.height) * mask.width;
    for (let x = 0; x < image.width; x += 1) {
      const hidden = mask.data[row + Math.floor((x * mask.width) / image.width)]!;
      data[(y * image.width + x) * 4 + 3] = 255 - hidden;
    }
  }
  return { ...image, data };
}

const splitImageWithAlpha: NodeClass = {
  name: 'SplitImageWithAlpha',
  displayName: 'Split Image with Alpha',
  category: 'image/mask',
  inputs: () => ({ required: { image: ['IMAGE', {}] } }),
  outputs: ['IMAGE', 'MASK'],
  run: context => {
    const { frames } = take(context, 'image', 'IMAGE');
    const images: ImageValue = { kind: 'IMAGE', frames: frames.map(opaque), alpha: false };
    const masks: MaskValue = { kind: 'MASK', frames: frames.map(hiddenPart) };
    return { outputs: [images, masks] };
  },
};

function opaque(image: ArtImage): ArtImage {
  const data = new Uint8ClampedArray(image.data);
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
  return { ...image, data };
}

function hiddenPart({ width, height, data }: ArtImage): MaskFrame {
  const hidden = new Uint8Array(width * height);
  for (let i = 0; i < hidden.length; i += 1) hidden[i] = 255 - data[i * 4 + 3]!;
  return { width, height, data: hidden };
}

export const MASK_NODES: readonly NodeClass[] = [
  invertMask,
  removeBackground,
  joinImageWithAlpha,
  splitImageWithAlpha,
];
