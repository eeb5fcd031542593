import type { Scene } from '../canvas/scene.ts';
import { ball, DEEP, tube } from '../canvas/shading.ts';
import { ellipse, intersect, mirrored, rect, union } from '../canvas/shapes.ts';

export function paintMushroom(scene: Scene): void {
  const cap = scene.main('cap', 'red', 'red', 'purple', 'brown', 'blue', 'teal');
  const dots = scene.accent('dots', 'white', 'bone', 'yellow');
  const stalk = scene.own('trunk', 'bone');
  const high = scene.vary('high', 10.6, 13);
  const wide = scene.vary('wide', 11.6, 13.6);
  const half = scene.vary('stalk', 3.4, 4.8);
  scene.paint(
    mirrored(15, [half, 15], [half - 0.4, 21], [half + 1.4, 26.4], [half, 28.6], [0, 29]),
    stalk,
    tube([15, 0], [15, 9], half * 1.3, 0.3),
    'none',
  );
  const dome = intersect(ellipse(15, 17, wide, high + 2), rect(0, 0, 30, 18.6));
  scene.paint(
    union(dome, ellipse(15, 17.4, wide, 2.6)),
    cap,
    ball(13.4, 16, wide * 1.16, high + 3),
    'auto',
  );
  scene.tint(intersect(ellipse(15, 19.4, wide, 2.4), rect(0, 17.6, 30, 30)), -1.4, cap);
  const r = Math.max(scene.vary('dot', 1.6, 2.3), scene.unit * 0.7);
  for (const [x, y, k] of [
    [10, 11, 1.1],
    [17.6, 8, 1],
    [21.6, 14, 1],
    [6, 16, 0.7],
    [14.6, 15, 0.75],
  ] as const) {
    if (k < 0.8 && scene.unit > 1.4) continue;
    const spot = intersect(ellipse(x, y, r * k * 1.15, r * k), dome);
    scene.paint(spot, dots, ball(x, y, r * 1.6, r * 1.6, 0.2), 'none');
  }
  if (scene.says('cute', 'face', 'happy')) scene.pair(1.7, 22, 1, 2, scene.named('black'), DEEP);
}
