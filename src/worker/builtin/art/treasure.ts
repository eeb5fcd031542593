import { emblem, star } from './armour.ts';
import { Frame } from './frame.ts';
import type { Scene } from './scene.ts';
import { DEEP, LIGHT, MID, SHADE, SHINE, ball, flat, gradient, plate } from './shading.ts';
import {
  type Point,
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

type Facet = readonly [light: number, ...points: Point[]];

/** Facet tables: light and corners, as seen from the front with light from the top left. */
const CUTS: readonly (readonly Facet[])[] = [
  [
    [4.5, [8, 5], [22, 5], [20, 11], [10, 11]],
    [3.5, [8, 5], [10, 11], [2, 12]],
    [2.5, [22, 5], [28, 12], [20, 11]],
    [3.5, [2, 12], [10, 11], [15, 28]],
    [2.5, [10, 11], [20, 11], [15, 28]],
    [1.5, [20, 11], [28, 12], [15, 28]],
  ],
  [
    [4.5, [10, 2], [20, 2], [19, 6], [11, 6]],
    [3.5, [10, 2], [11, 6], [9, 9], [5, 7]],
    [2.5, [20, 2], [25, 7], [21, 9], [19, 6]],
    [3.5, [5, 7], [9, 9], [9, 21], [5, 23]],
    [1.5, [25, 7], [25, 23], [21, 21], [21, 9]],
    [1.5, [5, 23], [9, 21], [11, 24], [10, 28]],
    [0.5, [25, 23], [20, 28], [19, 24], [21, 21]],
    [1.5, [10, 28], [11, 24], [19, 24], [20, 28]],
    [2.5, [11, 6], [19, 6], [21, 9], [21, 21], [19, 24], [11, 24], [9, 21], [9, 9]],
    [3.5, [11, 6], [19, 6], [21, 9], [9, 20], [9, 9]],
  ],
  [
    [4.5, [15, 1], [8, 9], [13, 11]],
    [3.5, [15, 1], [13, 11], [22, 9]],
    [3.5, [8, 9], [13, 11], [12, 24], [7, 21]],
    [2.5, [13, 11], [22, 9], [23, 21], [12, 24]],
    [1.5, [7, 21], [12, 24], [15, 29]],
    [0.9, [12, 24], [23, 21], [15, 29]],
  ],
  [
    [4.5, [11, 9], [19, 9], [21, 15], [15, 20], [9, 15]],
    [3.5, [15, 2], [6, 5], [11, 9]],
    [4.5, [15, 2], [11, 9], [19, 9]],
    [2.5, [15, 2], [19, 9], [24, 5]],
    [3.5, [6, 5], [2, 13], [9, 15], [11, 9]],
    [1.5, [24, 5], [19, 9], [21, 15], [28, 13]],
    [2.5, [2, 13], [5, 22], [9, 15]],
    [0.5, [28, 13], [21, 15], [25, 22]],
    [1.5, [5, 22], [15, 28], [15, 20], [9, 15]],
    [0.5, [25, 22], [21, 15], [15, 20], [15, 28]],
    [3.5, [11, 9], [15, 20], [9, 15]],
    [2.5, [19, 9], [21, 15], [15, 20], [11, 9]],
  ],
];

function paintGem(scene: Scene): void {
  const ink = scene.main(
    'gem',
    'ruby',
    'emerald',
    'sapphire',
    'amethyst',
    'diamond',
    'amber',
    'crystal',
  );
  const cut = CUTS[scene.choice('cut', CUTS.length)] ?? [];
  const wide = scene.vary('wide', 0.86, 1);
  const shapes = cut.map(([, ...points]) =>
    polygon(...points.map(([x, y]): Point => [15 + (x - 15) * wide, y])),
  );
  scene.paint(union(...shapes), ink, flat(MID), 'none');
  for (const [i, shape] of shapes.entries()) {
    const light = cut[i]?.[0] ?? MID;
    scene.recolour(shape, ink, flat(light));
  }
  scene.glint(15 + (scene.grain('glint', 9.4, 11) - 15) * wide, 9.6, 1.4, 1.4);
  scene.glint(19.4, 19.6, 1, 1, LIGHT);
}

function paintCoin(scene: Scene): void {
  const ink = scene.main('coin', 'gold', 'gold', 'silver', 'copper', 'bronze');
  const rx = scene.brief.view === 'side' ? 4.4 : scene.vary('turn', 9.6, 12.4);
  const thick = scene.whole(1.6);
  const back = union(ellipse(15 + thick, 15, rx, 12.6), ellipse(15, 15, rx, 12.6));
  scene.paint(back, ink, gradient([6, 6], [26, 24], 2.4, 0.4), 'none');
  const face = ellipse(15 - thick * 0.3, 15, rx, 12.6);
  scene.paint(face, ink, plate(face, 1.7, LIGHT - 0.2, 1), 'none');
  const dish = ellipse(15 - thick * 0.3, 15, rx - 2.2, 10.4);
  scene.paint(dish, ink, plate(dish, 1.2, MID, -0.9), 'none');
  const cx = 15 - thick * 0.3;
  const sign = scene.says('star') ? star(cx, 15, 7, 3.2) : emblem(scene, 'sign', cx, 15, 6.4);
  const hollow = scene.says('hole', 'square') || scene.chance('hole', 0.15);
  if (hollow)
    scene.paint(rect(cx - 2.6, 12.4, cx + 2.6, 17.6), scene.named('black'), flat(SHADE), 'none');
  else {
    const step = scene.unit;
    const cast = { at: (x: number, y: number) => sign.at(x - step, y - step), box: dish.box };
    scene.paint(intersect(dish, cast), ink, flat(SHADE - 0.2), 'none');
    scene.paint(sign, ink, flat(LIGHT + 0.4), 'none');
  }
  scene.glint(cx - rx * 0.62, 8.4, 1.2, 2.4);
  scene.glint(cx - rx * 0.42, 6.2, 2, 1);
}

function paintKey(scene: Scene): void {
  const frame = new Frame(scene, 1.5);
  const ink = scene.main('key', 'gold', 'bronze', 'iron', 'silver', 'copper');
  const cell = scene.unit * 0.71;
  const r = scene.vary('bow', 5, 6.4);
  const cu = r + 0.5;
  const half = Math.max(1.15, scene.unit * 0.75);
  const end = frame.length - 1.5;
  const light = frame.shading((_u, v) =>
    v < -half + cell ? LIGHT + 0.3 : v > half - cell ? SHADE : MID,
  );
  scene.paint(frame.shape(rect(cu + r - 2, -half, end, half)), ink, light, 'none');
  const deep = scene.vary('teeth', 3.4, 4.8) + half;
  const teeth = scene.pick('bits', [
    [0, 4.6],
    [0, 3.4, 6.8],
    [0, 5.6],
  ] as const);
  for (const [i, back] of teeth.entries()) {
    const reach = deep - (i % 2) * 1.2;
    scene.paint(
      frame.shape(rect(end - back - 2.2, half - 0.3, end - back, reach)),
      ink,
      frame.shading((u, v) => (u > end - back - cell ? LIGHT : v > reach - cell ? SHADE : MID)),
      'none',
    );
  }
  const hole = Math.max(r - 2.6, scene.unit * 0.8);
  const kind = scene.choice('shape', 4);
  const [x, y] = frame.point(cu, 0);
  const outer =
    kind === 1
      ? frame.shape(
          union(ellipse(cu - 2, 0, 3.4), ellipse(cu + 1.6, -3.6, 3.4), ellipse(cu + 1.6, 3.6, 3.4)),
        )
      : kind === 2
        ? frame.shape(polygon([cu - r, 0], [cu, -r], [cu + r, 0], [cu, r]))
        : ellipse(x, y, r);
  const inner =
    kind === 1
      ? frame.shape(
          union(ellipse(cu - 2, 0, 1.3), ellipse(cu + 1.6, -3.6, 1.3), ellipse(cu + 1.6, 3.6, 1.3)),
        )
      : kind === 2
        ? frame.shape(polygon([cu - hole, 0], [cu, -hole], [cu + hole, 0], [cu, hole]))
        : ellipse(x, y, hole);
  const gem = kind === 3 && (scene.chance('gem', 0.7) || scene.says('gem'));
  scene.paint(subtract(outer, inner), ink, ball(x, y, r * 1.25, r * 1.25, 0.25), 'none');
  if (gem)
    scene.paint(
      inner,
      scene.accent('gem', 'ruby', 'sapphire', 'emerald', 'amethyst'),
      ball(x, y, hole),
      'auto',
    );
  const ring = frame.shape(rect(cu + r - 0.6, -half - 1, cu + r + 1.2, half + 1));
  scene.paint(
    ring,
    ink,
    frame.shading((_u, v) => (v < 0 ? SHINE : MID)),
    'auto',
  );
}

function paintRing(scene: Scene): void {
  const ink = scene.main('ring', 'gold', 'gold', 'silver', 'bronze');
  const gem = scene.accent('gem', 'ruby', 'sapphire', 'emerald', 'amethyst', 'diamond', 'crystal');
  const r = scene.vary('band', 9.4, 10.4);
  const thick = scene.vary('thick', 2.6, 3.6);
  const band = subtract(ellipse(15, 18.6, r, r), ellipse(15, 18.6, r - thick, r - thick));
  scene.paint(
    band,
    ink,
    (x, y) => {
      const dx = (x - 15) / r;
      const dy = (y - 18.6) / r;
      const d = Math.sqrt(dx * dx + dy * dy);
      const inside = d < 1 - thick / r / 2;
      const facing = (dx * -0.6 + dy * -0.7) * (inside ? -1 : 1);
      return facing > 0.45
        ? LIGHT + 0.7
        : facing > 0
          ? LIGHT - 0.2
          : facing > -0.5
            ? MID - 0.2
            : SHADE;
    },
    'none',
  );
  const kind = scene.choice('setting', 3);
  const stone =
    kind === 0
      ? polygon([10, 5.4], [12.4, 2], [17.6, 2], [20, 5.4], [15, 11])
      : kind === 1
        ? ellipse(15, 6.4, 4.6)
        : polygon([11, 2.6], [19, 2.6], [20, 4], [20, 9], [10, 9], [10, 4]);
  scene.paint(
    mirrored(15, [5.4, 7], [3.4, 12], [0, 12]),
    ink,
    gradient([10, 8], [20, 11], 3.8, 1.4),
    'auto',
  );
  scene.paint(stone, gem, gradient([11, 3], [19, 10], 4.4, 1), 'auto');
  scene.glint(12.8, 4.4, 1.4, 1.4);
}

function paintCrown(scene: Scene): void {
  const ink = scene.main('crown', 'gold', 'gold', 'silver', 'bronze');
  const gem = scene.accent('gem', 'ruby', 'sapphire', 'emerald', 'amethyst');
  const dip = scene.vary('dip', 14, 17);
  const high = scene.vary('high', 4, 6.4);
  const side = scene.vary('side', 6, 8.4);
  const kind = scene.choice('points', 3);
  const shape =
    kind === 0
      ? mirrored(15, [0, high], [4.6, dip], [12, side], [11, 26], [0, 26])
      : kind === 1
        ? mirrored(
            15,
            [2.4, dip],
            [0, high],
            [2.4, dip],
            [6.4, high + 2],
            [8.4, dip],
            [12.4, side],
            [11, 26],
            [0, 26],
          )
        : mirrored(
            15,
            [0, high],
            [1.6, high + 1],
            [2.4, dip - 1],
            [5, dip],
            [8.4, dip - 1],
            [12.4, side - 1],
            [11.6, 26],
            [0, 26],
          );
  scene.paint(shape, ink, gradient([5, 10], [25, 22], 4, 1.1), 'none');
  const band = rect(3.4, 21, 26.6, 27.4, 1);
  scene.paint(band, ink, plate(band, 1.4, MID + 0.2, 1), 'auto');
  const tips: Point[] = [
    [0, high],
    [12, side],
  ];
  if (kind === 1) tips.push([6.4, high + 2]);
  const ball0 = Math.max(1.6, scene.unit * 0.8);
  for (const [dx, y] of tips) {
    for (const s of dx === 0 ? [1] : [-1, 1]) {
      const x = 15 + s * dx;
      scene.paint(
        ellipse(x, y, ball0),
        kind === 2 ? gem : ink,
        ball(x, y, ball0, ball0, 0.5),
        'auto',
      );
    }
  }
  const big = Math.max(1.7, scene.unit * 0.8);
  scene.paint(ellipse(15, 24.2, big * 1.2, big), gem, ball(15, 24.2, big * 1.2, big, 0.4), 'auto');
  const stone = scene.own('jewel', 'sapphire', 'emerald', 'amethyst', 'diamond');
  for (const s of [-1, 1])
    scene.paint(
      ellipse(15 + s * 7, 24.2, big * 0.8),
      stone,
      ball(15 + s * 7, 24.2, big, big, 0.4),
      'shade',
    );
  scene.glint(9.4, 16, 1, 3);
}

function paintAmulet(scene: Scene): void {
  const ink = scene.main('chain', 'gold', 'silver', 'bronze');
  const gem = scene.accent('gem', 'sapphire', 'ruby', 'emerald', 'amethyst', 'crystal');
  const chain = union(
    curve([15, 18], [2, 12], [7, 3], 0.8),
    curve([15, 18], [28, 12], [23, 3], 0.8),
    curve([7, 3], [15, -1.6], [23, 3], 0.8),
  );
  scene.paint(
    chain,
    ink,
    (x, y) => (Math.floor((x + y) / Math.max(1.6, scene.unit * 1.01)) % 2 === 0 ? LIGHT : SHADE),
    'none',
  );
  const r = scene.vary('pendant', 6, 7);
  const kind = scene.choice('pendant shape', 3);
  const outer =
    kind === 0
      ? ellipse(15, 21.6, r)
      : kind === 1
        ? polygon([15, 21.6 - r], [15 + r, 21.6], [15, 21.6 + r + 1], [15 - r, 21.6])
        : mirrored(15, [0, 14.6], [r, 17], [r - 0.6, 23], [0, 29]);
  scene.paint(outer, ink, plate(outer, 1.8, MID + 0.4, 1), 'auto');
  scene.paint(
    { at: (x, y) => outer.at(x, y) + 2, box: outer.box },
    gem,
    ball(15, 21.6, r - 1.4),
    'auto',
  );
  scene.glint(13, 19.6, 1.2, 1.2);
}

function paintHeart(scene: Scene): void {
  const ink = scene.main('heart', 'red', 'red', 'ruby', 'pink');
  const r = scene.vary('lobe', 6.8, 7.6);
  const foot = scene.vary('foot', 26.4, 28.4);
  const heart = union(
    ellipse(15 - r + 0.6, 10.4, r),
    ellipse(15 + r - 0.6, 10.4, r),
    mirrored(15, [0, 8], [r * 1.78, 13.8], [r * 1.2, 18.4], [0, foot]),
  );
  scene.paint(heart, ink, ball(12.6, 11.6, 14, 15, 0.1), 'none');
  scene.glint(15 - r - 0.6, 8, 3, 1.2);
  scene.glint(15 - r - 2, 9.8, 1.2, 2.2);
  if (scene.says('broken', 'half', 'empty')) {
    scene.score(
      polygon(
        [14, 4],
        [16, 4],
        [13.6, 11],
        [17.4, 15.4],
        [14, 21],
        [15.4, 28],
        [13.8, 28],
        [12.4, 21],
        [15.4, 15.4],
        [11.8, 11],
      ),
    );
  }
}

function paintStar(scene: Scene): void {
  const ink = scene.main('star', 'yellow', 'gold', 'cyan', 'pink');
  const shape = star(15, 15.8, 14.4, scene.vary('waist', 6, 7.8));
  scene.paint(shape, ink, gradient([7, 6], [23, 25], 4.3, 1), 'none');
  if (scene.chance('face', 0.5) || scene.says('face', 'cute', 'happy')) {
    scene.pair(3, 15.4, 1.4, 3, scene.named('black'), DEEP);
  } else scene.glint(11.6, 12.6, 2, 1.2);
}

function paintBag(scene: Scene): void {
  const hide = scene.main('bag', 'leather', 'brown', 'sand', 'red', 'green');
  const cord = scene.accent('cord', 'gold', 'wood', 'bone', 'red');
  const wide = scene.vary('wide', 10, 12);
  const body = union(ellipse(15, 20, wide, 9), mirrored(15, [3.4, 10.4], [wide - 3, 16], [0, 20]));
  scene.paint(
    mirrored(15, [2.6, 11], [5.6, 4.6], [3, 6], [0, 4], [0, 11]),
    hide,
    gradient([10, 0], [20, 0], 3.6, 1.2),
    'none',
  );
  scene.paint(body, hide, ball(14, 19, wide * 1.1, 10.4), 'none');
  for (const [a, b] of [
    [
      [12, 13],
      [9, 19],
    ],
    [
      [17.4, 13],
      [19, 18],
    ],
  ] as const)
    scene.tint(capsule(a, b, scene.unit * 0.5), -1, hide);
  scene.paint(
    rect(10.6, 9.6, 19.4, 9.6 + scene.whole(2), 0.8),
    cord,
    gradient([11, 0], [19, 0], 4, 1.6),
    'auto',
  );
  if (scene.says('gold', 'money', 'coin', 'coins') || scene.chance('mark', 0.5)) {
    const sign = scene.named('gold');
    scene.paint(ellipse(15, 20.6, 4), sign, plate(ellipse(15, 20.6, 4), 1.2, MID, 1), 'auto');
    scene.spot(15, 20.6, 1.2, 3.2, sign, LIGHT);
  }
  scene.glint(8.6, 17, 1.4, 2);
}

export const TREASURE: readonly Subject[] = [
  {
    name: 'gem',
    words: 'gem gemstone jewel jewels 💎 宝石',
    weak: 'crystal crystals quartz shard diamond emerald ruby sapphire amethyst topaz garnet opal',
    kind: 'item',
    paint: paintGem,
  },
  {
    name: 'coin',
    words: 'coin coins doubloon token medal münze moneda 🪙 コイン',
    weak: 'gold money',
    kind: 'item',
    paint: paintCoin,
  },
  { name: 'key', words: 'key keys schlüssel llave clé 🔑 🗝 鍵', kind: 'item', paint: paintKey },
  { name: 'ring', words: 'ring rings anillo 💍 指輪', kind: 'item', paint: paintRing },
  {
    name: 'crown',
    words: 'crown tiara diadem krone corona 👑 王冠',
    kind: 'item',
    paint: paintCrown,
  },
  {
    name: 'amulet',
    words: 'amulet necklace pendant talisman locket charm medallion 📿 🧿',
    kind: 'item',
    paint: paintAmulet,
  },
  {
    name: 'heart',
    words: 'heart hearts herz corazón ❤ ♥ 💖 💔',
    weak: 'health life',
    kind: 'item',
    paint: paintHeart,
  },
  { name: 'star', words: 'star stars stern estrella ⭐ 🌟 ★', kind: 'item', paint: paintStar },
  {
    name: 'bag',
    words: 'bag pouch sack purse satchel backpack 💰 🎒 👝',
    weak: 'loot',
    kind: 'item',
    paint: paintBag,
  },
];
