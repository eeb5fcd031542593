import { diffImages } from '../../pixels/diff/diff-images.ts';
import { paintDiff } from '../../pixels/diff/paint-diff.ts';
import type { ColourChange } from '../../pixels/diff/palette-changes.ts';
import { cropImage, type RgbaImage } from '../../pixels/image.ts';
import type { Point, Size } from '../stage/viewport.ts';
import { canvasOf } from '../ui/picture-source.ts';
import { type FrameGrid, frameRect } from './frames.ts';
import type { Placed } from './joint.ts';
import { Lru } from './lru.ts';

/** What differs between two pictures at one frame. */
export interface Difference {
  canvas: HTMLCanvasElement;
  size: Size;
  offset: Point;
  changed: number;
  added: number;
  removed: number;
  /** Cells of the canvas that holds both. */
  cells: number;
  palette: readonly ColourChange[];
}

/** Bytes of differences that are kept; a megapixel's takes 4 MB. */
const differences = new Lru<Difference>(48 * 2 ** 20);

/** What differs between two placed pictures; null where their cells have different sizes. */
export function differenceOf(
  before: Placed,
  after: Placed,
  grid: FrameGrid,
  frame: number,
): Difference | null {
  if (before.unit !== after.unit) return null;
  const key = `${before.sprite.key} ${after.sprite.key} ${grid.columns}x${grid.rows} ${frame}`;
  const known = differences.get(key);
  if (known !== undefined) return known;
  const crop = ({ sprite }: Placed): RgbaImage =>
    cropImage(sprite.image, frameRect(sprite.image, grid, frame));
  const [one, two] = [crop(before), crop(after)];
  const diff = diffImages(one, two, { align: 'best', reach: 0 });
  const picture = paintDiff(diff, one);
  const difference: Difference = {
    canvas: canvasOf({ ...picture, pixels: new Uint8Array(picture.data.buffer) }),
    size: { width: diff.width, height: diff.height },
    offset: { x: before.offset.x - diff.before.x, y: before.offset.y - diff.before.y },
    ...diff.cells,
    cells: diff.width * diff.height,
    palette: diff.palette,
  };
  differences.set(key, difference, picture.data.length + 4096);
  return difference;
}
