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
}

/** Zooms that wheel and keys step through. */
export const ZOOMS = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64] as const;
const MOST = 64;

/** CSS pixels that stay free around a fitted picture. */
const MARGIN = 16;

/**
 * Device pixels along a cell's side. A whole number at each pixel ratio, so that all cells have the same size on the screen.
 */
export function cellSide(zoom: number, ratio: number): number {
  return Math.max(1, Math.round(zoom * ratio));
}

/** The next zoom of the ladder. @param steps up (positive) or down */
export function stepZoom(zoom: number, steps: number): number {
  let next = zoom;
  for (let left = Math.abs(steps); left > 0; left--) {
    next =
      steps > 0
        ? (ZOOMS.find(each => each > next) ?? MOST)
        : (ZOOMS.findLast(each => each < next) ?? 1);
  }
  return next;
}

/** The largest whole zoom at which all of the picture is seen, 1 where even that is too large, with the picture in the middle. */
export function fitView({ window, ratio, picture }: Stage): View {
  const room = (side: number, cells: number): number =>
    Math.floor((side / ratio - 2 * MARGIN) / cells);
  const zoom = Math.min(room(window.width, picture.width), room(window.height, picture.height));
  return {
    zoom: Math.min(MOST, Math.max(1, zoom)),
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
export function clampView(view: View, { picture }: Stage): View {
  const within = (value: number, most: number): number =>
    Number.isFinite(value) ? Math.min(most, Math.max(0, value)) : most / 2;
  return {
    zoom: Number.isFinite(view.zoom) ? Math.min(MOST, Math.max(1, Math.round(view.zoom))) : 1,
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

/** The cells of which something is seen, as a part of the picture; empty sides where nothing is. */
export function visibleCells(view: View, stage: Stage): Point & Size {
  const origin = originOf(view, stage);
  const side = cellSide(view.zoom, stage.ratio);
  const range = (start: number, room: number, cells: number): [from: number, count: number] => {
    const from = Math.min(cells, Math.max(0, Math.floor(-start / side)));
    const to = Math.min(cells, Math.ceil((room - start) / side));
    return [from, Math.max(0, to - from)];
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
