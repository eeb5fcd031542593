import type { Rectangle } from '../image.ts';
import { SheetError } from './error.ts';
import { type Sheet, type SheetSlice, type SheetTag, TAG_DIRECTIONS } from './sheet.ts';

/** Aseprite and GIF keep both in 16 bits. */
const MOST = 65_535;

/** Pixels along a side; PNG readers, GPUs and WebP end here. */
export const MAX_SIDE = 16_384;

/**
 * Checks all that the writers rely on.
 * @throws SheetError with a sentence that names the frame, tag or slice
 */
export function checkSheet(sheet: Sheet): void {
  if (sheet.frames.length === 0) {
    throw new SheetError('no-frames', 'There are no frames: name at least one picture.');
  }
  if (sheet.frames.length > MOST) {
    throw new SheetError('too-large', `A sheet holds at most ${MOST} frames.`);
  }
  checkFileName(sheet.name);
  checkFrames(sheet);
  checkNames(
    sheet.frames.map(frame => frame.id),
    'frames',
  );
  checkNames(
    sheet.tags.map(tag => tag.name),
    'tags',
  );
  checkNames(
    sheet.slices.map(slice => slice.name),
    'slices',
  );
  for (const tag of sheet.tags) checkTag(tag, sheet.frames.length);
  for (const slice of sheet.slices) checkSlice(slice, sheet.frames.length);
}

function checkFrames({ frames }: Sheet): void {
  for (const { id, image, durationMs, pivot } of frames) {
    const { width, height, data } = image;
    const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
    if (!whole || data.length !== width * height * 4) {
      throw new SheetError('invalid-frame', `Frame "${id}" has no whole picture.`);
    }
    if (width > MAX_SIDE || height > MAX_SIDE) {
      throw new SheetError(
        'too-large',
        `Frame "${id}" has ${width}x${height} pixels; at most ${MAX_SIDE} along a side fit a sheet.`,
      );
    }
    if (!Number.isInteger(durationMs) || durationMs < 1 || durationMs > MOST) {
      throw new SheetError(
        'invalid-frame',
        `Frame "${id}" lasts ${durationMs} ms; write whole milliseconds from 1 to ${MOST}.`,
      );
    }
    if (pivot !== null && !(Number.isFinite(pivot.x) && Number.isFinite(pivot.y))) {
      throw new SheetError('invalid-frame', `The pivot of frame "${id}" is no place.`);
    }
  }
}

/** Control characters and lone surrogates have no place in most formats. */
function checkNames(names: readonly string[], kind: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (name === '' || /[\p{Control}\p{Surrogate}]/u.test(name)) {
      throw new SheetError(
        'invalid-name',
        `The name ${JSON.stringify(name)} among the ${kind} is empty or holds control characters.`,
      );
    }
    if (seen.has(name)) {
      throw new SheetError('name-clash', `Two ${kind} are named "${name}"; rename one.`);
    }
    seen.add(name);
  }
}

function checkFileName(name: string): void {
  const fits =
    name !== '' &&
    !/[\\/:*?"<>|\p{Control}\p{Surrogate}]/u.test(name) &&
    !/^\.|[. ]$/.test(name) &&
    new TextEncoder().encode(name).length <= 200;
  if (!fits) {
    throw new SheetError(
      'invalid-name',
      `${JSON.stringify(name)} cannot name files everywhere; leave out \\ / : * ? " < > | and a dot at either end.`,
    );
  }
}

function checkTag({ name, from, to, direction, repeat }: SheetTag, frames: number): void {
  const inside = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to < frames;
  if (!inside || from > to) {
    throw new SheetError(
      'invalid-tag',
      `Tag "${name}" runs from ${from} to ${to}, but the frames are numbered 0 to ${frames - 1}.`,
    );
  }
  if (!TAG_DIRECTIONS.includes(direction)) {
    throw new SheetError('invalid-tag', `Tag "${name}" has the unknown direction "${direction}".`);
  }
  if (!Number.isInteger(repeat) || repeat < 0 || repeat > MOST) {
    throw new SheetError('invalid-tag', `Tag "${name}" repeats ${repeat} times; at most ${MOST}.`);
  }
}

function checkSlice({ name, keys }: SheetSlice, frames: number): void {
  let last = -1;
  for (const { frame, bounds, center } of keys) {
    const inOrder = Number.isInteger(frame) && frame > last && frame < frames;
    const rectangles = isRectangle(bounds) && (center === null || isRectangle(center));
    if (!inOrder || !rectangles) {
      throw new SheetError(
        'invalid-slice',
        `Slice "${name}" has a key out of order or of no size.`,
      );
    }
    last = frame;
  }
  if (last < 0) throw new SheetError('invalid-slice', `Slice "${name}" has no key.`);
}

function isRectangle({ x, y, width, height }: Rectangle): boolean {
  return [x, y, width, height].every(Number.isInteger) && width > 0 && height > 0;
}
