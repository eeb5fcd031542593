import * as z from 'zod';
import type { Rectangle, RgbaImage } from '../../image.ts';
import { cutFrame } from '../../sheet/compose.ts';
import { SheetError } from '../../sheet/error.ts';
import {
  type Sheet,
  type SheetSlice,
  type SheetTag,
  type SliceKey,
  TAG_DIRECTIONS,
} from '../../sheet/sheet.ts';
import { checkSheet } from '../../sheet/validate.ts';
import { parseJsonObject } from '../json.ts';
import { takePivotSlice } from './pivot-slice.ts';

const whole = z.int();
const size = z.object({ w: z.int().min(1), h: z.int().min(1) });
const rectangle = size.extend({ x: whole, y: whole });
const point = z.object({ x: z.number(), y: z.number() });

const frameSchema = z.object({
  frame: rectangle,
  rotated: z.boolean().default(false),
  spriteSourceSize: rectangle.optional(),
  sourceSize: size.optional(),
  duration: z.int().min(1).default(100),
  pivot: point.optional(),
});

const tagSchema = z.object({
  name: z.string(),
  from: whole,
  to: whole,
  direction: z.enum(TAG_DIRECTIONS).default('forward'),
  repeat: z.coerce.number().pipe(z.int().min(0)).default(0),
});

const sliceSchema = z.object({
  name: z.string(),
  keys: z
    .array(
      z.object({
        frame: whole,
        bounds: rectangle,
        center: rectangle.optional(),
        pivot: point.optional(),
      }),
    )
    .min(1),
});

const fileSchema = z.object({
  frames: z.union([
    z.array(frameSchema.extend({ filename: z.string() })),
    z.record(z.string(), frameSchema),
  ]),
  meta: z
    .object({
      image: z.string().optional(),
      frameTags: z.array(tagSchema).default([]),
      slices: z.array(sliceSchema).default([]),
    })
    .default({ frameTags: [], slices: [] }),
});

export type AsepriteJson = z.output<typeof fileSchema>;

/**
 * Reads the JSON that Aseprite exports, as hash or array; TexturePacker's, which is the same without times, is read too.
 * @throws SheetError `unreadable` with the first fault
 */
export function parseAsepriteJson(text: string, path: string): AsepriteJson {
  const parsed = fileSchema.safeParse(parseJsonObject(text, path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') ?? '';
  throw new SheetError(
    'unreadable',
    `${path} is no Aseprite JSON: ${place === '' ? '' : `${place}: `}${issue?.message ?? ''}.`,
  );
}

/**
 * Cuts the frames that an Aseprite JSON describes out of its picture.
 * @param name of the sheet
 * @param image the picture that `meta.image` names
 * @throws SheetError `unreadable` for rectangles outside the picture and for rotated frames, else as `checkSheet` does
 */
export function sheetFromAseprite(json: AsepriteJson, image: RgbaImage, name: string): Sheet {
  const listed = Array.isArray(json.frames)
    ? json.frames.map(frame => [frame.filename, frame] as const)
    : Object.entries(json.frames);
  const frames = listed.map(([id, entry]) => ({
    id,
    image: cut(id, entry, image),
    durationMs: entry.duration,
    pivot: null,
  }));
  const slices = json.meta.slices.map((slice): SheetSlice => ({
    name: slice.name,
    keys: slice.keys.map((key): SliceKey => ({
      frame: key.frame,
      bounds: rectangleOf(key.bounds),
      center: key.center === undefined ? null : rectangleOf(key.center),
      pivot: key.pivot ?? null,
    })),
  }));
  const tags: SheetTag[] = json.meta.frameTags;
  const sheet = { name, tags, ...takePivotSlice(frames, slices) };
  for (const [index, [, { pivot }]] of listed.entries()) {
    const frame = sheet.frames[index]!;
    if (pivot !== undefined && frame.pivot === null) {
      frame.pivot = { x: pivot.x * frame.image.width, y: pivot.y * frame.image.height };
    }
  }
  checkSheet(sheet);
  return sheet;
}

function cut(id: string, entry: z.output<typeof frameSchema>, image: RgbaImage): RgbaImage {
  if (entry.rotated) {
    throw new SheetError(
      'unreadable',
      `Frame "${id}" lies rotated in its sheet; pack the sheet without rotation.`,
    );
  }
  const { frame } = entry;
  const source = entry.sourceSize ?? frame;
  const { x, y } = entry.spriteSourceSize ?? { x: 0, y: 0 };
  try {
    const part = { x, y, width: frame.w, height: frame.h };
    return cutFrame(image, frame, part, { width: source.w, height: source.h });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SheetError(
      'unreadable',
      `Frame "${id}" lies outside its picture of ${image.width}x${image.height} pixels.`,
    );
  }
}

function rectangleOf({ x, y, w, h }: z.output<typeof rectangle>): Rectangle {
  return { x, y, width: w, height: h };
}
