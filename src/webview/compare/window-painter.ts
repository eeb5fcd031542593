import { type Colors, type Ground, paintBackdrop, paintCell, paintGrid } from '../stage/painter.ts';
import type { Backdrop } from '../stage/backdrop.ts';
import {
  cellSide,
  originOf,
  type Point,
  type Size,
  type Stage,
  type View,
  visibleCells,
} from '../stage/viewport.ts';

/** A picture somewhere on the shared canvas. */
export interface PaintedLayer {
  source: HTMLCanvasElement;
  /** Where in the source it begins. */
  at: Point;
  size: Size;
  offset: Point;
  unit: number;
  opaque: boolean;
  alpha: number;
  from: number;
  to: number;
}

export interface WindowScene {
  view: View;
  stage: Stage;
  layers: readonly PaintedLayer[];
  backdrop: Backdrop | Ground;
  grid: boolean;
  cell: Point | null;
  colors: Colors;
}

/** Cells narrower than this many device pixels get no grid. */
const GRID_FROM = 6;

/** Paints a window: one backdrop for all, then each picture by nearest neighbour in its part of the window. */
export function paintWindow(context: CanvasRenderingContext2D, scene: WindowScene): void {
  const { view, stage, layers, grid, cell, colors } = scene;
  const { width, height } = stage.window;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.clearRect(0, 0, width, height);
  if (layers.length === 0) return;
  const origin = originOf(view, stage);
  const side = cellSide(view.zoom, stage.ratio);
  const [only] = layers;
  const canvas = layers.length === 1 && only !== undefined ? placeOf(only, scene) : whole(scene);
  const covered = layers.length === 1 && only?.opaque === true;
  if (!covered && canvas.width > 0 && canvas.height > 0) {
    context.save();
    context.beginPath();
    context.rect(canvas.x, canvas.y, canvas.width, canvas.height);
    context.clip();
    paintBackdrop(context, scene, origin, canvas);
    context.restore();
  }
  for (const layer of layers) paintLayer(context, scene, layer);
  if (grid && side >= GRID_FROM) {
    const seen = whole(scene);
    paintGrid(context, colors.grid, seen, side);
  }
  if (cell !== null && side >= 1) paintCell(context, scene, origin, side, cell);
}

interface Area extends Point, Size {}

/** What is seen of the shared canvas, in device pixels. */
function whole({ view, stage }: WindowScene): Area {
  const seen = visibleCells(view, stage);
  const side = cellSide(view.zoom, stage.ratio);
  const origin = originOf(view, stage);
  return {
    x: origin.x + seen.x * side,
    y: origin.y + seen.y * side,
    width: seen.width * side,
    height: seen.height * side,
  };
}

/** View and stage of one picture by itself, at the place that it has on the shared canvas. */
function own(layer: PaintedLayer, { view, stage }: WindowScene): { view: View; stage: Stage } {
  const { offset, unit, size } = layer;
  return {
    view: {
      zoom: view.zoom * unit,
      centre: { x: (view.centre.x - offset.x) / unit, y: (view.centre.y - offset.y) / unit },
    },
    stage: { ...stage, picture: size },
  };
}

/** What is seen of a picture, in device pixels. */
function placeOf(layer: PaintedLayer, scene: WindowScene): Area & { seen: Point & Size } {
  const { view, stage } = own(layer, scene);
  const seen = visibleCells(view, stage);
  const side = cellSide(view.zoom, stage.ratio);
  const origin = originOf(view, stage);
  return {
    x: origin.x + seen.x * side,
    y: origin.y + seen.y * side,
    width: seen.width * side,
    height: seen.height * side,
    seen,
  };
}

function paintLayer(
  context: CanvasRenderingContext2D,
  scene: WindowScene,
  layer: PaintedLayer,
): void {
  const { seen, x, y, width, height } = placeOf(layer, scene);
  if (seen.width === 0 || seen.height === 0) return;
  const left = Math.round(layer.from * scene.stage.window.width);
  const right = Math.round(layer.to * scene.stage.window.width);
  const cut = layer.from > 0 || layer.to < 1;
  if (cut) {
    context.save();
    context.beginPath();
    context.rect(left, 0, right - left, scene.stage.window.height);
    context.clip();
  }
  context.globalAlpha = layer.alpha;
  context.imageSmoothingEnabled = false;
  context.drawImage(
    layer.source,
    layer.at.x + seen.x,
    layer.at.y + seen.y,
    seen.width,
    seen.height,
    x,
    y,
    width,
    height,
  );
  context.globalAlpha = 1;
  if (cut) context.restore();
}
