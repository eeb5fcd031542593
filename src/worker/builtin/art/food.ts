import type { Scene } from './scene.ts';
import { DEEP, LIGHT, MID, SHADE, ball, flat, gradient, tube } from './shading.ts';
import {
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

function paintLeaf(scene: Scene, x: number, y: number, side: number, size: number): void {
  const green = scene.own('leaf', 'leaf', 'lime', 'green');
  const leaf = intersect(
    ellipse(x + side * size * 0.5, y - size * 0.55, size),
    ellipse(x + side * size * 0.75, y + size * 0.45, size),
  );
  scene.paint(leaf, green, gradient([x, y - size], [x + side * size, y + size], 3.9, 1.4), 'auto');
}

function paintApple(scene: Scene): void {
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

function paintMeat(scene: Scene): void {
  const meat = scene.main('meat', 'copper', 'rust', 'wood');
  const bone = scene.accent('bone', 'bone');
  const x = scene.vary('fat', 12.4, 13.4);
  scene.paint(capsule([17, 17], [25.4, 25.4], 1.7), bone, flat(LIGHT - 0.3), 'none');
  for (const [bx, by] of [
    [27, 23.8],
    [23.8, 27],
  ] as const)
    scene.paint(ellipse(bx, by, 2.4), bone, ball(bx, by, 2.6, 2.6, 0.8), 'none');
  const body = union(ellipse(x - 1, 11.6, 10, 9.4), capsule([13, 12], [19, 19], 7, 2.4));
  scene.paint(body, meat, ball(x - 1, 11.4, 11.4, 11), 'auto');
  for (let i = 0; i < 3; i++) {
    const gx = 8 + i * 4.4;
    scene.tint(capsule([gx + 3, 9 + i * 2.6], [gx, 13 + i * 2.6], scene.unit * 0.55), -1, meat);
  }
  scene.glint(7.6, 7.6, 2.4, 1.4);
  scene.glint(6, 9.6, 1.2, 2);
}

function paintBread(scene: Scene): void {
  const crust = scene.main('crust', 'wood', 'bronze', 'amber');
  const inside = scene.named('paper');
  const high = scene.vary('high', 8, 10.4);
  const loaf = union(
    ellipse(15, 18, 13.4, high),
    intersect(rect(2, 17, 28, 25, 3), ellipse(15, 18, 14, 11)),
  );
  scene.paint(loaf, crust, ball(13, 16.6, 15.4, high * 1.3), 'none');
  const cuts = scene.pick('cuts', [3, 4]);
  for (let i = 0; i < cuts; i++) {
    const x = 7.6 + (i * 15) / (cuts - 1);
    scene.paint(
      intersect(loaf, capsule([x + 1.6, 11.6], [x - 1.2, 17], 1, 0.8)),
      inside,
      flat(MID),
      'shade',
    );
  }
}

function paintCheese(scene: Scene): void {
  const cheese = scene.main('cheese', 'yellow', 'amber', 'gold');
  const top = polygon([2, 14], [19, 5], [28, 12.4], [28, 13.4], [2, 15.4]);
  scene.paint(
    polygon([2, 14.4], [28, 13], [28, 24.4], [2, 26]),
    cheese,
    gradient([2, 14], [28, 24], 2.9, 1.6),
    'none',
  );
  scene.paint(top, cheese, flat(LIGHT), 'shade');
  const holes: [number, number, number][] = [
    [8, 20.4, 2.5],
    [16.4, 18, 1.8],
    [22.4, 20.6, 2.5],
    [14.4, 23.4, 1.4],
  ];
  for (const [i, [x, y, r]] of holes.entries()) {
    const dx = scene.vary('hole x' + i, -1.2, 1.2);
    scene.recolour(ellipse(x + dx, y, r), cheese, flat(DEEP + 0.5));
    scene.recolour(ellipse(x + dx + 0.6, y + 0.7, r * 0.66), cheese, flat(SHADE));
  }
  scene.glint(8, 13, 2.4, 1);
}

function paintMushroom(scene: Scene): void {
  const cap = scene.main('cap', 'red', 'red', 'purple', 'brown', 'blue', 'teal');
  const dots = scene.accent('dots', 'white', 'bone', 'yellow');
  const stalk = scene.own('trunk', 'bone');
  const high = scene.vary('high', 10.6, 13);
  const wide = scene.vary('wide', 11.6, 13.6);
  const half = scene.vary('stalk', 3.4, 4.8);
  scene.paint(
    mirrored(15, [half, 15], [half - 0.4, 21], [half + 1.4, 26.4], [half, 28.6], [0, 29]),
    stalk,
    tube([15, 0], [15, 9], half * 1.3, 0.3),
    'none',
  );
  const dome = intersect(ellipse(15, 17, wide, high + 2), rect(0, 0, 30, 18.6));
  scene.paint(
    union(dome, ellipse(15, 17.4, wide, 2.6)),
    cap,
    ball(13.4, 16, wide * 1.16, high + 3),
    'auto',
  );
  scene.tint(intersect(ellipse(15, 19.4, wide, 2.4), rect(0, 17.6, 30, 30)), -1.4, cap);
  const r = Math.max(scene.vary('dot', 1.6, 2.3), scene.unit * 0.7);
  for (const [x, y, k] of [
    [10, 11, 1.1],
    [17.6, 8, 1],
    [21.6, 14, 1],
    [6, 16, 0.7],
    [14.6, 15, 0.75],
  ] as const) {
    if (k < 0.8 && scene.unit > 1.4) continue;
    const spot = intersect(ellipse(x, y, r * k * 1.15, r * k), dome);
    scene.paint(spot, dots, ball(x, y, r * 1.6, r * 1.6, 0.2), 'none');
  }
  if (scene.says('cute', 'face', 'happy')) scene.pair(1.7, 22, 1, 2, scene.named('black'), DEEP);
}

function paintCherry(scene: Scene): void {
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

export const FOOD: readonly Subject[] = [
  {
    name: 'apple',
    words: 'apple fruit pear apfel manzana 🍎 🍏 🍐 りんご',
    weak: 'food',
    kind: 'item',
    paint: paintApple,
  },
  {
    name: 'cherry',
    words: 'cherry cherries berry berries grape 🍒',
    kind: 'item',
    paint: paintCherry,
  },
  {
    name: 'meat',
    words: 'meat drumstick chicken ham steak turkey 🍗 🍖 🥩',
    kind: 'item',
    paint: paintMeat,
  },
  {
    name: 'bread',
    words: 'bread loaf bun baguette brot pan 🍞 🥖',
    kind: 'item',
    paint: paintBread,
  },
  { name: 'cheese', words: 'cheese käse queso 🧀', kind: 'item', paint: paintCheese },
  {
    name: 'mushroom',
    words: 'mushroom toadstool fungus shroom pilz seta 🍄 きのこ',
    kind: 'item',
    paint: paintMushroom,
  },
];
