import type { Scene } from '../canvas/scene.ts';
import { DEEP, LIGHT, MID, SHINE } from '../canvas/shading.ts';
import { rect } from '../canvas/shapes.ts';

/** Two shiny eyes; on small canvases single dark cells. */
export function eyesAt(scene: Scene, dx: number, y: number, size: number, white = false): void {
  const black = scene.named('black');
  const iris = scene.own('eyes', 'black');
  const pale = scene.named('white');
  if (scene.unit > 1.4) {
    scene.pair(
      dx,
      y,
      1,
      Math.max(1, size * 0.8),
      iris === black ? black : iris,
      iris === black ? DEEP : MID,
    );
    return;
  }
  if (white) {
    scene.pair(dx, y, size * 1.2, size * 1.3, pale, LIGHT + 0.8);
    scene.pair(dx - size * 0.2, y + size * 0.15, size * 0.6, size * 0.8, iris, DEEP);
  } else {
    scene.pair(dx, y, size * 0.8, size * 1.2, iris, iris === black ? DEEP : MID);
    const left = 15 - dx - size * 0.16;
    for (const x of [left, left + dx * 2])
      scene.spot(x, y - size * 0.34, size * 0.34, size * 0.34, pale, SHINE);
  }
}

export function mouth(scene: Scene, y: number, w: number, mood: number): void {
  if (scene.unit > 1.9) return;
  const black = scene.named('black');
  const half = scene.half(w);
  const line = scene.unitY * 0.98;
  const at = scene.snapY(y);
  scene.score(rect(15 - half, at, 15 + half, at + line), DEEP, black);
  if (mood > 0) scene.pair(half + scene.unitX / 2, at - line / 2, 0.1, 0.1, black, DEEP);
  if (mood < 0) scene.pair(half + scene.unitX / 2, at + line * 1.5, 0.1, 0.1, black, DEEP);
}
