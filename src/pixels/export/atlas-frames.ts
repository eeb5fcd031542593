import { SheetError } from '../sheet/error.ts';
import { isTrimmed, type PackedSheet, type PlacedFrame } from '../sheet/placement.ts';
import { byName, isObject, type JsonObject, objectOf, over } from './json.ts';

/** `frames` of the JSON that Aseprite and TexturePacker share: an object by name, or a list with `filename`. */
export type FramesShape = 'hash' | 'array';

/** A frame as Aseprite and TexturePacker both write it. */
export function atlasFrame(place: PlacedFrame): JsonObject {
  const { frame, part, x, y } = place;
  return {
    frame: { x, y, w: part.width, h: part.height },
    rotated: false,
    trimmed: isTrimmed(place),
    spriteSourceSize: { x: part.x, y: part.y, w: part.width, h: part.height },
    sourceSize: { w: frame.image.width, h: frame.image.height },
  };
}

/** Pivot in shares of the whole frame, from its top left. */
export function pivotShare({ frame }: PlacedFrame): { x: number; y: number } | null {
  const { pivot, image } = frame;
  return pivot && { x: pivot.x / image.width, y: pivot.y / image.height };
}

/**
 * `frames` in either shape, over those that a present file holds by the same name.
 * @param gone fields of ours that an entry may lack now
 */
export function shapeFrames(
  shape: FramesShape,
  entries: readonly (readonly [id: string, fields: JsonObject])[],
  present: unknown,
  gone: readonly string[] = [],
): unknown {
  const before = isObject(present) ? new Map(Object.entries(present)) : byName(present, 'filename');
  if (shape === 'array') {
    return entries.map(([id, fields]) => ({ filename: id, ...over(before.get(id), fields, gone) }));
  }
  return objectOf(
    entries.map(([id, fields]) => {
      const { filename: _, ...rest } = over(before.get(id), fields, gone);
      return [id, rest] as const;
    }),
  );
}

/**
 * Holds for formats whose tags count frames by their place: JavaScript lists keys that are whole numbers first.
 * @throws SheetError `invalid-name` when a hash of these names loses their order
 */
export function checkHashOrder(ids: readonly string[]): void {
  const listed = Object.keys(objectOf(ids.map(id => [id, 0])));
  if (listed.every((key, index) => key === ids[index])) return;
  throw new SheetError(
    'invalid-name',
    'Frames named by bare numbers lose their order in this format; name them as in walk_0, or choose the array form.',
  );
}

/** `meta` of one page in both formats. */
export function atlasMeta(packed: PackedSheet, page: number, image: string): JsonObject {
  const { width, height } = packed.pages[page]!;
  return {
    app: 'dgx-pixels',
    version: '1.0',
    image,
    format: 'RGBA8888',
    size: { w: width, h: height },
    scale: '1',
  };
}
