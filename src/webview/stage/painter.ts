import type { Backdrop } from './backdrop.ts';
import { cellSide, originOf, type Point, type Stage, type View, visibleCells } from './viewport.ts';

export interface Colors {
  checker: readonly [string, string];
  editor: string;
  grid: string;
  /** Around the cell that is looked at: one of the two stands out from any colour. */
  cell: readonly [string, string];
}

/** A backdrop as in a game: a colour, or a tile that is repeated, its pixels as large as the picture's cells. */
export type Ground = { color: string } | { tile: HTMLCanvasElement; cells: number };

export interface Scene {
  view: View;
  stage: Stage;
  source: HTMLCanvasElement;
  backdrop: Backdrop | Ground;
  grid: boolean;
  cell: Point | null;
  colors: Colors;
}

const DARK = '#101010';
const LIGHT = '#f4f4f4';
/** CSS pixels along a check's side. */
const CHECK = 8;
/** Cells narrower than this many device pixels get no grid. */
const GRID_FROM = 6;

/** Paints the window: backdrop, cells by nearest neighbour, grid and the cell that is looked at. */
export function paint(context: CanvasRenderingContext2D, scene: Scene): void {
  const { view, stage, source } = scene;
  const { width, height } = stage.window;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  const side = cellSide(view.zoom, stage.ratio);
  const origin = originOf(view, stage);
  const seen = visibleCells(view, stage);
  if (seen.width === 0 || seen.height === 0) return;
  const area = {
    x: origin.x + seen.x * side,
    y: origin.y + seen.y * side,
    width: seen.width * side,
    height: seen.height * side,
  };
  context.save();
  context.beginPath();
  context.rect(area.x, area.y, area.width, area.height);
  context.clip();
  paintBackdrop(context, scene, origin, area);
  context.imageSmoothingEnabled = false;
  context.drawImage(
    source,
    seen.x,
    seen.y,
    seen.width,
    seen.height,
    area.x,
    area.y,
    area.width,
    area.height,
  );
  if (scene.grid && side >= GRID_FROM) paintGrid(context, scene.colors.grid, area, side);
  context.restore();
  if (scene.cell !== null) paintCell(context, scene, origin, side, scene.cell);
}

/** Paints a picture at one cell to a CSS pixel, cropped around a place where it is larger than its canvas. */
export function paintTrueSize(context: CanvasRenderingContext2D, scene: Scene): void {
  const { width, height } = context.canvas;
  const small: Scene = {
    ...scene,
    view: { zoom: 1, centre: scene.view.centre },
    stage: { ...scene.stage, window: { width, height } },
    grid: false,
    cell: null,
  };
  const side = cellSide(1, scene.stage.ratio);
  const whole = (room: number, cells: number): boolean => cells * side <= room;
  const { picture } = scene.stage;
  const { centre } = small.view;
  small.view.centre = {
    x: whole(width, picture.width) ? picture.width / 2 : centre.x,
    y: whole(height, picture.height) ? picture.height / 2 : centre.y,
  };
  paint(context, small);
}

interface Area extends Point {
  width: number;
  height: number;
}

/** Paints what transparent cells are shown on. */
export function paintBackdrop(
  context: CanvasRenderingContext2D,
  scene: Pick<Scene, 'backdrop' | 'colors' | 'stage'> & { view?: View },
  origin: Point,
  area: Area,
): void {
  const { backdrop, colors, stage } = scene;
  if (typeof backdrop === 'object') {
    const side = scene.view === undefined ? 1 : cellSide(scene.view.zoom, stage.ratio);
    context.fillStyle =
      'color' in backdrop
        ? backdrop.color
        : repeated(context, backdrop.tile, origin, Math.max(1, Math.round(side * backdrop.cells)));
  } else if (backdrop === 'checker') {
    const check = Math.max(1, Math.round(CHECK * stage.ratio));
    // Fixed to the picture, so that panning moves both as one.
    context.fillStyle = repeated(context, checkerTile(colors.checker), origin, check);
  } else {
    context.fillStyle = { editor: colors.editor, dark: DARK, light: LIGHT }[backdrop];
  }
  context.imageSmoothingEnabled = false;
  context.fillRect(area.x, area.y, area.width, area.height);
}

/** A tile's pixels at a whole size, from a whole place on: one fill, where single checks would take thousands. */
function repeated(
  context: CanvasRenderingContext2D,
  tile: HTMLCanvasElement,
  origin: Point,
  size: number,
): CanvasPattern | string {
  const pattern = context.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix([size, 0, 0, size, origin.x, origin.y]));
  return pattern ?? DARK;
}

let checkers: { key: string; tile: HTMLCanvasElement } | null = null;

/** Two by two checks, the first colour at the corner. */
function checkerTile(colors: Colors['checker']): HTMLCanvasElement {
  const key = colors.join(' ');
  if (checkers?.key === key) return checkers.tile;
  const tile = document.createElement('canvas');
  tile.width = tile.height = 2;
  const context = tile.getContext('2d');
  if (context !== null) {
    for (const [place, color] of colors.entries()) {
      context.fillStyle = color;
      context.fillRect(place, 0, 1, 1);
      context.fillRect(1 - place, 1, 1, 1);
    }
  }
  checkers = { key, tile };
  return tile;
}

/** Paints lines between cells that are a side of device pixels large. */
export function paintGrid(
  context: CanvasRenderingContext2D,
  color: string,
  area: Area,
  side: number,
): void {
  context.fillStyle = color;
  for (let x = area.x; x < area.x + area.width; x += side)
    context.fillRect(x, area.y, 1, area.height);
  for (let y = area.y; y < area.y + area.height; y += side)
    context.fillRect(area.x, y, area.width, 1);
}

/** Outlines the cell that is looked at. */
export function paintCell(
  context: CanvasRenderingContext2D,
  { colors, stage }: Pick<Scene, 'colors' | 'stage'>,
  origin: Point,
  side: number,
  cell: Point,
): void {
  const line = Math.max(1, Math.round(stage.ratio));
  context.lineWidth = line;
  for (const [place, color] of colors.cell.entries()) {
    const out = (place + 0.5) * line;
    context.strokeStyle = color;
    context.strokeRect(
      origin.x + cell.x * side - out,
      origin.y + cell.y * side - out,
      side + 2 * out,
      side + 2 * out,
    );
  }
}
