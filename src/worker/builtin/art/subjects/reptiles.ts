import type { Scene } from '../canvas/scene.ts';
import { ball, DEEP, flat, gradient, LIGHT, MID, SHADE, SHINE, tube } from '../canvas/shading.ts';
import {
  capsule,
  curve,
  ellipse,
  intersect,
  mirrored,
  polygon,
  rect,
  union,
} from '../canvas/shapes.ts';

export function paintDragon(scene: Scene): void {
  const ink = scene.main('skin', 'red', 'green', 'blue', 'purple', 'teal');
  const belly = scene.accent('belly', 'sand', 'yellow', 'amber', 'bone');
  const wing = scene.own('wing', 'orange', 'red', 'purple', 'brown');
  const horn = scene.own('horn', 'bone');
  scene.paint(
    curve([20, 25], [28, 29], [27.4, 20.4], 2, 0.8),
    ink,
    gradient([20, 20], [28, 28], 2.9, 1.2),
    'none',
  );
  scene.paint(polygon([25.8, 21], [27.6, 17], [29.4, 21]), horn, flat(MID), 'none');
  for (const s of [-1, 1]) {
    const sail = polygon(
      [15 + s * 4, 17],
      [15 + s * 9, 8],
      [15 + s * 14.4, 6.4],
      [15 + s * 14.2, 13],
      [15 + s * 13, 17],
      [15 + s * 11, 15.6],
      [15 + s * 10.4, 19.4],
      [15 + s * 8, 17.6],
      [15 + s * 6, 21],
    );
    scene.paint(sail, wing, gradient([15, 6], [15 + s * 6, 20], s < 0 ? 3.6 : 2.9, 1.2), 'none');
    scene.paint(
      union(
        capsule([15 + s * 4, 16], [15 + s * 9, 8.4], 0.9),
        capsule([15 + s * 9, 8.4], [15 + s * 14, 6.8], 0.8),
      ),
      ink,
      flat(s < 0 ? LIGHT : MID),
      'none',
    );
  }
  for (const s of [-1, 1]) {
    scene.paint(
      ellipse(15 + s * 4.6, 26.6, 3.2, 2.8),
      ink,
      ball(15 + s * 4.6, 26.4, 3.4, 3),
      'none',
    );
    if (scene.unit < 1.5)
      for (const dx of [3.4, 5.8]) scene.spot(15 + s * dx, 28.6, 1, 1, horn, LIGHT);
  }
  scene.paint(ellipse(15, 21.4, 6.6, 7), ink, ball(13.6, 20, 8, 8.4), 'auto');
  const front = intersect(ellipse(15, 22.4, 4, 6), rect(0, 15, 30, 28));
  scene.paint(front, belly, gradient([12, 17], [18, 28], 3.7, 1.8), 'shade');
  for (const y of [19.4, 22, 24.6])
    scene.tint(
      intersect(front, rect(0, scene.snapY(y), 30, scene.snapY(y) + scene.unitY)),
      -0.9,
      belly,
    );
  for (const s of [-1, 1])
    scene.paint(
      curve([15 + s * 4, 5.4], [15 + s * 7, 4], [15 + s * 7, 0.6], 1.5, 0.5),
      horn,
      flat(s < 0 ? LIGHT : MID),
      'none',
    );
  scene.paint(
    union(ellipse(15, 9, 6.6, 5.8), ellipse(15, 13, 5.4, 3.8)),
    ink,
    ball(13.6, 8.6, 8, 8.4, 0.1),
    'auto',
  );
  if (scene.chance('crest', 0.6))
    scene.paint(mirrored(15, [0, 1.4], [1.6, 5.4], [0, 6.4]), horn, flat(LIGHT), 'shade');
  const eyes = scene.own('eyes', 'yellow', 'amber', 'white', 'cyan');
  scene.pair(3.4, 8.6, scene.unit < 1.5 ? 2 : 1, scene.unit < 1.5 ? 2.2 : 1, eyes, LIGHT);
  if (scene.unit < 1.5) {
    scene.pair(3, 8.8, 0.9, 2, scene.named('black'), DEEP);
    scene.pair(1.7, 12.6, 1, 1, scene.named('black'), SHADE);
    scene.pair(2.9, 16, 1, 1.4, horn, SHINE);
  }
}

export function paintSnake(scene: Scene): void {
  const ink = scene.main('skin', 'green', 'lime', 'red', 'teal', 'purple', 'sand');
  const band = scene.accent('emblem', 'yellow', 'black', 'red', 'lime');
  const coils: readonly (readonly [number, number, number])[] = [
    [24.6, 12.6, 3],
    [21, 9.4, 2.6],
    [17, 7, 2.2],
  ];
  for (const [y, rx, ry] of coils) {
    scene.paint(ellipse(15, y, rx, ry + 1), ink, tube([0, y], [30, y], ry + 1.6), 'auto');
    for (const dx of [-0.6, -0.05, 0.5])
      scene.tint(
        intersect(ellipse(15, y, rx, ry + 1), rect(15 + dx * rx, y - 4, 15 + dx * rx + 1.6, y + 4)),
        -0.8,
        ink,
      );
    scene.recolour(
      intersect(
        ellipse(15, y + 0.6, rx * 0.9, ry),
        union(
          ...[-0.66, -0.12, 0.42].map(dx =>
            polygon(
              [15 + dx * rx, y],
              [15 + dx * rx + 1.6, y - 1.6],
              [15 + dx * rx + 3.2, y],
              [15 + dx * rx + 1.6, y + 1.6],
            ),
          ),
        ),
      ),
      band,
      undefined,
      ink,
    );
  }
  const neck = scene.pick('side', [-1, 1]);
  scene.paint(
    curve([15, 15], [15 - neck * 4, 11], [15, 6.6], 2.5),
    ink,
    gradient([11, 8], [19, 14], 3.4, 1.4),
    'auto',
  );
  scene.paint(ellipse(15, 6.4, 5.2, 4.2), ink, ball(13.8, 5.6, 6, 5.4, 0.2), 'auto');
  const tongue = scene.named('red');
  scene.spot(15, 11, scene.width % 2 === 0 ? scene.unitX * 2 : 1, 1.8, tongue, MID);
  scene.pair(1.4, 12.6, 1, 1, tongue, MID);
  const eyes = scene.own('eyes', 'yellow', 'red', 'black');
  scene.pair(2.9, 5.6, scene.unit < 1.5 ? 1.5 : 1, scene.unit < 1.5 ? 2 : 1, eyes, LIGHT);
  if (scene.unit < 1.5) scene.pair(2.7, 5.8, 0.7, 2, scene.named('black'), DEEP);
}
