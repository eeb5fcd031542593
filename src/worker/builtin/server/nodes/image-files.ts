import { createHash, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NodeFailure } from '../failures.ts';
import { planSave } from '../files/save-path.ts';
import { encodePng } from '../images/png.ts';
import { decodePng, type ReadPng } from '../images/png-read.ts';
import { pngInfo } from '../run/png-info.ts';
import type { Catalog, NodeClass, NodeContext, NodeResult, NodeScope } from './types.ts';
import { type ImageValue, type MaskFrame, type MaskValue, take, takeText } from './values.ts';

const HIDDEN = { prompt: 'PROMPT', extra_pnginfo: 'EXTRA_PNGINFO' };

async function save(
  context: NodeContext,
  root: string,
  prefix: string,
  type: 'output' | 'temp',
): Promise<NodeResult> {
  const images = take(context, 'images', 'IMAGE');
  const size = images.frames[0] ?? { width: 0, height: 0 };
  const place = planSave(root, prefix, size);
  const text = pictureText(context);
  const shown: { filename: string; subfolder: string; type: string }[] = [];
  for (const [i, frame] of images.frames.entries()) {
    const filename = place.fileName(i);
    const padTo = context.host.settings.padPngTo;
    const bytes = await encodePng(frame, { alpha: images.alpha, text, padTo });
    await writeFile(join(place.folder, filename), bytes);
    shown.push({ filename, subfolder: place.subfolder, type });
  }
  return { outputs: [images], ui: { images: shown } };
}

/** The graph and each key of `extra_pnginfo`, as ASCII JSON: tEXt holds Latin-1 only. */
function pictureText(context: NodeScope): Record<string, string> {
  const entries = Object.entries({ prompt: context.graph, ...pngInfo(context.extraData) });
  return Object.fromEntries(entries.map(([key, value]) => [key, asciiJson(value)]));
}

function asciiJson(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  return (text ?? 'null').replace(
    /[\u0080-\uffff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const saveImage: NodeClass = {
  name: 'SaveImage',
  displayName: 'Save Image',
  category: 'image',
  inputs: () => ({
    required: { images: ['IMAGE', {}], filename_prefix: ['STRING', { default: 'ComfyUI' }] },
    hidden: HIDDEN,
  }),
  outputs: ['IMAGE'],
  outputNames: ['images'],
  isOutput: true,
  run: context => {
    const root = context.host.settings.outputDirectory;
    return save(context, root, takeText(context, 'filename_prefix'), 'output');
  },
};

/** Pictures of previews carry this in their name; the engine clears them when it starts and ends. */
export const TEMP_PREFIX = 'ComfyUI_temp_';

const previewImage: NodeClass = {
  name: 'PreviewImage',
  displayName: 'Preview Image',
  category: 'image',
  inputs: () => ({ required: { images: ['IMAGE'] }, hidden: HIDDEN }),
  outputs: ['IMAGE'],
  outputNames: ['images'],
  isOutput: true,
  run: context => {
    const letters = Array.from({ length: 5 }, () => 'abcdefghijklmnopqrstupvxyz'[randomInt(26)]);
    const root = context.host.settings.tempDirectory;
    return save(context, root, `${TEMP_PREFIX}${letters.join('')}`, 'temp');
  },
};

function fileOf(scope: NodeScope, name: unknown): string {
  const path = scope.host.catalog.annotatedFile(String(name));
  if (path === undefined)
    throw new NodeFailure('FileNotFoundError', `No such file: ${String(name)}`);
  return path;
}

function read(context: NodeContext): ReadPng {
  try {
    return decodePng(readFileSync(fileOf(context, context.inputs['image'])));
  } catch (error) {
    if (error instanceof NodeFailure || !(error instanceof Error)) throw error;
    throw new NodeFailure(
      'PIL.UnidentifiedImageError',
      `cannot identify image file: ${error.message}`,
    );
  }
}

/** The file's own bytes decide: a replaced file is read again. */
function contentOf(scope: NodeScope): string {
  const name = scope.graph[scope.nodeId]?.inputs['image'];
  const path = scope.host.catalog.annotatedFile(String(name));
  return path === undefined ? '' : createHash('sha256').update(readFileSync(path)).digest('hex');
}

const mustExist = {
  image: (value: unknown, catalog: Catalog) =>
    typeof value === 'string' && catalog.annotatedFile(value) !== undefined
      ? undefined
      : `Invalid image file: ${String(value)}`,
};

const loadImage: NodeClass = {
  name: 'LoadImage',
  displayName: 'Load Image',
  category: 'image',
  inputs: catalog => ({ required: { image: [catalog.inputImages(), { image_upload: true }] } }),
  outputs: ['IMAGE', 'MASK'],
  fingerprint: contentOf,
  validate: mustExist,
  run: context => {
    const { image, alpha } = read(context);
    const opaque = new Uint8ClampedArray(image.data);
    for (let i = 3; i < opaque.length; i += 4) opaque[i] = 255;
    const picture: ImageValue = {
      kind: 'IMAGE',
      frames: [{ ...image, data: opaque }],
      alpha: false,
    };
    const mask = alpha
      ? channelOf(image, 3, value => 255 - value)
      : { width: 64, height: 64, data: new Uint8Array(64 * 64) };
    return { outputs: [picture, { kind: 'MASK', frames: [mask] } satisfies MaskValue] };
  },
};

const CHANNELS = ['alpha', 'red', 'green', 'blue'];

const loadImageMask: NodeClass = {
  name: 'LoadImageMask',
  displayName: 'Load Image (as Mask)',
  category: 'image',
  inputs: catalog => ({
    required: { image: [catalog.inputImages(), { image_upload: true }], channel: [CHANNELS] },
  }),
  outputs: ['MASK'],
  fingerprint: contentOf,
  validate: mustExist,
  run: context => {
    const { image, alpha } = read(context);
    const place = CHANNELS.indexOf(takeText(context, 'channel'));
    const frame =
      place > 0
        ? channelOf(image, place - 1, value => value)
        : channelOf(image, 3, value => (alpha ? 255 - value : 0));
    return { outputs: [{ kind: 'MASK', frames: [frame] } satisfies MaskValue] };
  },
};

function channelOf(
  { width, height, data }: ReadPng['image'],
  channel: number,
  map: (value: number) => number,
): MaskFrame {
  const out = new Uint8Array(width * height);
  for (let i = 0; i < out.length; i += 1) out[i] = map(data[i * 4 + channel]!);
  return { width, height, data: out };
}

export const IMAGE_FILE_NODES: readonly NodeClass[] = [
  saveImage,
  previewImage,
  loadImage,
  loadImageMask,
];
