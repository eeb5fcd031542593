/** A place or distance, in cells or in device pixels. */
export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Where a person looks: CSS pixels per cell, and the place of the picture, in cells, at the middle of the window. */
export interface View {
  zoom: number;
  centre: Point;
}

/** What a view is shown in: the window in device pixels, device pixels per CSS pixel, and the picture in cells. */
export interface Stage {
  window: Size;
  ratio: number;
  picture: Size;
  /** The smallest zoom, 1 unless told otherwise. Below 1 only whole fractions are shown: 1/2, 1/3 and so on. */
  least?: number;
}

/** Zooms that wheel and keys step through. */
export const ZOOMS = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64] as const;
const MOST = 64;

/** Those below 1 that a stage may allow: every n-th cell of every n-th row is seen, with none blended. */
const FRACTIONS = [1 / 32, 1 / 24, 1 / 16, 1 / 12, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2] as const;
/** The smallest zoom that a stage can allow. */
export const LEAST_ZOOM = FRACTIONS[0];
const LADDER: readonly number[] = [...FRACTIONS, ...ZOOMS];

/** CSS pixels that stay free around a fitted picture. */
const MARGIN = 16;

/**
 * Device pixels along a cell's side. A whole number at each pixel ratio, so that all cells have the same size on the screen; below
 * a zoom of 1 that or one over a whole number, so that each device pixel shows one cell whole.
 */
export function cellSide(zoom: number, ratio: number): number {
  const side = zoom * ratio;
  if (zoom >= 1 || side >= 1) return Math.max(1, Math.round(side));
  return 1 / Math.round(1 / side);
}

/** The next zoom of the ladder. @param steps up (positive) or down @param least as of the stage */
export function stepZoom(zoom: number, steps: number, least = 1): number {
  let next = zoom;
  for (let left = Math.abs(steps); left > 0; left--) {
    next =
      steps > 0
        ? (LADDER.find(each => each > next && each >= least) ?? MOST)
        : (LADDER.findLast(each => each < next && each >= least) ?? least);
  }
  return next;
}

/** The nearest zoom that can be shown: whole, or one over a whole number where a stage allows it. */
export function shownZoom(zoom: number, least = 1): number {
  if (!Number.isFinite(zoom)) return 1;
  const whole = zoom >= 1 || least >= 1 ? Math.round(zoom) : 1 / Math.round(1 / zoom);
  return Math.min(MOST, Math.max(least, whole));
}

/**
 * The largest zoom that can be shown at which all of the picture is seen, the least one where even that is too large, with the
 * picture in the middle.
 */
export function fitView({ window, ratio, picture, least = 1 }: Stage): View {
  const room = (side: number, cells: number): number => (side / ratio - 2 * MARGIN) / cells;
  const most = Math.min(room(window.width, picture.width), room(window.height, picture.height));
  const zoom = most >= 1 ? Math.floor(most) : most > 0 && least < 1 ? 1 / Math.ceil(1 / most) : 1;
  return {
    zoom: Math.min(MOST, Math.max(least, zoom)),
    centre: { x: picture.width / 2, y: picture.height / 2 },
  };
}

/** Top left corner of the picture in device pixels from the window's; whole, so that cells lie on the pixel grid. */
export function originOf(view: View, stage: Stage): Point {
  const side = cellSide(view.zoom, stage.ratio);
  return {
    x: Math.round(stage.window.width / 2 - view.centre.x * side),
    y: Math.round(stage.window.height / 2 - view.centre.y * side),
  };
}

/** Changes the zoom and keeps the place under a point of the window, in device pixels, where it is. */
export function zoomAround(view: View, stage: Stage, point: Point, zoom: number): View {
  const origin = originOf(view, stage);
  const from = cellSide(view.zoom, stage.ratio);
  const to = cellSide(zoom, stage.ratio);
  const place = { x: (point.x - origin.x) / from, y: (point.y - origin.y) / from };
  return clampView(
    {
      zoom,
      centre: {
        x: place.x - (point.x - stage.window.width / 2) / to,
        y: place.y - (point.y - stage.window.height / 2) / to,
      },
    },
    stage,
  );
}

/** Moves what is seen by device pixels: the picture goes the other way. */
export function panBy(view: View, stage: Stage, distance: Point): View {
  const side = cellSide(view.zoom, stage.ratio);
  const { x, y } = view.centre;
  return clampView(
    { ...view, centre: { x: x + distance.x / side, y: y + distance.y / side } },
    stage,
  );
}

/** Keeps some of the picture at the middle of the window, so that it is never lost. */
export function clampView(view: View, { picture, least = 1 }: Stage): View {
  const within = (value: number, most: number): number =>
    Number.isFinite(value) ? Math.min(most, Math.max(0, value)) : most / 2;
  return {
    zoom: shownZoom(view.zoom, least),
    centre: { x: within(view.centre.x, picture.width), y: within(view.centre.y, picture.height) },
  };
}

/** The cell under a point of the window in device pixels; null beside the picture. */
export function cellAt(view: View, stage: Stage, point: Point): Point | null {
  const origin = originOf(view, stage);
  const side = cellSide(view.zoom, stage.ratio);
  const cell = {
    x: Math.floor((point.x - origin.x) / side),
    y: Math.floor((point.y - origin.y) / side),
  };
  const { width, height } = stage.picture;
  const inside = cell.x >= 0 && cell.y >= 0 && cell.x < width && cell.y < height;
  return inside ? cell : null;
}

/** Moves the view as little as shows a cell whole. */
export function reveal(view: View, stage: Stage, cell: Point): View {
  const origin = originOf(view, stage);
  const side = cellSide(view.zoom, stage.ratio);
  const beyond = (start: number, room: number): number =>
    start < 0 ? start : Math.max(0, Math.min(start, start + side - room));
  return panBy(view, stage, {
    x: beyond(origin.x + cell.x * side, stage.window.width),
    y: beyond(origin.y + cell.y * side, stage.window.height),
  });
}

/**
 * The cells of which something is seen, as a part of the picture; empty sides where nothing is. Below a zoom of 1 whole blocks of
 * cells, one for each device pixel, counted from the picture's corner: which of its cells a pixel shows stays the same as it moves.
 */
export function visibleCells(view: View, stage: Stage): Point & Size {
  const origin = originOf(view, stage);
  const side = cellSide(view.zoom, stage.ratio);
  const block = side < 1 ? Math.round(1 / side) : 1;
  const range = (start: number, room: number, cells: number): [from: number, count: number] => {
    const blocks = Math.floor(cells / block);
    const from = Math.min(blocks, Math.max(0, Math.floor(-start / (side * block))));
    const to = Math.min(blocks, Math.ceil((room - start) / (side * block)));
    return [from * block, Math.max(0, to - from) * block];
  };
  const [x, width] = range(origin.x, stage.window.width, stage.picture.width);
  const [y, height] = range(origin.y, stage.window.height, stage.picture.height);
  return { x, y, width, height };
}

/** Gathers turns of a wheel or a touch pad to whole steps: one for each notch, or for about as long a stroke. */
export class WheelSteps {
  #sum = 0;

  /**
   * @param delta as in a WheelEvent, positive away from the picture
   * @param mode its `deltaMode`: 0 pixels, 1 lines, 2 pages
   * @returns steps to zoom in by, negative for out, often 0
   */
  add(delta: number, mode: number): number {
    const notch = [100, 3, 1][mode] ?? 100;
    if (Math.sign(delta) !== Math.sign(this.#sum)) this.#sum = 0;
    this.#sum += delta / notch;
    const steps = Math.trunc(this.#sum);
    this.#sum -= steps;
    return steps === 0 ? 0 : -steps;
  }
}
