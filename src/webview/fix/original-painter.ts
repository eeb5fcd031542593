import { type Colors, paintBackdrop } from '../stage/painter.ts';
import { cellSide, originOf, type Point, type Stage, type View } from '../stage/viewport.ts';
import type { Area, Overlay } from './overlay.ts';

export interface OriginalScene {
  view: View;
  /** As of the result: both are seen at the same place. */
  stage: Stage;
  source: HTMLCanvasElement;
  overlay: Overlay;
  /** Lines between cells in the original's pixels; null for none. */
  lines: { columns: ArrayLike<number>; rows: ArrayLike<number> } | null;
  /** The part that became the cell that is looked at, in the original's pixels. */
  area: Area | null;
  colors: Colors;
}

/** Lines closer than this many device pixels would hide the picture. */
const GRID_FROM = 4;

/** Device pixels of a place of the original. */
function placer({ view, stage, overlay }: OriginalScene): {
  x: (pixel: number) => number;
  y: (pixel: number) => number;
  scale: Point;
} {
  const side = cellSide(view.zoom, stage.ratio);
  const origin = originOf(view, stage);
  const scale = { x: side / overlay.step.x, y: side / overlay.step.y };
  return {
    x: pixel => origin.x + (pixel - overlay.start.x) * scale.x,
    y: pixel => origin.y + (pixel - overlay.start.y) * scale.y,
    scale,
  };
}

/** Paints the original so that each of its cells lies where the result's lies in its own window. */
export function paintOriginal(context: CanvasRenderingContext2D, scene: OriginalScene): void {
  const { stage, source, lines, area, colors } = scene;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, stage.window.width, stage.window.height);
  const { x, y, scale } = placer(scene);
  const [left, top] = [Math.round(x(0)), Math.round(y(0))];
  const whole = {
    x: left,
    y: top,
    width: Math.round(x(source.width)) - left,
    height: Math.round(y(source.height)) - top,
  };
  context.save();
  context.beginPath();
  context.rect(whole.x, whole.y, whole.width, whole.height);
  context.clip();
  const seen = within(whole, stage.window);
  paintBackdrop(context, { backdrop: 'checker', colors, stage }, whole, seen);
  // Shrunk, nearest neighbours would show stripes that are not there.
  context.imageSmoothingEnabled = Math.min(scale.x, scale.y) < 1;
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, whole.x, whole.y, whole.width, whole.height);
  if (lines !== null) paintLines(context, scene, lines, seen);
  context.restore();
  if (area !== null) paintArea(context, scene, area);
}

function within(area: Area, window: { width: number; height: number }): Area {
  const x = Math.max(0, area.x);
  const y = Math.max(0, area.y);
  return {
    x,
    y,
    width: Math.max(0, Math.min(window.width, area.x + area.width) - x),
    height: Math.max(0, Math.min(window.height, area.y + area.height) - y),
  };
}

function paintLines(
  context: CanvasRenderingContext2D,
  scene: OriginalScene,
  { columns, rows }: NonNullable<OriginalScene['lines']>,
  seen: Area,
): void {
  const { x, y, scale } = placer(scene);
  const pitch = (lines: ArrayLike<number>): number =>
    ((lines[lines.length - 1] ?? 0) - (lines[0] ?? 0)) / Math.max(1, lines.length - 1);
  if (Math.min(pitch(columns) * scale.x, pitch(rows) * scale.y) < GRID_FROM) return;
  context.fillStyle = scene.colors.grid;
  for (const line of Array.from(columns)) {
    context.fillRect(Math.round(x(line)), seen.y, 1, seen.height);
  }
  for (const line of Array.from(rows)) {
    context.fillRect(seen.x, Math.round(y(line)), seen.width, 1);
  }
}

function paintArea(context: CanvasRenderingContext2D, scene: OriginalScene, area: Area): void {
  const { x, y } = placer(scene);
  const line = Math.max(1, Math.round(scene.stage.ratio));
  context.lineWidth = line;
  const left = Math.round(x(area.x));
  const top = Math.round(y(area.y));
  const width = Math.round(x(area.x + area.width)) - left;
  const height = Math.round(y(area.y + area.height)) - top;
  for (const [place, color] of scene.colors.cell.entries()) {
    const out = (place + 0.5) * line;
    context.strokeStyle = color;
    context.strokeRect(left - out, top - out, width + 2 * out, height + 2 * out);
  }
}
