import type { Scene } from '../canvas/scene.ts';
import { ball, DEEP, flat, gradient, MID, SHINE, tube } from '../canvas/shading.ts';
import { capsule, curve, ellipse, intersect, mirrored, type Point } from '../canvas/shapes.ts';

export function paintFlower(scene: Scene): void {
  const petal = scene.main('petal', 'red', 'yellow', 'pink', 'purple', 'blue', 'white', 'orange');
  const core = scene.accent('core', 'yellow', 'amber', 'brown');
  const green = scene.own('leaf', 'leaf', 'green', 'grass');
  const thin = Math.max(0.9, scene.unit * 0.5);
  const lean = scene.vary('lean', -2.4, 2.4);
  scene.paint(curve([15 + lean, 13], [15 + lean, 20], [15, 29], thin), green, flat(MID), 'none');
  for (const s of [-1, 1]) {
    const y = scene.vary('leaf' + s, 22, 25);
    const leaf = intersect(ellipse(15 + s * 4, y - 4.4, 6.4), ellipse(15 + s * 5, y + 3.4, 6.4));
    scene.paint(
      leaf,
      green,
      gradient([15, y - 3], [15 + s * 4, y + 3], s < 0 ? 3.9 : 3.2, 1.2),
      'auto',
    );
  }
  const x = 15 + lean;
  const y = 10.4;
  const kind = scene.says('rose', 'tulip') ? 1 : scene.choice('flower', 3);
  if (kind === 1) {
    const cup = mirrored(x, [0, 6.4], [3, 3.6], [6.4, 2], [6.8, 9], [4.4, 14.4], [0, 16]);
    scene.paint(cup, petal, gradient([x - 6, 3], [x + 6, 15], 3.8, 0.9), 'auto');
    scene.paint(
      mirrored(x, [0, 3], [3.6, 8], [2.6, 14], [0, 15.6]),
      petal,
      gradient([x - 3, 4], [x + 3, 15], 4.2, 1.8),
      'auto',
    );
    return;
  }
  const count = kind === 0 ? 5 : 8;
  const ring: readonly Point[] =
    count === 5
      ? [
          [0, -1],
          [0.951, -0.309],
          [0.588, 0.809],
          [-0.588, 0.809],
          [-0.951, -0.309],
        ]
      : [
          [0, -1],
          [0.707, -0.707],
          [1, 0],
          [0.707, 0.707],
          [0, 1],
          [-0.707, 0.707],
          [-1, 0],
          [-0.707, -0.707],
        ];
  const r = kind === 0 ? 4 : 2.9;
  const reach = kind === 0 ? 5 : 6;
  for (const [dx, dy] of ring) {
    const px = x + dx * reach;
    const py = y + dy * reach;
    scene.paint(
      ellipse(px, py, r),
      petal,
      ball(px, py, r * 1.1, r * 1.1, dy < 0 || dx < 0 ? 0.3 : -0.4),
      'shade',
    );
  }
  const c = Math.max(kind === 0 ? 2.6 : 3.4, scene.unit * 0.9);
  scene.paint(ellipse(x, y, c), core, ball(x, y, c, c, 0.2), 'auto');
}

export function paintCactus(scene: Scene): void {
  const green = scene.main('leaf', 'green', 'leaf', 'pine', 'teal');
  const bloom = scene.accent('petal', 'pink', 'red', 'yellow');
  const bar = (a: Point, b: Point, r: number): void =>
    scene.paint(capsule(a, b, r), green, tube(a, b, r * 1.1, 0.2), 'none');
  const left = scene.vary('left', 9, 13);
  const right = scene.vary('right', 6, 11);
  bar([15, 18.6], [7, 18.6], 2.3);
  bar([6.6, 18.4], [6.6, left], 2.5);
  bar([15, 15.4], [23.4, 15.4], 2.3);
  bar([23.6, 15.4], [23.6, right], 2.5);
  scene.paint(capsule([15, 6], [15, 30], 4.4), green, tube([15, 6], [15, 30], 4.8, 0.2), 'auto');
  for (const x of [13, 17])
    for (let y = 5; y < 27; y += 4.4)
      scene.spot(
        x + (x > 15 ? 0.4 : 0),
        y + (x > 15 ? 2 : 0),
        0.9,
        0.9,
        green,
        x > 15 ? DEEP : SHINE,
      );
  if (scene.chance('bloom', 0.7))
    scene.paint(ellipse(15, 2.6, 2.6, 1.9), bloom, ball(15, 2.6, 2.6, 2, 0.6), 'auto');
}
