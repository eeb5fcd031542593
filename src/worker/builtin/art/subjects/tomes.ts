import type { Scene } from '../canvas/scene.ts';
import { flat, gradient, LIGHT, MID, SHADE } from '../canvas/shading.ts';
import { mirrored, polygon, rect } from '../canvas/shapes.ts';
import { emblem } from './emblems.ts';
import { writing } from './scrolls.ts';

export function paintBook(scene: Scene): void {
  const cover = scene.main('cover', 'red', 'blue', 'green', 'purple', 'brown', 'navy', 'teal');
  const trim = scene.accent('guard', 'gold', 'silver', 'bronze');
  const paper = scene.named('paper');
  if (scene.says('open')) {
    scene.paint(
      mirrored(15, [0, 9], [13.6, 6.6], [14, 25], [0, 27.4]),
      cover,
      gradient([2, 6], [28, 26], 3.4, 1),
      'none',
    );
    for (const s of [-1, 1]) {
      const page = polygon(
        [15, 8],
        [15 + s * 4, 5.4],
        [15 + s * 12.4, 5],
        [15 + s * 12.4, 22.6],
        [15 + s * 4, 23],
        [15, 25.6],
      );
      scene.paint(
        page,
        paper,
        gradient([15 - 12, 0], [15 + 12, 0], s < 0 ? 3.9 : 3.6, s < 0 ? 3.2 : 2.1),
        'auto',
      );
      writing(
        scene,
        scene.named('brown'),
        15 + (s < 0 ? -10.6 : 2.4),
        15 + (s < 0 ? -2.4 : 10.6),
        9.4,
        20,
      );
    }
    return;
  }
  const left = 4.4;
  const right = scene.vary('wide', 23.4, 25.4);
  scene.paint(rect(left, 2, right, 28.4, 1), cover, flat(SHADE), 'none');
  scene.paint(
    rect(left + 2, 24, right - 1, 27.4),
    paper,
    (_x, y) => (Math.floor(y / scene.unitY) % 2 === 0 ? LIGHT : MID),
    'none',
  );
  const front = rect(left, 1.4, right, 25, 0.8);
  scene.paint(front, cover, gradient([7, 4], [24, 24], 3.6, 1.5), 'auto');
  const spine = rect(left, 1.4, left + 4, 25, 0.8);
  scene.paint(spine, cover, gradient([left, 0], [left + 4, 0], 2.6, 0.9), 'none');
  scene.score(rect(left + 4, 2, left + 4 + scene.unit * 0.98, 25), 0.6);
  const c = scene.whole(2.6);
  if (scene.chance('corners', 0.7)) {
    for (const [x, y] of [
      [right - c, 1.4],
      [right - c, 25 - c],
    ] as const) {
      scene.paint(rect(x, y, x + c, y + c), trim, flat(LIGHT), 'none');
    }
  } else
    for (const y of [5, 20])
      scene.paint(rect(left, y, left + 4, y + scene.whole(1.2)), trim, flat(LIGHT), 'none');
  const cx = (left + 4 + right) / 2;
  scene.paint(
    emblem(scene, 'sign', cx + 0.5, 12.6, 4.8),
    trim,
    gradient([cx - 4, 8], [cx + 4, 17], 4.2, 1.6),
    'shade',
  );
  if (scene.chance('strap', 0.3))
    scene.paint(
      rect(right - 5, 11, right + 1.4, 15, 0.6),
      trim,
      gradient([20, 0], [27, 0], 3.8, 1.6),
      'auto',
    );
}
