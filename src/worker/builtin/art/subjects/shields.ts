import type { Scene } from '../canvas/scene.ts';
import { ball, gradient, MID, plate } from '../canvas/shading.ts';
import {
  ellipse,
  grow,
  intersect,
  mirrored,
  polygon,
  rect,
  type Shape,
  union,
} from '../canvas/shapes.ts';
import { emblem } from './emblems.ts';

function shieldShape(scene: Scene): Shape {
  if (scene.says('round', 'buckler', 'viking')) return ellipse(15, 15, 13);
  if (scene.says('tower')) return rect(5, 1.5, 25, 28.5, 2);
  switch (scene.choice('shield', 4)) {
    case 0:
      return ellipse(15, 15, 13);
    case 1:
      return mirrored(15, [0, 1.4], [4, 2.6], [11.6, 2.6], [12, 9], [10.6, 17], [6.6, 24], [0, 29]);
    case 2:
      return mirrored(15, [5, 1], [9.4, 3], [10.6, 8], [9.4, 16], [5.6, 24], [0, 29.4]);
    default:
      return mirrored(15, [0, 3.6], [6, 1.4], [12, 3.4], [11.2, 8], [12, 14], [8.6, 22], [0, 29]);
  }
}

export function paintShield(scene: Scene): void {
  const shape = shieldShape(scene);
  const wooden = scene.says('wood', 'wooden', 'viking');
  const field = scene.main(
    'field',
    'blue',
    'red',
    'green',
    'purple',
    'navy',
    'wood',
    'teal',
    'white',
  );
  const rim = scene.accent('guard', 'steel', 'gold', 'iron', 'bronze', 'silver');
  const width = Math.max(2, scene.unit);
  scene.paint(shape, rim, plate(shape, width * 0.55, MID + 0.3, 1), 'none');
  const inner = grow(shape, -width);
  scene.paint(inner, field, gradient([6, 4], [25, 25], 3.7, 0.9), 'auto');
  const pattern = wooden ? 3 : scene.choice('pattern', 4);
  const second = scene.own('emblem', 'white', 'gold', 'yellow', 'black', 'red');
  const light = gradient([6, 4], [25, 25], 3.9, 1.3);
  if (pattern === 0)
    scene.recolour(
      intersect(inner, union(rect(15, 0, 30, 14.5), rect(0, 14.5, 15, 30))),
      second,
      light,
      field,
    );
  else if (pattern === 1)
    scene.recolour(
      intersect(inner, polygon([0, 10], [15, 20], [30, 10], [30, 17], [15, 27], [0, 17])),
      second,
      light,
      field,
    );
  else if (pattern === 2)
    scene.paint(
      intersect(emblem(scene, 'sign', 15, 14, 6.6), grow(inner, -1)),
      second,
      light,
      'shade',
    );
  else {
    for (const x of [8, 15, 22])
      scene.tint(
        intersect(inner, rect(x - scene.unit / 2, 0, x + scene.unit / 2, 30)),
        -1.3,
        field,
      );
    scene.paint(ellipse(15, 14.5, 4), rim, ball(15, 14.5, 4), 'auto');
  }
  if (scene.detail > 0.5 && scene.unit < 1.5) {
    for (const [x, y] of [
      [15, 2.6],
      [5.2, 13],
      [24.8, 13],
    ] as const)
      if (shape.at(x, y) < -0.8) scene.glint(x, y, 1, 1);
  }
  scene.glint(9.5, 8, 1, 3);
}
