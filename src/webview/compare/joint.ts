import { bestOffset, type Offset } from '../../pixels/diff/align.ts';
import { cropImage, type RgbaImage } from '../../pixels/image.ts';
import type { Point, Size } from '../stage/viewport.ts';
import { type FrameGrid, frameRect } from './frames.ts';
import { Lru } from './lru.ts';

/** A picture that is decoded. */
export interface Decoded {
  /** Names it among all that were ever told. */
  key: string;
  image: RgbaImage;
}

/** A picture as it is shown: cut into frames, at a place of the canvas that all share. */
export interface Placed<T extends Decoded = Decoded> {
  sprite: T;
  /** Cells of one frame. */
  size: Size;
  /** Its corner on the shared canvas, in the canvas' cells. */
  offset: Point;
  /** Cells of the shared canvas along the side of one of its own: more than 1 where a sprite stands for an engine's picture. */
  unit: number;
}

/** The pictures of a set on one canvas. */
export interface Joint<T extends Decoded = Decoded> {
  /** By place; null where there is none. */
  placed: readonly (Placed<T> | null)[];
  /** The shared canvas: all pictures lie on it. */
  size: Size;
}

const offsets = new Lru<Offset>(64 * 1024);

/**
 * Lays pictures over each other. Of another size than the first they lie where the fewest cells differ (of the first frame, so that
 * an animation does not shake); a sprite in place of an engine's picture is enlarged by a whole number to about its size.
 * @param raw whether engine's pictures are shown, which some sets lack
 */
export function jointOf<T extends Decoded>(
  sprites: readonly (T | null)[],
  whole: readonly boolean[],
  grid: FrameGrid,
): Joint<T> {
  const sized = sprites.map(sprite => {
    if (sprite === null) return null;
    const { width, height } = frameRect(sprite.image, grid, 0);
    return { sprite, size: { width, height } };
  });
  const largest = Math.max(
    1,
    ...sized.map((each, at) => (whole[at] ? (each?.size.width ?? 1) : 1)),
  );
  const placed: (Placed<T> | null)[] = [];
  let first: Placed<T> | null = null;
  for (const [at, each] of sized.entries()) {
    if (each === null) {
      placed.push(null);
      continue;
    }
    const unit = whole[at] ? 1 : Math.max(1, Math.round(largest / each.size.width));
    const offset =
      first === null || unit !== 1 || first.unit !== 1
        ? { x: 0, y: 0 }
        : offsetOf(first.sprite, each.sprite, grid);
    const one: Placed<T> = { ...each, offset, unit };
    first ??= one;
    placed.push(one);
  }
  return onOneCanvas(placed);
}

/** Moves all so that none begins before the canvas does. */
function onOneCanvas<T extends Decoded>(placed: readonly (Placed<T> | null)[]): Joint<T> {
  const all = placed.filter(each => each !== null);
  const left = Math.min(0, ...all.map(({ offset }) => offset.x));
  const top = Math.min(0, ...all.map(({ offset }) => offset.y));
  const moved = placed.map(each =>
    each === null ? null : { ...each, offset: { x: each.offset.x - left, y: each.offset.y - top } },
  );
  const far = (of: (each: Placed<T>) => number): number =>
    Math.max(1, ...moved.map(each => (each === null ? 1 : of(each))));
  return {
    placed: moved,
    size: {
      width: far(({ offset, size, unit }) => offset.x + size.width * unit),
      height: far(({ offset, size, unit }) => offset.y + size.height * unit),
    },
  };
}

function offsetOf(base: Decoded, other: Decoded, grid: FrameGrid): Offset {
  const one = frameRect(base.image, grid, 0);
  const two = frameRect(other.image, grid, 0);
  if (one.width === two.width && one.height === two.height) return { x: 0, y: 0 };
  const key = `${base.key} ${other.key} ${grid.columns}x${grid.rows}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const offset = bestOffset(cropImage(base.image, one), cropImage(other.image, two), 0);
  offsets.set(key, offset, 64);
  return offset;
}

/** The cell of a placed picture that lies at one of the shared canvas; null beside it. */
export function cellOf({ offset, size, unit }: Placed, cell: Point): Point | null {
  const x = Math.floor((cell.x - offset.x) / unit);
  const y = Math.floor((cell.y - offset.y) / unit);
  return x >= 0 && y >= 0 && x < size.width && y < size.height ? { x, y } : null;
}
