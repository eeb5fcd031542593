import type { Scene } from '../canvas/scene.ts';
import { ball, flat, gradient, LIGHT, MID, plate, SHADE, SHINE } from '../canvas/shading.ts';
import { curve, ellipse, intersect, polygon, rect, union } from '../canvas/shapes.ts';

export function paintSign(scene: Scene): void {
  const wood = scene.main('wood', 'wood', 'sand', 'darkwood');
  const post = scene.own('grip', 'darkwood', 'brown');
  const half = scene.half(1.6);
  scene.paint(
    rect(15 - half, 3, 15 + half, 29),
    post,
    gradient([13, 0], [17, 0], 3.6, 1.2),
    'none',
  );
  const tip = scene.chance('arrow', 0.5);
  const board = tip
    ? polygon([2.4, 5.6], [22.6, 5.6], [28, 11.4], [22.6, 17.4], [2.4, 17.4])
    : rect(2.4, 5.4, 27.6, 17.4, 0.8);
  scene.paint(board, wood, gradient([4, 5], [26, 18], 3.7, 2), 'auto');
  scene.tint(rect(0, scene.snapY(11.4), 30, scene.snapY(11.4) + scene.unitY), -1, wood);
  const ink = scene.named('brown');
  for (const [i, y] of [8.6, 14.4].entries())
    scene.score(
      intersect(
        board,
        rect(6, y - scene.unitY / 2, 21 - scene.grain('text' + i, 0, 6), y + scene.unitY / 2),
      ),
      SHADE - 0.6,
      ink,
    );
}

export function paintGrave(scene: Scene): void {
  const stone = scene.main('rock', 'stone', 'darkstone');
  const earth = scene.own('earth', 'dirt', 'grass');
  const half = scene.half(scene.vary('half', 7.4, 8.8));
  const slab = scene.chance('cross', 0.35)
    ? union(rect(12, 2, 18, 27), rect(6, 7.4, 24, 13))
    : union(
        intersect(ellipse(15, 11.6, half, 9), rect(0, 0, 30, 12)),
        rect(15 - half, 11, 15 + half, 27),
      );
  scene.paint(slab, stone, plate(slab, 1.5, MID, 1), 'none');
  scene.score(union(rect(14.4, 9, 15.6, 17), rect(11.6, 11, 18.4, 12.4)), SHADE - 0.6);
  const x = scene.grain('crack', 9, 12);
  if (scene.unit < 1.5)
    scene.score(curve([x, 26], [x + 2.6, 22], [x - 0.4, 19], scene.unit * 0.45), SHADE);
  scene.paint(
    union(ellipse(15, 27, 12, 2.6), ellipse(9, 25.6, 4, 2)),
    earth,
    gradient([6, 24], [24, 29], 3.6, 1.2),
    'auto',
  );
}

export function paintBomb(scene: Scene): void {
  const iron = scene.main('bomb', 'black', 'navy', 'darkstone');
  const fire = scene.own('aura', 'fire');
  const r = scene.vary('r', 9.6, 10.8);
  scene.paint(
    curve([18, 9], [20, 3], [25, 4.4], Math.max(0.8, scene.unit * 0.45)),
    scene.named('sand'),
    flat(MID),
    'none',
  );
  scene.paint(ellipse(14, 18.4, r), iron, ball(14, 18.4, r, r, 0.3), 'auto');
  scene.paint(
    polygon([14.6, 8.4], [18.4, 6.6], [21, 10.6], [17.4, 12.6]),
    iron,
    gradient([14, 8], [20, 12], 3.9, 1.4),
    'auto',
  );
  for (const [dx, dy] of [
    [0, 0],
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const)
    scene.spot(
      25.6 + dx * Math.max(1.4, scene.unit),
      4.4 + dy * Math.max(1.4, scene.unit),
      1.4,
      1.4,
      fire,
      dx === 0 && dy === 0 ? SHINE : LIGHT - Math.abs(dx),
    );
  scene.glint(9.6, 13.6, 2.4, 2.4);
}
