import type { Point, Sheet, SheetFrame, SheetSlice, SliceKey } from '../../sheet/sheet.ts';

/** Aseprite has no pivot of a frame; importers take that of a slice. */
const NAME = 'pivot';

/** The slices of a sheet and, where frames have pivots, one that covers each frame and carries them. */
export function withPivotSlice(sheet: Sheet): SheetSlice[] {
  const { frames, slices } = sheet;
  const rest = slices.filter(slice => slice.name !== NAME);
  if (frames.every(frame => frame.pivot === null) || rest.length < slices.length) return slices;
  const keys: SliceKey[] = [];
  for (const [frame, { image, pivot }] of frames.entries()) {
    const last = keys.at(-1);
    const bounds = { x: 0, y: 0, width: image.width, height: image.height };
    const same =
      last !== undefined &&
      samePoint(last.pivot, pivot) &&
      last.bounds.width === bounds.width &&
      last.bounds.height === bounds.height;
    if (!same) keys.push({ frame, bounds, center: null, pivot });
  }
  return [...slices, { name: NAME, keys }];
}

/** Takes pivots from the slice that `withPivotSlice` adds, when each of its keys covers its frames. */
export function takePivotSlice(
  frames: SheetFrame[],
  slices: SheetSlice[],
): { frames: SheetFrame[]; slices: SheetSlice[] } {
  const slice = slices.find(({ name }) => name === NAME);
  if (slice === undefined) return { frames, slices };
  const keys = frames.map((_, index) => slice.keys.findLast(key => key.frame <= index) ?? null);
  const covers = frames.every(({ image }, index) => {
    const key = keys[index];
    if (key?.center !== null) return false;
    const { x, y, width, height } = key.bounds;
    return x === 0 && y === 0 && width === image.width && height === image.height;
  });
  if (!covers) return { frames, slices };
  return {
    frames: frames.map((frame, index) => ({ ...frame, pivot: keys[index]?.pivot ?? null })),
    slices: slices.filter(({ name }) => name !== NAME),
  };
}

function samePoint(a: Point | null, b: Point | null): boolean {
  return a === null || b === null ? a === b : a.x === b.x && a.y === b.y;
}
