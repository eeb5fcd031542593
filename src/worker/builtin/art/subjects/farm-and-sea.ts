import type { Scene } from '../canvas/scene.ts';
import { ball, DEEP, flat, gradient, LIGHT, MID, SHADE, SHINE } from '../canvas/shading.ts';
import { capsule, ellipse, intersect, polygon, rect, subtract, union } from '../canvas/shapes.ts';
import { mouth } from './faces.ts';

export function paintFish(scene: Scene): void {
  const ink = scene.main('skin', 'orange', 'blue', 'teal', 'red', 'silver', 'yellow');
  const fin = scene.accent('wing', 'red', 'yellow', 'purple', 'cyan');
  const high = scene.vary('high', 6.4, 8.6);
  const fork = scene.vary('fork', 1, 4);
  scene.paint(
    polygon([20, 15], [28.4, 8], [28.4 - fork, 15], [28.4, 22]),
    fin,
    gradient([22, 8], [27, 22], 3.6, 1.4),
    'none',
  );
  scene.paint(
    polygon([9, 15 - high + 1.4], [14, 15 - high - 3], [20, 15 - high * 0.5]),
    fin,
    flat(LIGHT),
    'none',
  );
  scene.paint(
    polygon([12, 15 + high - 1.4], [17, 15 + high + 2.6], [18, 15 + high * 0.6]),
    fin,
    flat(SHADE),
    'none',
  );
  const body = intersect(
    ellipse(12.6, 15 + 3, 11.6, high + 3),
    ellipse(12.6, 15 - 3, 11.6, high + 3),
  );
  scene.paint(body, ink, ball(10.6, 12.6, 12.6, high * 1.5), 'auto');
  scene.recolour(
    intersect(body, rect(0, 15 + high * 0.36, 30, 30)),
    scene.named('bone'),
    gradient([0, 16], [0, 24], 3.6, 1.8),
  );
  const kind = scene.choice('stripes', 3);
  if (kind > 0)
    for (const x of kind === 1 ? [12.6, 17] : [13, 16, 19])
      scene.recolour(
        intersect(body, rect(x, 0, x + (kind === 1 ? 2 : 1), 30)),
        fin,
        undefined,
        ink,
      );
  else
    for (let i = 0; i < 6; i++)
      scene.tint(
        intersect(
          body,
          rect(
            11 + (i % 3) * 3.4,
            12.4 + Math.floor(i / 3) * 3.2,
            12.6 + (i % 3) * 3.4,
            13.4 + Math.floor(i / 3) * 3.2,
          ),
        ),
        1,
        ink,
      );
  scene.paint(
    polygon([11.4, 16], [16.4, 17], [13, 20.4]),
    fin,
    gradient([11, 16], [16, 20], 3.8, 1.8),
    'shade',
  );
  scene.paint(
    ellipse(6, 13.4, Math.max(1.9, scene.unit * 0.6)),
    scene.named('white'),
    flat(SHINE),
    scene.unit < 1.2 ? 'auto' : 'none',
  );
  scene.spot(5.8, 13.6, 1.4, 1.6, scene.named('black'), DEEP);
  scene.score(capsule([1.4, 17], [4.4, 17.4], scene.unit * 0.5), DEEP);
}

export function paintChicken(scene: Scene): void {
  const ink = scene.main('skin', 'white', 'yellow', 'brown', 'bone');
  const comb = scene.accent('plume', 'red');
  const beak = scene.named('orange');
  const chick = scene.says('chick', 'duck', 'duckling', 'bird') || scene.chance('chick', 0.2);
  for (const x of [12.6, 18])
    scene.paint(
      union(rect(x - 0.6, 24, x + 0.6, 28.4), rect(x - 2.2, 27.6, x + 1, 28.8)),
      beak,
      flat(MID),
      'none',
    );
  if (!chick)
    scene.paint(
      union(ellipse(24.4, 11.6, 3, 4.4), ellipse(26, 15, 2.4, 3)),
      ink,
      gradient([22, 8], [28, 18], 3.6, 1.6),
      'none',
    );
  if (!chick)
    scene.paint(
      union(ellipse(8.4, 4.4, 1.8), ellipse(11.2, 3.4, 1.9), ellipse(13.4, 5, 1.6)),
      comb,
      flat(MID),
      'none',
    );
  const body = union(
    ellipse(16.4, 18.4, 9.4, 7.6),
    ellipse(11, 10, 5.4, 5.4),
    polygon([6.2, 12], [16, 9], [21, 14], [8, 20]),
  );
  scene.paint(body, ink, ball(13, 14.4, 14, 13.4, 0.1), 'auto');
  scene.paint(
    polygon([13.4, 16], [23.4, 15], [22, 20], [17, 22.4]),
    ink,
    gradient([13, 15], [22, 22], 3.4, 1.4),
    'auto',
  );
  scene.paint(
    polygon([6.4, 8.8], [2, 11.2], [6.6, 12.6]),
    beak,
    gradient([4, 9], [5, 13], 3.9, 1.8),
    'auto',
  );
  if (!chick) scene.paint(ellipse(6.6, 14.4, 1.4, 1.8), comb, flat(MID), 'shade');
  scene.spot(9, 9.6, 1.3, 1.8, scene.named('black'), DEEP);
}

export function paintCrab(scene: Scene): void {
  const ink = scene.main('skin', 'red', 'orange', 'blue', 'teal');
  const leg = Math.max(0.9, scene.unit * 0.5);
  for (const s of [-1, 1]) {
    for (const [i, [x, y]] of (
      [
        [12.6, 21.4],
        [12.4, 25],
        [9.6, 28],
      ] as const
    ).entries()) {
      scene.paint(
        union(
          capsule([15 + s * 7, 19 + i * 1.4], [15 + s * (x - 1), 18.4 + i * 2.4], leg),
          capsule([15 + s * (x - 1), 18.4 + i * 2.4], [15 + s * x, y], leg, 0.5),
        ),
        ink,
        flat(s < 0 ? LIGHT - 0.4 : SHADE),
        'none',
      );
    }
    scene.paint(
      capsule([15 + s * 7.4, 16], [15 + s * 10.6, 11.6], 1.3),
      ink,
      flat(s < 0 ? LIGHT : SHADE),
      'none',
    );
    const claw = subtract(
      ellipse(15 + s * 10.6, 7.6, 4, 4.6),
      polygon([15 + s * 10.4, 8], [15 + s * 8.6, 0], [15 + s * 12.6, 0]),
    );
    scene.paint(claw, ink, ball(15 + s * 10.6, 7.4, 4.6, 5, 0.1), 'auto');
    scene.paint(
      rect(15 + s * 3 - 0.7, 9.4, 15 + s * 3 + 0.7, 14),
      ink,
      flat(s < 0 ? LIGHT : MID),
      'none',
    );
  }
  scene.paint(
    ellipse(15, 19, scene.vary('wide', 9.4, 10.6), 6.4),
    ink,
    ball(13.4, 17, 12, 8.6),
    'auto',
  );
  scene.pair(
    3,
    9,
    scene.unit < 1.5 ? 2.4 : 1,
    scene.unit < 1.5 ? 2.6 : 1,
    scene.named('white'),
    SHINE,
  );
  scene.pair(2.8, 9.3, 1, 1.4, scene.named('black'), DEEP);
  mouth(scene, 20.4, 2.6, 1);
  if (scene.unit < 1.5) scene.pair(5.4, 16, 1.4, 1, ink, LIGHT + 0.5);
}
