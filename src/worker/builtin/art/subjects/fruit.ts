import type { Scene } from '../canvas/scene.ts';
import { ball, flat, gradient, LIGHT, MID, SHADE } from '../canvas/shading.ts';
import { curve, ellipse, intersect, mirrored, subtract, union } from '../canvas/shapes.ts';

function paintLeaf(scene: Scene, x: number, y: number, side: number, size: number): void {
  const green = scene.own('leaf', 'leaf', 'lime', 'green');
  const leaf = intersect(
    ellipse(x + side * size * 0.5, y - size * 0.55, size),
    ellipse(x + side * size * 0.75, y + size * 0.45, size),
  );
  scene.paint(leaf, green, gradient([x, y - size], [x + side * size, y + size], 3.9, 1.4), 'auto');
}

export function paintApple(scene: Scene): void {
  const pear = scene.says('pear');
  const skin = pear
    ? scene.main('skin', 'lime', 'yellow')
    : scene.main('skin', 'red', 'red', 'lime', 'orange', 'yellow');
  const r = scene.vary('lobe', 7.6, 8.6);
  const body = pear
    ? union(
        ellipse(15, 20.4, 9, 8.6),
        ellipse(15, 12.4, 5.4, 6),
        mirrored(15, [5.2, 12], [8.6, 18], [0, 20]),
      )
    : subtract(
        union(
          ellipse(15 - 4.6, 17, r, 10.4),
          ellipse(15 + 4.6, 17, r, 10.4),
          ellipse(15, 19.4, 9, 8.8),
        ),
        ellipse(15, 5.6, 3, 2.6),
      );
  scene.paint(body, skin, ball(13.4, 16.4, 12.8, 12.4), 'none');
  if (!pear) scene.tint(ellipse(15, 9.4, 3.4, 1.4), -1.3, skin);
  const lean = scene.vary('stem', -2.4, 2.4);
  const stem = scene.own('trunk', 'darkwood', 'brown');
  scene.paint(
    curve([15, pear ? 7 : 9.6], [15, 5], [15 + lean, 3], Math.max(0.8, scene.unit * 0.45)),
    stem,
    flat(MID),
    'auto',
  );
  paintLeaf(
    scene,
    15 + lean * 0.3,
    pear ? 5 : 5.8,
    lean > 0 ? -1 : 1,
    scene.vary('leaf', 4.4, 5.8),
  );
  scene.glint(9, 12.4, 2, 2);
  scene.glint(8, 15, 1.2, 1.6);
  if (scene.says('bitten') || scene.brief.effects.has('broken')) {
    const bite = union(ellipse(25.4, 14, 4.4), ellipse(25, 19.4, 3.4));
    const flesh = scene.named('bone');
    scene.recolour(intersect(body, ellipse(24.6, 16, 6.4, 7)), flesh, flat(LIGHT));
    scene.each(bite, i => (scene.ink[i] = 0));
  }
}

export function paintCherry(scene: Scene): void {
  const skin = scene.main('skin', 'red', 'ruby', 'purple');
  const stem = scene.own('trunk', 'green', 'leaf');
  const thin = Math.max(0.7, scene.unit * 0.4);
  scene.paint(curve([9, 19], [11, 9], [19, 4], thin), stem, flat(MID), 'none');
  scene.paint(curve([21.4, 17], [21.4, 10], [19, 4], thin), stem, flat(SHADE), 'none');
  paintLeaf(scene, 18.4, 5, -1, 6);
  const r = scene.vary('fruit', 5.6, 6.6);
  for (const [x, y] of [
    [21.6, 20.6],
    [9, 22.6],
  ] as const) {
    scene.paint(ellipse(x, y, r), skin, ball(x, y, r), 'auto');
    scene.glint(x - r * 0.4, y - r * 0.4, 1.6, 1.6);
  }
}
