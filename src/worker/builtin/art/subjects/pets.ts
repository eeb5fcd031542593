import type { Scene } from '../canvas/scene.ts';
import { ball, DEEP, flat, gradient, LIGHT, MID, SHADE, SHINE } from '../canvas/shading.ts';
import { curve, ellipse, intersect, polygon, rect, union } from '../canvas/shapes.ts';
import { eyesAt } from './faces.ts';

export function paintRat(scene: Scene): void {
  const ink = scene.main('skin', 'grey', 'brown', 'darkwood', 'white');
  const pink = scene.own('tail', 'flesh');
  scene.paint(
    curve([22, 25], [30, 27.6], [27.6, 15.6], Math.max(0.95, scene.unit * 0.5), 0.7),
    pink,
    flat(MID),
    'none',
  );
  for (const x of [11, 20.4])
    scene.paint(ellipse(x, 27.4, 2.4, 1.5), pink, flat(x < 15 ? LIGHT : MID), 'none');
  scene.paint(ellipse(16.4, 20.4, 9.4, 7.4), ink, ball(15, 18, 11, 9.4), 'none');
  const ear = scene.vary('ear', 2.7, 3.5);
  for (const [x, y] of [
    [13.4, 9.4],
    [6.4, 10.4],
  ] as const) {
    scene.paint(ellipse(x, y, ear), ink, ball(x, y, ear), 'auto');
    scene.paint(ellipse(x, y + 0.4, ear * 0.56), pink, flat(MID), 'none');
  }
  const headShape = union(
    ellipse(9.6, 15.6, 6, 5.4),
    polygon([4.6, 13], [1.4, 17.8], [4, 20], [9, 20.6]),
  );
  scene.paint(headShape, ink, ball(8.6, 14.4, 7.4, 6.8, 0.2), 'auto');
  scene.spot(2.4, 17.8, 1.6, 1.4, pink, LIGHT);
  scene.spot(7.4, 14.6, 1.4, 1.8, scene.named('black'), DEEP);
  if (scene.unit < 0.9) scene.spot(7.1, 14, 0.5, 0.5, scene.named('white'), SHINE);
  if (scene.unit < 1.5) scene.spot(6, 20, 1.2, 1.2, scene.named('bone'), SHINE);
}

export function paintCat(scene: Scene): void {
  const ink = scene.main('skin', 'orange', 'grey', 'black', 'white', 'brown');
  const patch = scene.accent('emblem', 'white', 'bone');
  const dog = scene.says('dog', 'wolf', 'fox', 'puppy', 'hound');
  const side = scene.pick('tail', [-1, 1]);
  scene.paint(
    curve([15 + side * 5, 26], [15 + side * 13, 27], [15 + side * 11, 17], 1.7, 1.3),
    ink,
    gradient([6, 17], [24, 27], 3, 1.4),
    'none',
  );
  scene.paint(
    union(ellipse(15, 23, 6.6, 6), rect(9.4, 24, 20.6, 29, 2)),
    ink,
    ball(13.6, 21, 8.4, 8.6),
    'none',
  );
  scene.paint(
    intersect(ellipse(15, 22.6, 3.4, 4.4), rect(0, 17, 30, 27)),
    patch,
    gradient([12, 19], [18, 27], 3.8, 2.2),
    'none',
  );
  for (const s of [-1, 1])
    scene.paint(ellipse(15 + s * 3, 28, 2.3, 1.6), ink, flat(s < 0 ? LIGHT : MID), 'shade');
  for (const s of [-1, 1]) {
    const earShape =
      dog && !scene.says('wolf', 'fox')
        ? ellipse(15 + s * 7.4, 10.4, 2.3, 4.6)
        : polygon([15 + s * 2, 6.4], [15 + s * 7, 1], [15 + s * 8.4, 9.4]);
    scene.paint(earShape, ink, flat(s < 0 ? LIGHT : SHADE), 'auto');
    if (!dog && scene.unit < 1.5)
      scene.paint(
        polygon([15 + s * 4.4, 6], [15 + s * 6.6, 3.4], [15 + s * 7.2, 7.4]),
        scene.named('flesh'),
        flat(MID),
        'none',
      );
  }
  scene.paint(ellipse(15, 11.4, 8.4, 6.8), ink, ball(13.6, 10, 10.4, 8.8, 0.1), 'auto');
  if (scene.chance('stripes', 0.5) && scene.unit < 1.5 && !dog)
    for (const x of [12.4, 15, 17.6])
      scene.tint(rect(x - scene.unitX / 2, 5, x + scene.unitX / 2, 7.6), -1, ink);
  scene.paint(ellipse(15, 14.6, dog ? 4 : 3.4, dog ? 3 : 2.2), patch, flat(LIGHT), 'none');
  eyesAt(scene, 3.9, 11.2, 2.4);
  scene.spot(
    15,
    13.4,
    scene.width % 2 === 0 ? scene.unitX * 2 : 1,
    1.1,
    dog ? scene.named('black') : scene.named('flesh'),
    dog ? DEEP : MID,
  );
  if (scene.unit < 1.2)
    scene.spot(
      15,
      15.4,
      scene.width % 2 === 0 ? scene.unitX * 2 : 1,
      1,
      scene.named('black'),
      SHADE,
    );
}
