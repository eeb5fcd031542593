import type { Scene } from './scene.ts';
import { DEEP, LIGHT, MID, SHADE, SHINE, ball, flat, gradient, plate, tube } from './shading.ts';
import {
  type Shape,
  capsule,
  curve,
  ellipse,
  grow,
  intersect,
  mirrored,
  polygon,
  rect,
  subtract,
  union,
} from './shapes.ts';
import type { Subject } from './subject.ts';

function shieldShape(scene: Scene): Shape {
  if (scene.says('round', 'buckler', 'viking')) return ellipse(15, 15, 13);
  if (scene.says('tower')) return rect(5, 1.5, 25, 28.5, 2);
  switch (scene.choice('shield', 4)) {
    case 0:
      return ellipse(15, 15, 13);
    case 1:
      return mirrored(15, [0, 1.4], [4, 2.6], [11.6, 2.6], [12, 9], [10.6, 17], [6.6, 24], [0, 29]);
    case 2:
      return mirrored(15, [5, 1], [9.4, 3], [10.6, 8], [9.4, 16], [5.6, 24], [0, 29.4]);
    default:
      return mirrored(15, [0, 3.6], [6, 1.4], [12, 3.4], [11.2, 8], [12, 14], [8.6, 22], [0, 29]);
  }
}

/** A sign on a shield, banner or cover, around a centre. */
export function emblem(scene: Scene, name: string, cx: number, cy: number, r: number): Shape {
  const thin = Math.max(r * 0.26, scene.unit * 0.5);
  switch (scene.choice(name, 7)) {
    case 0:
      return union(
        rect(cx - thin, cy - r, cx + thin, cy + r),
        rect(cx - r * 0.8, cy - thin - r * 0.15, cx + r * 0.8, cy + thin - r * 0.15),
      );
    case 1:
      return star(cx, cy, r, r * 0.46);
    case 2:
      return polygon([cx, cy - r], [cx + r * 0.8, cy], [cx, cy + r], [cx - r * 0.8, cy]);
    case 3:
      return subtract(ellipse(cx, cy, r * 0.9), ellipse(cx + r * 0.42, cy - r * 0.22, r * 0.72));
    case 4:
      return union(
        polygon(
          [cx - r, cy - r * 0.1],
          [cx, cy - r],
          [cx + r, cy - r * 0.1],
          [cx + r, cy + r * 0.5],
          [cx, cy - r * 0.3],
          [cx - r, cy + r * 0.5],
        ),
        ellipse(cx, cy + r * 0.6, r * 0.28),
      );
    case 5:
      return union(
        ellipse(cx - r * 0.42, cy - r * 0.3, r * 0.5),
        ellipse(cx + r * 0.42, cy - r * 0.3, r * 0.5),
        polygon([cx - r * 0.9, cy - r * 0.1], [cx + r * 0.9, cy - r * 0.1], [cx, cy + r]),
      );
    default:
      return ellipse(cx, cy, r * 0.66);
  }
}

/** A five-pointed star. */
export function star(cx: number, cy: number, outer: number, inner: number): Shape {
  const unit = [
    [0, -1],
    [0.588, -0.809],
    [0.951, -0.309],
    [0.951, 0.309],
    [0.588, 0.809],
    [0, 1],
    [-0.588, 0.809],
    [-0.951, 0.309],
    [-0.951, -0.309],
    [-0.588, -0.809],
  ] as const;
  return polygon(
    ...unit.map(([x, y], i) => {
      const r = i % 2 === 0 ? outer : inner;
      return [cx + x * r, cy + y * r] as const;
    }),
  );
}

function paintShield(scene: Scene): void {
  const shape = shieldShape(scene);
  const wooden = scene.says('wood', 'wooden', 'viking');
  const field = scene.main(
    'field',
    'blue',
    'red',
    'green',
    'purple',
    'navy',
    'wood',
    'teal',
    'white',
  );
  const rim = scene.accent('guard', 'steel', 'gold', 'iron', 'bronze', 'silver');
  const width = Math.max(2, scene.unit);
  scene.paint(shape, rim, plate(shape, width * 0.55, MID + 0.3, 1), 'none');
  const inner = grow(shape, -width);
  scene.paint(inner, field, gradient([6, 4], [25, 25], 3.7, 0.9), 'auto');
  const pattern = wooden ? 3 : scene.choice('pattern', 4);
  const second = scene.own('emblem', 'white', 'gold', 'yellow', 'black', 'red');
  const light = gradient([6, 4], [25, 25], 3.9, 1.3);
  if (pattern === 0)
    scene.recolour(
      intersect(inner, union(rect(15, 0, 30, 14.5), rect(0, 14.5, 15, 30))),
      second,
      light,
      field,
    );
  else if (pattern === 1)
    scene.recolour(
      intersect(inner, polygon([0, 10], [15, 20], [30, 10], [30, 17], [15, 27], [0, 17])),
      second,
      light,
      field,
    );
  else if (pattern === 2)
    scene.paint(
      intersect(emblem(scene, 'sign', 15, 14, 6.6), grow(inner, -1)),
      second,
      light,
      'shade',
    );
  else {
    for (const x of [8, 15, 22])
      scene.tint(
        intersect(inner, rect(x - scene.unit / 2, 0, x + scene.unit / 2, 30)),
        -1.3,
        field,
      );
    scene.paint(ellipse(15, 14.5, 4), rim, ball(15, 14.5, 4), 'auto');
  }
  if (scene.detail > 0.5 && scene.unit < 1.5) {
    for (const [x, y] of [
      [15, 2.6],
      [5.2, 13],
      [24.8, 13],
    ] as const)
      if (shape.at(x, y) < -0.8) scene.glint(x, y, 1, 1);
  }
  scene.glint(9.5, 8, 1, 3);
}

function paintPlume(scene: Scene, ink: number): void {
  const lean = scene.pick('lean', [-1, 1]);
  const plume = union(
    curve([15, 6], [15 + lean * 1, -1.4], [15 + lean * 8, 3.4], 2.2, 3.2),
    capsule([15 + lean * 8, 3.4], [15 + lean * 10.4, 9.4], 3, 1),
  );
  scene.paint(plume, ink, ball(15 + lean * 5, 4.6, 9, 6), 'auto');
}

function paintHelmet(scene: Scene): void {
  const metal = scene.main('armor', 'steel', 'steel', 'iron', 'silver', 'bronze');
  const trim = scene.accent('guard', 'gold', 'bronze', 'copper', 'iron');
  const kind = scene.says('viking', 'horned', 'horns') ? 1 : scene.choice('helmet', 4);
  const dark = scene.named('black');
  if (kind === 1) {
    const horn = scene.own('horn', 'bone', 'white');
    const up = scene.vary('horn', 1.4, 5);
    for (const s of [-1, 1]) {
      scene.paint(
        curve([15 + s * 8, 15], [15 + s * 14.6, 14], [15 + s * 13, up], 2.9, 0.7),
        horn,
        tube([15 + s * 12, 15], [15 + s * 13, 2], 3),
        'none',
      );
    }
    const dome = union(
      intersect(ellipse(15, 17, 9.6, 11), rect(0, 0, 30, 18)),
      rect(5.4, 17, 24.6, 20.4),
    );
    scene.paint(dome, metal, ball(15, 18, 10.4, 12), 'auto');
    const ridge = scene.half(1.6);
    scene.paint(
      rect(15 - ridge, 5.4, 15 + ridge, 18),
      trim,
      gradient([13, 0], [18, 0], 4, 1.6),
      'shade',
    );
    scene.paint(
      rect(4.6, 16.4, 25.4, 20.4, 0.6),
      trim,
      gradient([5, 0], [25, 0], 4.2, 1.2),
      'auto',
    );
    scene.paint(
      mirrored(15, [2.2, 20], [1.6, 26.4], [0, 27.4]),
      metal,
      gradient([13, 0], [17, 0], 4, 1.4),
      'auto',
    );
    for (const x of [8, 15, 22]) scene.glint(x, 18.2, 1.2, 1.2, SHINE);
    return;
  }
  if (kind !== 3 || scene.says('plume', 'knight'))
    paintPlume(scene, scene.own('plume', 'red', 'blue', 'purple', 'green', 'white'));
  const wide = scene.vary('wide', 9, 10.4);
  const shell =
    kind === 2
      ? mirrored(
          15,
          [0, 5],
          [5, 5.8],
          [wide - 1, 9.4],
          [wide, 15],
          [wide - 0.6, 24],
          [wide - 3, 28.6],
          [0, 28.6],
        )
      : mirrored(
          15,
          [0, 4.6],
          [4, 5.2],
          [wide - 1.4, 8.4],
          [wide, 13.4],
          [wide, 22.6],
          [wide - 2, 26.6],
          [4, 28],
          [0, 29.2],
        );
  scene.paint(shell, metal, ball(14, 15, 13, 15), 'auto');
  const slit = Math.max(2.2, scene.unit);
  if (kind === 0 || kind === 3) {
    const y = scene.snapY(14);
    scene.paint(
      mirrored(
        15,
        [0, y - slit / 2],
        [wide - 1.8, y - slit / 2],
        [wide - 1.8, y + slit / 2],
        [0, y + slit / 2],
      ),
      dark,
      flat(DEEP),
      'none',
    );
    const bar = scene.half(1.4);
    scene.paint(
      rect(15 - bar, 6.4, 15 + bar, 27.4),
      trim,
      gradient([13, 0], [17, 0], 4.2, 1.8),
      'shade',
    );
    scene.paint(
      rect(15 - wide + 0.6, y - slit / 2 - scene.whole(1.4), 15 + wide - 0.6, y - slit / 2),
      trim,
      gradient([6, 0], [24, 0], 4.4, 1.4),
      'shade',
    );
    if (scene.unit < 1.5) {
      for (const dx of [3.6, 5.8])
        for (const py of [19, 21.6]) scene.pair(dx, py, 1, 1, dark, DEEP);
    }
  } else {
    const visor = mirrored(15, [0, 11.4], [wide + 0.4, 11.4], [wide - 1, 17], [3, 23.4], [0, 24.4]);
    scene.paint(visor, metal, gradient([8, 11], [22, 22], 4.3, 1), 'auto');
    const y = scene.snapY(14.4);
    scene.paint(
      mirrored(
        15,
        [0.9, y - slit / 2],
        [wide - 2.4, y - slit / 2],
        [wide - 3, y + slit / 2],
        [0.9, y + slit / 2],
      ),
      dark,
      flat(DEEP),
      'none',
    );
    if (scene.unit < 1.5) for (const dx of [2.4, 4.4]) scene.pair(dx, 19, 0.9, 2.2, dark, DEEP);
    scene.paint(
      rect(15 - wide, 10.4, 15 + wide, 10.4 + scene.whole(1.4)),
      trim,
      gradient([6, 0], [24, 0], 4.4, 1.4),
      'shade',
    );
  }
  scene.glint(15 - wide * 0.58, 10, 1.2, 2.2);
}

function paintArmor(scene: Scene): void {
  const metal = scene.main('armor', 'steel', 'iron', 'silver', 'bronze', 'leather');
  const trim = scene.accent('guard', 'gold', 'red', 'blue', 'copper');
  const chest = mirrored(
    15,
    [3, 5],
    [7.4, 3.6],
    [9.6, 9],
    [9.2, 17],
    [7, 22],
    [7.6, 28],
    [0, 29.4],
  );
  scene.paint(subtract(chest, ellipse(15, 3, 3.8, 3.4)), metal, ball(13.6, 13, 13, 17), 'none');
  for (const s of [-1, 1]) {
    const pad = intersect(ellipse(15 + s * 10, 9, 5, 5.4), rect(0, 0, 30, 12.6));
    scene.paint(pad, metal, ball(15 + s * 10, 9.6, 5.6, 6), 'auto');
    scene.paint(intersect(pad, rect(0, 11, 30, 13)), trim, flat(s < 0 ? LIGHT : MID), 'none');
  }
  scene.score(rect(15 - scene.unit / 2, 7, 15 + scene.unit / 2, 20), SHADE);
  scene.score(
    mirrored(15, [0.6, 14.6], [6.8, 12.4], [6.8, 12.4 + scene.unit], [0.6, 14.6 + scene.unit]),
    SHADE,
  );
  scene.paint(rect(7.6, 20.6, 22.4, 23, 0.4), trim, gradient([8, 0], [22, 0], 4, 1.4), 'auto');
  scene.spot(15, 21.8, 2.4, 2.4, scene.own('gem', 'gold', 'ruby', 'steel'), SHINE);
  scene.glint(10, 8.4, 1.2, 3);
}

function paintBoots(scene: Scene): void {
  const hide = scene.main('armor', 'leather', 'brown', 'darkwood', 'green', 'navy');
  const trim = scene.accent('guard', 'gold', 'iron', 'wood', 'white');
  const high = scene.vary('high', 4, 9);
  for (const x of [3, 15.6]) {
    const boot = union(
      rect(x + 1, high, x + 7.6, 24, 1),
      polygon([x + 1, 19], [x + 7.6, 19], [x + 11, 22.6], [x + 11.4, 26.6], [x + 0.8, 26.6]),
    );
    scene.paint(boot, hide, gradient([x + 1, 12], [x + 10, 20], 3.9, 1.2), 'auto');
    scene.paint(
      rect(x + 0.6, 25.8, x + 11.4, 28.4, 0.6),
      scene.named('darkwood'),
      gradient([x, 0], [x + 11, 0], 2.8, 1),
      'auto',
    );
    scene.paint(
      rect(x + 0.2, high, x + 8.4, high + scene.whole(2.6), 0.6),
      trim,
      gradient([x, 0], [x + 8, 0], 4, 1.6),
      'auto',
    );
    if (scene.unit < 1.5) for (const y of [14, 17.4]) scene.spot(x + 4.4, y, 3, 1, trim, LIGHT);
  }
}

export const ARMOUR: readonly Subject[] = [
  {
    name: 'shield',
    words: 'shield buckler schild escudo bouclier 🛡 盾',
    kind: 'item',
    paint: paintShield,
  },
  {
    name: 'helmet',
    words: 'helmet helm visor headgear helmets yelmo casque ⛑ 🪖',
    kind: 'item',
    paint: paintHelmet,
  },
  {
    name: 'armor',
    words: 'armor armour chestplate breastplate cuirass mail chainmail tunic vest 🦺',
    kind: 'item',
    paint: paintArmor,
  },
  {
    name: 'boots',
    words: 'boots boot shoe shoes sandals greaves 👢 🥾',
    kind: 'item',
    paint: paintBoots,
  },
];
