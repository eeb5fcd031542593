import type { Scene } from '../canvas/scene.ts';
import { ball, flat, LIGHT, SHADE, tube } from '../canvas/shading.ts';
import { capsule, curve, ellipse, mirrored, type Point, rect, union } from '../canvas/shapes.ts';

/** Leaf clusters: overlapping balls from back to front, each with its own light and a lit rim. */
function foliage(
  scene: Scene,
  ink: number,
  blobs: readonly (readonly [number, number, number])[],
): void {
  const all = union(...blobs.map(([x, y, r]) => ellipse(x, y, r, r * 0.92)));
  const [left, top, right, bottom] = all.box;
  const whole = ball(
    (left + right) / 2 - 1,
    (top + bottom) / 2 - 1,
    (right - left) / 1.8,
    (bottom - top) / 1.75,
  );
  scene.paint(all, ink, (x, y) => Math.min(whole(x, y), 2.9) - 0.5, 'auto');
  for (const [x, y, r] of blobs) {
    const own = ball(x, y, r * 1.05, r);
    scene.recolour(
      ellipse(x, y, r * 0.94, r * 0.86),
      ink,
      (px, py) => own(px, py) * 0.62 + whole(px, py) * 0.38 - 0.15,
    );
  }
  if (scene.detail < 0.5) return;
  const w = scene.unitX;
  const h = scene.unitY;
  const count = Math.round(
    ((right - left) * (bottom - top)) / (22 * Math.max(w, 0.6) * Math.max(h, 0.6)),
  );
  for (let i = 0; i < count; i++) {
    const x = scene.grain('leaf x' + i, left + 1, right - 1);
    const y = scene.grain('leaf y' + i, top + 1, bottom - 1);
    if (all.at(x, y) > -1.4) continue;
    const lift = scene.speck(i, 7) > 0.42 ? 1 : -1;
    scene.tint(rect(x - w, y, x + w, y + h), lift, ink);
    scene.tint(rect(x - w * 0.5, y + h, x + w * 0.5, y + h * 2), lift, ink);
  }
}

function paintTrunk(scene: Scene, ink: number, top: number, half: number): void {
  const trunk = mirrored(
    15,
    [half * 0.8, top],
    [half * 0.8, 23],
    [half * 1.3, 26.4],
    [half * 2.1, 29],
    [0, 29],
  );
  scene.paint(trunk, ink, tube([15, 0], [15, 30], half * 1.4, 0.1), 'none');
  if (scene.detail > 0.4) {
    for (let i = 0; i < 3; i++) {
      const x = 15 + scene.grain('bark x' + i, -half * 0.6, half * 0.6);
      const y = scene.grain('bark y' + i, top + 2, 26);
      scene.tint(rect(x, y, x + scene.unitX * 0.9, y + 2.4), -1, ink);
    }
  }
}

function leafInk(scene: Scene): number {
  if (scene.says('autumn', 'fall')) return scene.main('leaf', 'autumn');
  if (scene.says('cherry', 'sakura', 'blossom')) return scene.main('leaf', 'blossom');
  return scene.main('leaf', 'leaf', 'leaf', 'grass', 'green', 'autumn', 'blossom');
}

/** A tree seen from above: a ring of clusters around the middle one. */
const CROWN_FROM_ABOVE = [
  [8, 9, 6.4],
  [22, 9, 6.4],
  [7.4, 20, 6.4],
  [22.6, 20, 6.4],
  [15, 23, 6.2],
  [15, 6.4, 6],
  [15, 14, 8],
] as const;

export function paintTree(scene: Scene): void {
  const bark = scene.own('trunk', 'wood', 'darkwood', 'brown');
  const kind = scene.says('pine', 'fir', 'spruce', 'christmas', 'conifer')
    ? 1
    : scene.says('oak', 'dead')
      ? 0
      : scene.choice('tree', 4) === 1 && !scene.says('apple', 'fruit', 'cherry')
        ? 1
        : 0;
  if (scene.says('dead', 'bare', 'leafless')) {
    paintTrunk(scene, bark, 10, 2.6);
    for (const [a, c, b] of [
      [
        [15, 17],
        [10, 13],
        [5, 5],
      ],
      [
        [15, 14],
        [20, 12],
        [25, 4],
      ],
      [
        [15, 12],
        [14, 8],
        [17, 1],
      ],
      [
        [9, 11],
        [8, 9],
        [2, 9],
      ],
      [
        [21, 10],
        [24, 10],
        [28, 11],
      ],
    ] as [Point, Point, Point][]) {
      scene.paint(curve(a, c, b, 1.5, 0.6), bark, flat(b[0] < 15 ? LIGHT : SHADE), 'none');
    }
    return;
  }
  if (kind === 1) {
    const green = scene.main('leaf', 'pine', 'pine', 'green', 'teal');
    paintTrunk(scene, bark, 20, 2);
    const tiers = scene.pick('tiers', [3, 4]);
    const wide = scene.vary('wide', 10, 12);
    for (let i = tiers - 1; i >= 0; i--) {
      const top = 1 + i * (18 / tiers) * 0.86;
      const foot = 1 + ((i + 1) * 24) / tiers + 0.6;
      const w = wide * (0.46 + (0.54 * (i + 1)) / tiers);
      const drop = 1.6;
      const tier = mirrored(
        15,
        [0, top],
        [w * 0.62, foot - 3.4],
        [w, foot - 0.4],
        [w * 0.7, foot + drop],
        [w * 0.34, foot],
        [0, foot + drop],
      );
      scene.paint(
        tier,
        green,
        (x, y) => {
          const side = (x - 15) / w;
          const depth = (y - top) / (foot - top);
          return 2.9 - side * 1.5 - depth * 0.9 + (Math.abs(side) > 0.5 && side < 0 ? 0.5 : 0);
        },
        'shade',
      );
    }
    return;
  }
  const green = leafInk(scene);
  if (scene.brief.view === 'top') {
    foliage(scene, green, CROWN_FROM_ABOVE);
    return;
  }
  paintTrunk(scene, bark, 14, scene.vary('trunk', 2, 2.8));
  scene.paint(
    union(capsule([15, 20], [10, 15], 1), capsule([15, 19], [20, 14], 0.9)),
    bark,
    flat(SHADE),
    'none',
  );
  const wide = scene.vary('wide', 0.9, 1.04);
  const high = scene.vary('high', -0.8, 0.8);
  const shapes: readonly (readonly [number, number, number])[] = scene.pick('crown', [
    [
      [7.4, 14, 5.8],
      [22.6, 14, 5.8],
      [15, 15.4, 6.4],
      [10, 8, 6],
      [20, 8.4, 5.8],
      [15, 6, 5.6],
    ],
    [
      [6.4, 12.6, 5.4],
      [23.6, 12.6, 5.4],
      [11, 16, 5],
      [19, 16, 5],
      [15, 9, 8.2],
    ],
    [
      [8.6, 16, 5],
      [21.4, 15.4, 5.4],
      [15, 16.4, 5.4],
      [9.4, 10, 5.4],
      [20.4, 9.4, 5.6],
      [15, 5.6, 4.8],
    ],
  ]);
  foliage(
    scene,
    green,
    shapes.map(([x, y, r]) => [15 + (x - 15) * wide, y + high, r * wide] as const),
  );
  if (scene.says('apple', 'fruit', 'cherry') || scene.chance('fruit', 0.2)) {
    const fruit = scene.own('fruit', 'red', 'orange');
    for (const [x, y] of [
      [9, 10],
      [19, 7],
      [21.4, 14],
      [13, 15.4],
    ] as const) {
      scene.paint(
        ellipse(x, y, Math.max(1.3, scene.unit * 0.6)),
        fruit,
        ball(x, y, 1.5, 1.5, 0.6),
        'shade',
      );
    }
  }
}

export function paintBush(scene: Scene): void {
  const green = leafInk(scene);
  const shapes: readonly (readonly [number, number, number])[] = scene.pick('bush', [
    [
      [7, 20, 6],
      [23, 20, 6],
      [11, 14, 6.2],
      [19.4, 13.4, 6.4],
      [15, 20.4, 7],
    ],
    [
      [6.4, 21, 5.4],
      [23.6, 21, 5.4],
      [15, 14, 8],
      [10.6, 20.4, 6],
      [19.4, 20.4, 6],
    ],
  ]);
  foliage(scene, green, shapes);
  if (scene.chance('berries', 0.65) || scene.says('berry', 'berries', 'flowers', 'rose')) {
    const berry = scene.own('petal', 'red', 'pink', 'white', 'purple', 'blue');
    for (const [i, [x, y]] of (
      [
        [8, 17],
        [14, 11],
        [20, 15.4],
        [15, 20],
        [23.6, 20.4],
        [9.6, 22.4],
      ] as const
    ).entries()) {
      if (scene.chance('berry' + i, 0.25)) continue;
      scene.paint(
        ellipse(x, y, Math.max(1.2, scene.unit * 0.6)),
        berry,
        ball(x, y, 1.5, 1.5, 0.7),
        'shade',
      );
    }
  }
}
