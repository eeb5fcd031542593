import { createImage, type Rectangle, type RgbaImage } from '../../image.ts';
import { labOf, squaredDistance } from '../cells/lab.ts';

/** Cells of a smaller sprite over the cells of a larger one: where each begins, and how many of the larger it spans. */
export interface Reduction {
  factor: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Whole factors are taken when they lose no more than this share of the size. */
const WORTH_WHOLE = 0.74;

/** Distance in OKLab within which cells count as one colour. */
const SAME = 0.05;

/**
 * How a picture of too many cells becomes one of the cells wanted: by a whole factor where one fits nearly as well, at the
 * phase at which most neighbours that become one are equal already.
 * @param content the part that must fit, in cells
 * @param size cells wanted
 */
export function planReduction(
  cells: RgbaImage,
  content: Rectangle,
  size: readonly [width: number, height: number],
): Reduction {
  const needed = Math.max(content.width / size[0], content.height / size[1]);
  const frame = Math.max(cells.width / size[0], cells.height / size[1]);
  const whole = [Math.round(frame), Math.ceil(needed - 1e-9)].find(
    factor =>
      factor >= needed - 1e-9 &&
      needed / factor >= WORTH_WHOLE &&
      (Math.abs(frame / factor - 1) < 0.07 || factor === Math.ceil(needed - 1e-9)),
  );
  if (whole === undefined) return evenly(content, needed);
  const lab = labOf(cells);
  const left = bestPhase(cells, lab, whole, 'x', content.x, content.width, size[0]);
  const top = bestPhase(cells, lab, whole, 'y', content.y, content.height, size[1]);
  return {
    factor: whole,
    left,
    top,
    width: Math.ceil((content.x + content.width - left) / whole),
    height: Math.ceil((content.y + content.height - top) / whole),
  };
}

function evenly(content: Rectangle, factor: number): Reduction {
  const width = Math.max(1, Math.ceil(content.width / factor - 1e-9));
  const height = Math.max(1, Math.ceil(content.height / factor - 1e-9));
  return {
    factor,
    left: content.x - (width * factor - content.width) / 2,
    top: content.y - (height * factor - content.height) / 2,
    width,
    height,
  };
}

/** The start, at or before the content's, that puts the most equal neighbours into one cell and still fits. */
function bestPhase(
  { width, height, data }: RgbaImage,
  lab: Float64Array,
  factor: number,
  axis: 'x' | 'y',
  start: number,
  extent: number,
  room: number,
): number {
  const length = axis === 'x' ? width : height;
  const across = axis === 'x' ? height : width;
  const step = axis === 'x' ? 1 : width;
  const cross = axis === 'x' ? width : 1;
  /** Of the pairs beginning at each place of the factor, how many are unlike. */
  const unlike = new Float64Array(factor);
  for (let k = 0; k < across; k++) {
    for (let i = 0; i + 1 < length; i++) {
      const cell = k * cross + i * step;
      const other = cell + step;
      const clear = data[cell * 4 + 3] === 0;
      if (clear && data[other * 4 + 3] === 0) continue;
      if (clear || data[other * 4 + 3] === 0 || squaredDistance(lab, cell, other) > SAME * SAME)
        unlike[(i + 1) % factor]!++;
    }
  }
  // Lines of the smaller sprite should lie where neighbours are unlike.
  let best = start;
  let most = -1;
  for (let back = 0; back < factor; back++) {
    if (Math.ceil((extent + back) / factor) > room) break;
    const value = unlike[(((start - back) % factor) + factor) % factor]!;
    if (value > most) [best, most] = [start - back, value];
  }
  return best;
}

/** Weight of a colour that stands out from the rest of its neighbourhood, by how much it does. */
const SALIENCE = 0.6;

/** Weight of the outline's colour at the silhouette. */
const OUTLINE = 1.5;

/**
 * One colour per target cell: that of the largest group of like cells, where colours that stand out (eyes, highlights) and
 * dark cells at the silhouette (outlines) weigh more than their area.
 * @param mask 1 where a cell is background
 */
export function reduceCells(
  cells: RgbaImage,
  mask: Uint8Array,
  { factor, left, top, width, height }: Reduction,
): { image: RgbaImage; mask: Uint8Array } {
  const lab = labOf(cells);
  const image = createImage(width, height);
  const background = new Uint8Array(width * height);
  const most = (Math.ceil(factor) + 1) ** 2;
  const block: Block = {
    cells: new Int32Array(most),
    areas: new Float64Array(most),
    groups: new Int32Array(most),
    count: 0,
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const covered = gather(cells, block, left + x * factor, top + y * factor, factor);
      const chosen = choose(cells, lab, mask, block, covered, factor);
      const to = y * width + x;
      if (chosen < 0) {
        background[to] = 1;
        continue;
      }
      background[to] = mask[chosen]!;
      image.data.set(cells.data.subarray(chosen * 4, chosen * 4 + 4), to * 4);
    }
  }
  return { image, mask: background };
}

/** The larger sprite's cells under one of the smaller's. */
interface Block {
  cells: Int32Array;
  areas: Float64Array;
  groups: Int32Array;
  count: number;
}

/** Fills a block; the area that lies in the picture. */
function gather(
  { width, height }: RgbaImage,
  block: Block,
  left: number,
  top: number,
  factor: number,
): number {
  block.count = 0;
  let covered = 0;
  const right = left + factor;
  const bottom = top + factor;
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, Math.ceil(bottom - 1e-9)); y++) {
    const high = Math.min(bottom, y + 1) - Math.max(top, y);
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, Math.ceil(right - 1e-9)); x++) {
      const area = high * (Math.min(right, x + 1) - Math.max(left, x));
      if (area < 0.05) continue;
      block.cells[block.count] = y * width + x;
      block.areas[block.count] = area;
      block.count++;
      covered += area;
    }
  }
  return covered;
}

/** The cell whose colour the block takes; -1 where most of it is background or outside. */
function choose(
  { data, width, height }: RgbaImage,
  lab: Float64Array,
  mask: Uint8Array,
  block: Block,
  covered: number,
  factor: number,
): number {
  const { cells, areas, groups, count } = block;
  if (count === 0 || covered * 2 < factor * factor) return count === 0 ? -1 : fallback(block, mask);
  let ground = 0;
  let groundCell = -1;
  for (let i = 0; i < count; i++) {
    if (mask[cells[i]!] === 0) continue;
    ground += areas[i]!;
    groundCell = cells[i]!;
  }
  if (ground * 2 > covered) return data[groundCell * 4 + 3] === 0 ? -1 : groundCell;
  const scores = new Float64Array(count);
  const heads = new Int32Array(count);
  let kinds = 0;
  for (let i = 0; i < count; i++) {
    const cell = cells[i]!;
    groups[i] = -1;
    if (mask[cell] === 1) continue;
    let kind = 0;
    while (kind < kinds && squaredDistance(lab, heads[kind]!, cell) > SAME * SAME) kind++;
    if (kind === kinds) heads[kinds++] = cell;
    groups[i] = kind;
    scores[kind]! += areas[i]!;
  }
  if (kinds === 0) return groundCell;
  let best = 0;
  for (let kind = 0; kind < kinds; kind++) {
    scores[kind]! *= weightOf(heads[kind]!, lab, data, mask, width, height, factor);
    if (scores[kind]! > scores[best]!) best = kind;
  }
  return heads[best]!;
}

function fallback({ cells, count }: Block, mask: Uint8Array): number {
  for (let i = 0; i < count; i++) if (mask[cells[i]!] === 0) return cells[i]!;
  return cells[0]!;
}

/** 1 and more for a colour that differs from what lies around, or is a dark outline against the background. */
function weightOf(
  cell: number,
  lab: Float64Array,
  data: Uint8ClampedArray,
  mask: Uint8Array,
  width: number,
  height: number,
  factor: number,
): number {
  const reach = Math.ceil(factor);
  const x = cell % width;
  const y = (cell - x) / width;
  let sum = 0;
  let count = 0;
  let silhouette = false;
  for (let ny = Math.max(0, y - reach); ny <= Math.min(height - 1, y + reach); ny++) {
    for (let nx = Math.max(0, x - reach); nx <= Math.min(width - 1, x + reach); nx++) {
      const other = ny * width + nx;
      if (mask[other] === 1 || data[other * 4 + 3] === 0) {
        if (Math.abs(nx - x) + Math.abs(ny - y) === 1) silhouette = true;
        continue;
      }
      sum += Math.sqrt(squaredDistance(lab, cell, other));
      count++;
    }
  }
  const contrast = count === 0 ? 0 : sum / count;
  const salient = 1 + SALIENCE * Math.min(1, contrast / 0.35);
  return silhouette && lab[cell * 3]! < 0.4 ? Math.max(salient, OUTLINE) : salient;
}
