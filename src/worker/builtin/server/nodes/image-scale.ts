import type { ArtImage } from '../../art/types.ts';
import { type ResampleMethod, resample } from '../images/resample.ts';
import { mustFit } from './latents.ts';
import type { NodeClass, NodeContext } from './types.ts';
import { type ImageValue, take, takeNumber, takeText } from './values.ts';

const METHODS: readonly string[] = ['nearest-exact', 'bilinear', 'area', 'bicubic', 'lanczos'];
const LENGTH = { default: 512, min: 0, max: 16384, step: 1 };

async function scaled(
  context: NodeContext,
  image: ImageValue,
  width: number,
  height: number,
  crop: boolean,
): Promise<ImageValue> {
  mustFit(width, height, image.frames.length);
  const method = takeText(context, 'upscale_method') as ResampleMethod;
  const frames: ArtImage[] = [];
  for (const frame of image.frames) {
    const source = crop ? cropToShape(frame, width / height) : frame;
    frames.push(resample(source, width, height, method));
    await context.waitUntil(0);
  }
  return { ...image, frames };
}

/** The largest centred part of a picture with the wanted width / height. */
function cropToShape(image: ArtImage, shape: number): ArtImage {
  const own = image.width / image.height;
  const width = own > shape ? Math.max(1, Math.round(image.height * shape)) : image.width;
  const height = own < shape ? Math.max(1, Math.round(image.width / shape)) : image.height;
  const left = Math.floor((image.width - width) / 2);
  const top = Math.floor((image.height - height) / 2);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const from = ((top + y) * image.width + left) * 4;
    data.set(image.data.subarray(from, from + width * 4), y * width * 4);
  }
  return { width, height, data };
}

const imageScale: NodeClass = {
  name: 'ImageScale',
  displayName: 'Upscale Image',
  category: 'image/transform',
  inputs: () => ({
    required: {
      image: ['IMAGE'],
      upscale_method: [METHODS],
      width: ['INT', LENGTH],
      height: ['INT', LENGTH],
      crop: [['disabled', 'center']],
    },
  }),
  outputs: ['IMAGE'],
  run: async context => {
    const image = take(context, 'image', 'IMAGE');
    const [width, height] = [takeNumber(context, 'width'), takeNumber(context, 'height')];
    const first = image.frames[0];
    if (first === undefined || (width === 0 && height === 0)) return { outputs: [image] };
    const target = {
      width: width === 0 ? Math.max(1, Math.round((first.width * height) / first.height)) : width,
      height: height === 0 ? Math.max(1, Math.round((first.height * width) / first.width)) : height,
    };
    const crop = takeText(context, 'crop') === 'center';
    return { outputs: [await scaled(context, image, target.width, target.height, crop)] };
  },
};

const imageScaleBy: NodeClass = {
  name: 'ImageScaleBy',
  displayName: 'Upscale Image By',
  category: 'image/transform',
  inputs: () => ({
    required: {
      image: ['IMAGE'],
      upscale_method: [METHODS],
      scale_by: ['FLOAT', { default: 1, min: 0.01, max: 8, step: 0.01 }],
    },
  }),
  outputs: ['IMAGE'],
  run: async context => {
    const image = take(context, 'image', 'IMAGE');
    const by = takeNumber(context, 'scale_by');
    const first = image.frames[0];
    if (first === undefined) return { outputs: [image] };
    const width = Math.max(1, Math.round(first.width * by));
    const height = Math.max(1, Math.round(first.height * by));
    return { outputs: [await scaled(context, image, width, height, false)] };
  },
};

export const IMAGE_SCALE_NODES: readonly NodeClass[] = [imageScale, imageScaleBy];
