import type { Scene } from '../canvas/scene.ts';
import { ball, DEEP, flat, gradient, LIGHT, MID, SHADE, SHINE } from '../canvas/shading.ts';
import {
  capsule,
  ellipse,
  intersect,
  mirrored,
  type Point,
  polygon,
  rect,
  type Shape,
  union,
} from '../canvas/shapes.ts';
import { mouth } from './faces.ts';

export function paintBat(scene: Scene): void {
  const ink = scene.main('skin', 'shadow', 'purple', 'brown', 'grey', 'navy');
  const wing = scene.accent('wing', 'purple', 'shadow', 'red', 'brown');
  const lift = scene.vary('lift', -3, 3);
  for (const s of [-1, 1]) {
    const sail = polygon(
      [15 + s * 3, 13],
      [15 + s * 8, 7 + lift],
      [15 + s * 14.6, 6 + lift * 1.4],
      [15 + s * 14.2, 15 + lift],
      [15 + s * 12, 19.6],
      [15 + s * 10.6, 17],
      [15 + s * 8, 21.6],
      [15 + s * 6.2, 18.4],
      [15 + s * 3, 21],
    );
    scene.paint(sail, wing, gradient([15, 6], [15 + s * 5, 22], s < 0 ? 3.4 : 2.9, 1), 'none');
    const bone = Math.max(0.55, scene.unit * 0.5);
    if (scene.unit < 1.5)
      for (const end of [
        [12, 19.4],
        [8, 21.2],
      ] as const)
        scene.score(
          intersect(sail, capsule([15 + s * 8, 8 + lift], [15 + s * end[0], end[1]], bone)),
          SHADE,
          ink,
        );
    scene.paint(
      union(
        capsule([15 + s * 3, 13], [15 + s * 8, 7.4 + lift], 0.9),
        capsule([15 + s * 8, 7.4 + lift], [15 + s * 14, 6.4 + lift * 1.4], 0.8),
      ),
      ink,
      flat(s < 0 ? LIGHT : MID),
      'none',
    );
  }
  for (const s of [-1, 1]) {
    scene.paint(
      polygon([15 + s * 1, 9.4], [15 + s * 4.6, 3.4], [15 + s * 5.4, 10.4]),
      ink,
      flat(s < 0 ? LIGHT : SHADE),
      'auto',
    );
  }
  const body = union(ellipse(15, 14, 6, 5.8), ellipse(15, 19, 4.4, 5));
  scene.paint(body, ink, ball(13.6, 14, 7.6, 10), 'auto');
  const eyes = scene.own('eyes', 'yellow', 'red', 'white');
  scene.pair(2.4, 13, scene.unit < 1.5 ? 2 : 1, scene.unit < 1.5 ? 2 : 1, eyes, LIGHT);
  if (scene.unit < 1.5) {
    scene.pair(2, 13.4, 0.9, 1, scene.named('black'), DEEP);
    scene.pair(1.5, 17, 0.9, 1.8, scene.named('white'), SHINE);
    mouth(scene, 15.8, 2.4, 0);
  }
  scene.pair(2, 24, 1, 1.4, ink, SHADE);
}

export function paintSpider(scene: Scene): void {
  const ink = scene.main('skin', 'black', 'brown', 'shadow', 'purple', 'red');
  const mark = scene.accent('emblem', 'red', 'lime', 'yellow', 'white');
  const leg = Math.max(0.85, scene.unit * 0.45);
  const spread = scene.vary('spread', 0.9, 1.06);
  for (const s of [-1, 1]) {
    const legs: [Point, Point][] = [
      [
        [8, 6.6],
        [12.6, 3],
      ],
      [
        [10.4, 11],
        [14.2, 10.6],
      ],
      [
        [10.4, 17],
        [14.2, 21.4],
      ],
      [
        [7.4, 20.6],
        [11, 27.8],
      ],
    ];
    for (const [knee, foot] of legs) {
      const k: Point = [15 + s * knee[0] * spread, knee[1]];
      const light = flat(s < 0 ? LIGHT : MID);
      scene.paint(
        union(
          capsule([15 + s * 2, 14.6], k, leg),
          capsule(k, [15 + s * foot[0] * spread, foot[1]], leg, leg * 0.8),
        ),
        ink,
        light,
        'none',
      );
    }
  }
  const rear = ellipse(15, 11, 6.4, 7.4);
  scene.paint(rear, ink, ball(13.6, 9.6, 8, 9, 0.2), 'auto');
  const sign = scene.choice('mark', 3);
  const shape: Shape =
    sign === 0
      ? mirrored(15, [2.4, 6.4], [0.5, 10], [2.4, 13.6])
      : sign === 1
        ? union(ellipse(15, 7.6, 1.7), ellipse(15, 11.6, 2.3))
        : union(rect(11, 7.4, 19, 8.6), rect(10.4, 11, 19.6, 12.2));
  scene.recolour(intersect(shape, rear), mark, gradient([12, 6], [18, 14], 3.6, 1.8), ink);
  scene.paint(ellipse(15, 20.4, 5, 4.6), ink, ball(13.8, 19.6, 6, 5.6, 0.2), 'auto');
  const eyes = scene.own('eyes', 'red', 'yellow', 'lime');
  scene.pair(1.9, 20.4, scene.unit < 1.5 ? 1.8 : 1, scene.unit < 1.5 ? 1.8 : 1, eyes, LIGHT);
  if (scene.unit < 1.5) {
    scene.pair(3.9, 18.6, 1, 1, eyes, MID);
    scene.pair(1.4, 24.8, 1, 2, scene.named('bone'), LIGHT);
  }
}
