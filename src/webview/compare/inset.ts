import { sizeCanvas } from '../stage/pixel-stage.ts';
import { paintWindow, type WindowScene } from './window-painter.ts';

/** Longest side of the true-size inset, in CSS pixels. */
const MOST = 128;

/**
 * Paints a window's pictures at their true size, cropped around what is looked at; hidden where that would tell nothing new.
 * @param moved nothing but the view changed since it was painted
 */
export function paintInset(inset: HTMLCanvasElement, scene: WindowScene, moved: boolean): void {
  const { view, stage, layers } = scene;
  const { width, height } = stage.picture;
  const hidden = layers.length === 0 || view.zoom <= 1 || Math.min(width, height) > MOST;
  const appears = inset.hidden && !hidden;
  if (inset.hidden !== hidden) inset.hidden = hidden;
  const cropped = Math.max(width, height) > MOST;
  if (hidden || (moved && !appears && !cropped)) return;
  const window = {
    width: Math.round(Math.min(MOST, width) * stage.ratio),
    height: Math.round(Math.min(MOST, height) * stage.ratio),
  };
  if (inset.width !== window.width || inset.height !== window.height) {
    sizeCanvas(inset, window.width, window.height);
    inset.style.width = `${window.width / stage.ratio}px`;
    inset.style.height = `${window.height / stage.ratio}px`;
  }
  const centre = {
    x: width <= MOST ? width / 2 : view.centre.x,
    y: height <= MOST ? height / 2 : view.centre.y,
  };
  const context = inset.getContext('2d');
  if (context === null) return;
  const small = { ...stage, window };
  paintWindow(context, {
    ...scene,
    stage: small,
    view: { zoom: 1, centre },
    grid: false,
    cell: null,
  });
}
