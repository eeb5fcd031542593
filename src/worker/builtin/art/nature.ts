import type { Scene } from './scene.ts';
import { DEEP, LIGHT, MID, SHADE, SHINE, ball, flat, gradient, plate, tube } from './shading.ts';
import {
  type Point,
  type Shape,
  capsule,
  curve,
  ellipse,
  intersect,
  mirrored,
  polygon,
  rect,
  subtract,
  union,
} from './shapes.ts';
import type { Subject } from './subject.ts';

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

function paintTree(scene: Scene): void {
  const bark = scene.own('trunk', 'wood', 'darkwood', 'brown');
  const kind = scene.says('pine', 'fir', 'spruce', 'christmas', 'conifer')
    ? 1
    : scene.says('oak', 'dead')
      ? 0
      : scene.choice('tree', 4) === 1
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

function paintBush(scene: Scene): void {
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

function paintFlower(scene: Scene): void {
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

function paintRock(scene: Scene): void {
  const stone = scene.main('rock', 'stone', 'stone', 'darkstone', 'dirt', 'sand');
  const j = (name: string, by: number): number => scene.vary(name, -by, by);
  const peak = 11 + j('peak', 3.4);
  const shape = polygon(
    [2.4, 23 + j('a', 1)],
    [4.4, 15 + j('b', 2)],
    [peak - 3, 7 + j('c', 1.6)],
    [peak + 4, 5 + j('d', 1.4)],
    [22 + j('e', 1.6), 10 + j('f', 1.4)],
    [27.6, 18 + j('g', 2)],
    [28, 24],
    [24.4, 27.6],
    [6, 27.6],
  );
  scene.paint(shape, stone, flat(MID), 'none');
  const ridge: Point = [peak + 1 + j('r', 1), 13 + j('s', 1.4)];
  scene.recolour(
    intersect(
      shape,
      polygon([0, 24], [3, 12], [peak - 3, 5], [peak + 5, 3], ridge, [peak - 4, 21], [3, 26]),
    ),
    stone,
    flat(LIGHT),
  );
  scene.recolour(
    intersect(
      shape,
      polygon(
        [peak - 2, 4],
        [peak + 6, 2],
        [22, 8],
        [ridge[0] + 1, ridge[1]],
        [ridge[0] - 4, ridge[1] - 2],
      ),
    ),
    stone,
    flat(SHINE - 1 + (scene.chance('bright', 0.5) ? 1 : 0)),
  );
  scene.recolour(
    intersect(
      shape,
      polygon(
        [ridge[0] + 5, ridge[1] + 1],
        [24, 8],
        [32, 18],
        [32, 30],
        [12, 30],
        [peak, 24],
        [ridge[0] + 4, 23],
      ),
    ),
    stone,
    flat(SHADE),
  );
  scene.recolour(
    intersect(shape, polygon([30, 20], [30, 30], [10, 30], [12, 26], [21, 25.4], [25, 21])),
    stone,
    flat(DEEP),
  );
  if (scene.unit < 1.5 && scene.detail > 0.4) {
    const x = scene.grain('crack', 9, 17);
    scene.score(capsule([x, 15], [x + 2.4, 18.6], scene.unit * 0.5), SHADE);
    scene.score(capsule([x + 2.4, 18.6], [x + 1.6, 22], scene.unit * 0.45), SHADE);
    scene.glint(scene.grain('chip', 6, 9), 18, 1.6, 1);
  }
  if (scene.chance('second', 0.5)) {
    const small = polygon([17, 28.4], [18, 23.6], [22, 21.4], [27, 23], [28.6, 28.4]);
    scene.paint(small, stone, gradient([19, 22], [27, 28], 3.9, 1), 'auto');
  }
}

function paintLog(scene: Scene): void {
  const bark = scene.own('trunk', 'wood', 'darkwood', 'brown');
  const cut = scene.main('cut', 'sand', 'bone');
  if (scene.says('stump')) {
    scene.paint(
      mirrored(15, [8.4, 12], [8.6, 22], [12, 28], [0, 28]),
      bark,
      tube([15, 0], [15, 30], 10.4),
      'none',
    );
    for (const x of [10, 14, 19]) scene.tint(rect(x, 16, x + scene.unit, 24), -1, bark);
    scene.paint(ellipse(15, 12, 8.8, 4), cut, plate(ellipse(15, 12, 8.8, 4), 1, MID, 0.9), 'auto');
    scene.score(subtract(ellipse(15, 12, 5, 2.2), ellipse(15, 12, 4, 1.4)), SHADE);
    return;
  }
  scene.paint(rect(5, 9, 28, 24, 2), bark, tube([0, 16.6], [30, 16.6], 8), 'none');
  for (let i = 0; i < 5; i++) {
    const x = scene.grain('bark' + i, 13, 23);
    scene.tint(rect(x, 11 + i * 2.6, x + 4, 11 + i * 2.6 + scene.unitY * 0.9), -1, bark);
  }
  const face = ellipse(8.4, 16.5, 5.4, 7.5);
  scene.paint(face, cut, plate(face, 1.2, MID + 0.6, 0.8), 'auto');
  for (const r of [0.66, 0.3])
    scene.score(
      subtract(
        ellipse(8.4, 16.5, 5.4 * r, 7.5 * r),
        ellipse(8.4, 16.5, 5.4 * r - scene.unit, 7.5 * r - scene.unit),
      ),
      SHADE,
    );
}

function paintCactus(scene: Scene): void {
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

function paintCloud(scene: Scene): void {
  const ink = scene.main('cloud', 'ghost', 'white');
  const shape: Shape = union(
    ellipse(8, 19, 6, 5),
    ellipse(14, 13.4, 7),
    ellipse(21.6, 17, 6.4),
    rect(5, 17, 25, 23.8, 3),
  );
  scene.paint(shape, ink, gradient([10, 8], [19, 25], 4.6, 1.6), 'none');
}

export const NATURE: readonly Subject[] = [
  {
    name: 'tree',
    words:
      'tree oak pine fir spruce birch willow sapling conifer baum árbol arbre 🌳 🌲 🎄 木 дерево',
    weak: 'forest',
    kind: 'scenery',
    paint: paintTree,
  },
  {
    name: 'bush',
    words: 'bush shrub hedge busch plant 🌿',
    weak: 'leaf leaves',
    kind: 'scenery',
    paint: paintBush,
  },
  {
    name: 'flower',
    words: 'flower rose tulip daisy sunflower blossom herb blume flor fleur 🌹 🌷 🌻 🌼 🌸 🌺 花',
    kind: 'scenery',
    paint: paintFlower,
  },
  {
    name: 'rock',
    words: 'rock boulder pebble ore felsen roca 🪨 岩',
    weak: 'stone granite',
    kind: 'scenery',
    paint: paintRock,
  },
  {
    name: 'log',
    words: 'log stump lumber firewood 🪵',
    weak: 'wood timber',
    kind: 'scenery',
    paint: paintLog,
  },
  { name: 'cactus', words: 'cactus cacti kaktus 🌵', kind: 'scenery', paint: paintCactus },
  { name: 'cloud', words: 'cloud wolke nube ☁', kind: 'scenery', paint: paintCloud },
];
