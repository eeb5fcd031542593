import type { Scene } from './scene.ts';
import { DEEP, LIGHT, MID, SHADE, SHINE, ball, flat, gradient, plate, tube } from './shading.ts';
import {
  type Shape,
  ellipse,
  intersect,
  mirrored,
  polygon,
  rect,
  subtract,
  union,
} from './shapes.ts';
import type { Subject } from './subject.ts';

interface Bottle {
  readonly body: Shape;
  readonly cx: number;
  readonly cy: number;
  readonly rx: number;
  readonly ry: number;
  readonly neckTop: number;
  readonly neck: number;
}

function bottle(scene: Scene): Bottle {
  const kind = scene.says('round') ? 0 : scene.choice('bottle', 5);
  const neck = scene.half(scene.vary('neck', 2, 3));
  const neckTop = scene.vary('neck top', 6, 8);
  const tube = rect(15 - neck, neckTop, 15 + neck, 18);
  if (kind === 1) {
    const w = scene.vary('flask', 9, 11);
    const body = mirrored(15, [neck, neckTop], [neck, 13], [w, 25], [w - 0.6, 28], [w - 2, 29]);
    return { body, cx: 15, cy: 22, rx: w, ry: 8, neckTop, neck };
  }
  if (kind === 2) {
    const w = scene.half(scene.vary('vial', 5.4, 6.6));
    const body = union(rect(15 - w, 12, 15 + w, 29, 2.4), tube);
    return { body, cx: 15, cy: 21, rx: w, ry: 9, neckTop, neck };
  }
  if (kind === 3) {
    const w = scene.vary('drop', 8, 9.6);
    const body = mirrored(
      15,
      [neck, neckTop],
      [neck, 12.6],
      [w - 2, 17],
      [w, 20],
      [w - 1, 25],
      [w - 4, 29],
    );
    return { body, cx: 15, cy: 21, rx: w, ry: 8.4, neckTop, neck };
  }
  const r = kind === 4 ? 8.4 : 9.6;
  const body = union(ellipse(15, 29.4 - r, kind === 4 ? 10.4 : r, r), tube);
  return { body, cx: 15, cy: 29.4 - r, rx: kind === 4 ? 10.4 : r, ry: r, neckTop, neck };
}

function paintPotion(scene: Scene): void {
  const { body, cx, cy, rx, ry, neckTop, neck } = bottle(scene);
  const glass = scene.own('glass', 'glass');
  const poison = scene.brief.effects.has('poison') ? ['poison'] : undefined;
  const liquid = scene.main(
    'liquid',
    ...(poison ?? ['red', 'blue', 'green', 'purple', 'orange', 'teal', 'pink']),
  );
  const cork = scene.own('cork', 'wood', 'leather', 'bone');
  const empty = scene.says('empty');
  const level = empty ? 40 : scene.snapY(scene.vary('level', 14.4, 19));
  const lip = scene.half(neck + 1.2);
  scene.paint(body, glass, ball(cx, cy, rx * 1.1, ry * 1.1, 0.2), 'none');
  const inner = intersect(body, rect(0, level, 30, 30));
  const fill: Shape = {
    at: (x, y) => Math.max(inner.at(x, y), body.at(x, y) + scene.unit * 0.95),
    box: body.box,
  };
  scene.paint(intersect(fill, rect(0, level, 30, 30)), liquid, ball(cx, cy, rx, ry), 'none');
  const surface = intersect(fill, rect(0, level, 30, level + scene.whole(1)));
  scene.recolour(surface, liquid, flat(LIGHT));
  if (scene.detail > 0.4 && !empty) {
    for (let i = 0; i < 3; i++) {
      const x = cx + scene.grain('bubble x' + i, -rx * 0.5, rx * 0.55);
      const y = scene.grain('bubble y' + i, level + 3, 27);
      scene.recolour(intersect(fill, ellipse(x, y, 0.7)), liquid, flat(i === 0 ? SHINE : LIGHT));
    }
  }
  const corkTop = neckTop - scene.vary('cork', 3, 4.4);
  const corkHalf = scene.half(neck - 0.3);
  scene.paint(
    rect(15 - corkHalf, corkTop, 15 + corkHalf, neckTop),
    cork,
    tube([15, 0], [15, 9], corkHalf, 0.3),
    'none',
  );
  scene.paint(
    rect(15 - lip, neckTop - 0.4, 15 + lip, neckTop + scene.whole(1.6) - 0.4),
    glass,
    flat(MID),
    'auto',
  );
  scene.glint(15 - lip + 1, neckTop + 0.4, 1.6, 1);
  scene.glint(cx - rx * 0.52, cy - ry * 0.3, 1.2, 3);
  scene.glint(cx - rx * 0.4, cy - ry * 0.6, 1.2, 1);
}

/** Upright boards: dark seams between them and a little grain. */
export function boards(scene: Scene, ink: number, shape: Shape, width: number, from = 0): void {
  const cell = scene.unitX;
  for (let x = from; x < 30; x += width) {
    const at = scene.snapX(x);
    scene.tint(intersect(shape, rect(at - cell * 0.5, 0, at + cell * 0.5, 30)), -1.2, ink);
  }
  if (scene.detail < 0.5 || scene.unit > 1.3) return;
  for (let i = 0; i < 6; i++) {
    const x = scene.grain('grain x' + i, 3, 27);
    const y = scene.grain('grain y' + i, 4, 24);
    scene.tint(intersect(shape, rect(x, y, x + cell * 0.9, y + 3)), -0.8, ink);
  }
}

function paintBarrel(scene: Scene): void {
  const wood = scene.main('wood', 'wood', 'darkwood', 'leather');
  const hoop = scene.accent('guard', 'iron', 'steel', 'bronze', 'darkstone');
  if (scene.brief.view === 'top') {
    const rim = ellipse(15, 15, 12.4);
    scene.paint(rim, hoop, plate(rim, 1.4, MID, 1), 'none');
    const lid = ellipse(15, 15, 10.6);
    scene.paint(lid, wood, gradient([6, 6], [24, 24], 3.4, 1.8), 'auto');
    boards(scene, wood, lid, 5.2, 4.6);
    return;
  }
  const belly = scene.vary('belly', 10.6, 12);
  const body = mirrored(
    15,
    [belly - 2.4, 3.4],
    [belly - 0.8, 8],
    [belly, 15],
    [belly - 0.8, 22.4],
    [belly - 2.4, 28.6],
  );
  scene.paint(body, wood, tube([15, 0], [15, 30], belly * 1.04, 0.2), 'none');
  boards(scene, wood, body, 4, 7);
  const lid = ellipse(15, 4.4, belly - 2, 3);
  scene.paint(lid, wood, plate(lid, 1.1, MID - 0.6, 1), 'auto');
  scene.tint(intersect(lid, union(rect(0, 4, 30, 4 + scene.unit))), -0.9);
  for (const y of [8.6, 22.4]) {
    const half = belly - 0.2;
    const band = intersect(mirrored(15, [half, y - 1.2], [half, y + 1.2]), {
      at: (x, y2) => body.at(x, y2) - 0.7,
      box: [0, 0, 30, 30],
    });
    scene.paint(band, hoop, tube([15, 0], [15, 30], belly, 0.4), 'auto');
    scene.glint(15 - belly * 0.5, y, 1.2, 1);
  }
  if (scene.chance('tap', 0.3)) {
    scene.paint(ellipse(15, 18, 2), scene.named('darkwood'), flat(SHADE), 'auto');
    scene.paint(rect(13.6, 18, 16.4, 21.6), hoop, gradient([13, 0], [17, 0], 4, 1), 'auto');
  }
}

function paintPot(scene: Scene): void {
  const cauldron = scene.says('cauldron', 'kettle');
  const clay = cauldron
    ? scene.main('pot', 'iron', 'darkstone')
    : scene.main('pot', 'brick', 'copper', 'blue', 'sand', 'teal');
  const paint = scene.accent('guard', 'bone', 'navy', 'gold', 'white');
  const wide = scene.vary('wide', 9.4, 12);
  const high = cauldron ? 10 : scene.vary('high', 8, 11);
  const body = cauldron
    ? union(ellipse(15, 18, 12, 9.6), rect(7, 24, 10, 29), rect(20, 24, 23, 29))
    : union(
        ellipse(15, 18, wide, 10.6),
        mirrored(15, [4.6, high - 4], [4, high], [0, high + 2]),
        rect(10, 25, 20, 29),
      );
  scene.paint(body, clay, ball(14, 17, wide * 1.15, 12.4), 'none');
  const lip = cauldron ? ellipse(15, 9.6, 10.6, 3) : ellipse(15, high - 4.4, 6, 2.2);
  scene.paint(lip, clay, plate(lip, 1.2, LIGHT - 0.2, 0.9), 'auto');
  const mouth = cauldron ? ellipse(15, 9.8, 8.4, 1.9) : ellipse(15, high - 4.2, 4, 1.1);
  if (cauldron) {
    const brew = scene.own('liquid', 'poison', 'purple', 'teal', 'red');
    scene.paint(mouth, brew, flat(MID), 'none');
    for (const [x, y, r] of [
      [11.6, 8.4, 2],
      [17.4, 7.2, 2.6],
      [15, 4.2, 1.3],
    ] as const) {
      scene.paint(ellipse(x, y, r), brew, ball(x, y, r, r, 0.6), 'auto');
    }
  } else {
    scene.paint(mouth, clay, flat(DEEP), 'none');
    const pattern = scene.choice('pattern', 3);
    const y = scene.snapY(16);
    if (pattern === 0) {
      scene.recolour(intersect(body, rect(0, y, 30, y + scene.whole(2))), paint, undefined, clay);
    } else if (pattern === 1) {
      const zig = union(
        ...[-2, -1, 0, 1, 2].map(i =>
          polygon([15 + i * 5 - 2.5, y + 3], [15 + i * 5, y - 1], [15 + i * 5 + 2.5, y + 3]),
        ),
      );
      scene.recolour(intersect(body, zig), paint, undefined, clay);
    }
    for (const s of [-1, 1]) {
      const handle = subtract(
        ellipse(15 + s * (wide - 2.4), high + 3, 3.6),
        ellipse(15 + s * (wide - 2.4), high + 3, 1.7),
      );
      if (scene.chance('handles', 0.5))
        scene.paint(subtract(handle, body), clay, flat(s < 0 ? LIGHT : SHADE), 'auto');
    }
  }
  scene.glint(15 - wide * 0.5, 14.4, 1.4, 3);
}

/** A flame about (x, foot): three nested tongues of the fire ramp. */
export function flame(
  scene: Scene,
  ink: number,
  x: number,
  foot: number,
  high: number,
  wide: number,
): void {
  const lean = scene.vary('flame lean', -0.22, 0.22) * wide;
  const tongue = (share: number): Shape => {
    const h = high * share;
    const w = wide * share;
    const y = foot - wide * (1 - share) * 0.35;
    return polygon(
      [x - w * 0.5, y],
      [x - w, y - h * 0.28],
      [x - w * 0.84, y - h * 0.56],
      [x - w * 0.5, y - h * 0.72 + lean],
      [x - w * 0.36, y - h * 0.52],
      [x + lean * 0.6, y - h],
      [x + w * 0.42, y - h * 0.62],
      [x + w * 0.6, y - h * 0.72],
      [x + w, y - h * 0.3],
      [x + w * 0.5, y],
    );
  };
  scene.paint(tongue(1), ink, flat(1.5), 'none');
  scene.paint(tongue(0.76), ink, flat(2.5), 'none');
  scene.paint(tongue(0.54), ink, flat(3.5), 'none');
  scene.paint(tongue(0.32), ink, flat(4.5), 'none');
}

function paintTorch(scene: Scene): void {
  const wood = scene.main('grip', 'wood', 'darkwood', 'bone');
  const fire = scene.accent('aura', 'fire', 'fire', 'orange', 'cyan', 'lime');
  const metal = scene.own('guard', 'iron', 'bronze', 'steel');
  const half = scene.half(scene.vary('half', 1.8, 2.6));
  const top = 15.6;
  scene.paint(
    mirrored(15, [half + 0.2, top], [half * 0.72, 29]),
    wood,
    tube([15, 0], [15, 30], half + 0.3, 0.1),
    'none',
  );
  for (const y of [20.4, 24.4])
    scene.tint(rect(0, scene.snapY(y), 30, scene.snapY(y) + scene.unit), -1, wood);
  flame(scene, fire, 15, top + 0.4, scene.vary('flame', 13.4, 15.4), scene.vary('wide', 5.6, 7));
  const basket = mirrored(15, [half + 2.6, top - 1.6], [half + 1, top + 3], [0, top + 3]);
  scene.paint(
    subtract(basket, rect(0, 0, 30, top - 1.6)),
    metal,
    gradient([11, 0], [19, 0], 4.2, 1),
    'auto',
  );
}

function paintCandle(scene: Scene): void {
  const wax = scene.main('wax', 'bone', 'white', 'red', 'purple');
  const fire = scene.own('aura', 'fire');
  const plateInk = scene.accent('guard', 'gold', 'iron', 'bronze');
  const half = scene.half(scene.vary('half', 3, 4));
  const top = scene.vary('top', 11, 15);
  scene.paint(
    ellipse(15, 26, 9.4, 2.8),
    plateInk,
    plate(ellipse(15, 26, 9.4, 2.8), 1.2, MID, 1),
    'none',
  );
  scene.paint(subtract(ellipse(25, 25, 3), ellipse(25, 25, 1.2)), plateInk, flat(MID), 'none');
  scene.paint(
    rect(15 - half, top, 15 + half, 25.4, 1),
    wax,
    tube([15, 0], [15, 9], half * 1.1, 0.3),
    'auto',
  );
  for (const [dx, len] of [
    [-half + 0.8, 4],
    [half - 0.6, 6],
    [0.4, 3],
  ] as const)
    scene.tint(rect(15 + dx - 0.6, top, 15 + dx + 0.6, top + len), 1, wax);
  scene.spot(15, top - 0.8, 1, 1.6, scene.named('black'), DEEP);
  flame(scene, fire, 15, top - 1, 9, 3.2);
}

function paintLantern(scene: Scene): void {
  const metal = scene.main('guard', 'iron', 'bronze', 'gold', 'darkstone');
  const fire = scene.accent('aura', 'fire', 'amber', 'yellow', 'cyan', 'lime');
  const half = scene.half(scene.vary('half', 6.4, 8));
  scene.paint(subtract(ellipse(15, 5, 4), ellipse(15, 5, 2.4)), metal, flat(LIGHT), 'none');
  const roof = mirrored(15, [1.6, 5.6], [half + 1.4, 10.4], [half + 1.4, 12], [0, 12]);
  const glass = rect(15 - half, 11, 15 + half, 26);
  scene.paint(
    glass,
    fire,
    (x, y) => {
      const dx = (x - 15) / half;
      const dy = (y - 19) / 8;
      const d = dx * dx + dy * dy;
      return d < 0.16 ? SHINE : d < 0.55 ? LIGHT : d < 1 ? MID : SHADE;
    },
    'none',
  );
  const bar = scene.whole(1.2);
  for (const x of [15 - half, 15 + half - bar])
    scene.paint(rect(x, 11, x + bar, 26), metal, flat(x < 15 ? LIGHT : SHADE), 'shade');
  if (scene.chance('bars', 0.6))
    scene.paint(rect(15 - scene.half(0.7), 11, 15 + scene.half(0.7), 26), metal, flat(MID), 'none');
  scene.paint(roof, metal, gradient([8, 6], [22, 12], 4.2, 1), 'auto');
  scene.paint(
    rect(15 - half - 1.4, 25.4, 15 + half + 1.4, 29, 0.8),
    metal,
    gradient([7, 25], [23, 29], 4, 0.8),
    'auto',
  );
}

export const VESSELS: readonly Subject[] = [
  {
    name: 'potion',
    words:
      'potion elixir flask bottle vial tonic brew philter antidote phial trank poción 🧪 ⚗ 薬 ポーション 药水',
    weak: 'poison mana',
    kind: 'item',
    paint: paintPotion,
  },
  { name: 'barrel', words: 'barrel keg cask fass barril 🛢 樽', kind: 'item', paint: paintBarrel },
  {
    name: 'pot',
    words: 'pot jar vase urn cauldron kettle amphora jug ⚱ 🏺',
    kind: 'item',
    paint: paintPot,
  },
  {
    name: 'torch',
    words: 'torch fackel antorcha brazier 🔥',
    weak: 'fire flame fireball',
    kind: 'item',
    paint: paintTorch,
  },
  { name: 'candle', words: 'candle kerze vela 🕯', kind: 'item', paint: paintCandle },
  { name: 'lantern', words: 'lantern lamp laterne linterna 🏮', kind: 'item', paint: paintLantern },
];
