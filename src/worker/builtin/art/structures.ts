import type { Scene } from './scene.ts';
import { DEEP, LIGHT, MID, SHADE, SHINE, ball, flat, gradient, plate } from './shading.ts';
import {
  type Shape,
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
import { boards } from './vessels.ts';

function paintChest(scene: Scene): void {
  const wood = scene.main('wood', 'wood', 'wood', 'darkwood', 'leather');
  const metal = scene.accent('guard', 'gold', 'iron', 'bronze', 'steel');
  const open = scene.says('open', 'opened') || (!scene.says('closed') && scene.chance('open', 0.2));
  const band = scene.whole(2);
  const half = scene.half(12.4);
  const [l, r] = [15 - half, 15 + half];
  const split = scene.snapY(open ? 15 : 14);
  const body = rect(l, split, r, 28);
  const lidTop = open ? 2.4 : scene.vary('lid', 4, 6);
  const lid = open
    ? mirrored(15, [half - 1.6, lidTop], [half, lidTop + 2], [half, split - 2.4])
    : mirrored(
        15,
        [half - 3.4, lidTop],
        [half - 0.8, lidTop + 2.4],
        [half, lidTop + 5],
        [half, split],
      );
  const metalTone = gradient([l, 4], [r, 26], 4.2, 1.2);
  if (open) {
    scene.paint(
      rect(l + 0.5, lidTop + 2, r - 0.5, split + 2),
      scene.named('black'),
      flat(SHADE),
      'none',
    );
    scene.paint(lid, wood, gradient([0, lidTop], [0, split], 1.9, 0.9), 'none');
    for (const x of [l, 15 - band / 2, r - band])
      scene.recolour(intersect(lid, rect(x, 0, x + band, split)), metal, flat(SHADE), wood);
    const gold = scene.own('coins', 'gold');
    for (const [x, y, s] of [
      [8, 15.4, 3.4],
      [21.6, 15.2, 3.6],
      [15, 13.6, 4.4],
      [11.6, 13.4, 2.6],
      [18.6, 13.6, 2.6],
    ] as const) {
      scene.paint(
        intersect(ellipse(x, y, s), rect(0, 0, 30, split + 3)),
        gold,
        ball(x, y, s, s, 0.6),
        'shade',
      );
    }
    scene.spot(10, 12.4, 1, 1, gold, SHINE);
    scene.paint(
      ellipse(19.6, 11.6, Math.max(1.4, scene.unit * 0.6)),
      scene.own('gem', 'ruby', 'sapphire', 'emerald'),
      ball(19.6, 11.6, 1.5, 1.5, 0.5),
      'auto',
    );
  } else {
    scene.paint(lid, wood, gradient([10, lidTop], [14, split], 4, 1.9), 'none');
    scene.tint(intersect(lid, rect(0, lidTop + 4.4, 30, lidTop + 4.4 + scene.unitY)), -1, wood);
  }
  scene.paint(body, wood, gradient([6, split], [26, 28], 3, 1.2), 'line');
  for (const y of [split + 5, split + 9.4])
    scene.tint(rect(l, scene.snapY(y), r, scene.snapY(y) + scene.unitY), -1, wood);
  for (const x of [l, r - band]) {
    scene.paint(
      union(
        rect(x, split, x + band, 28),
        open ? rect(x, split, x + band, split + 1) : intersect(rect(x, 0, x + band, split), lid),
      ),
      metal,
      metalTone,
      'shade',
    );
  }
  if (scene.chance('middle bands', 0.4)) {
    for (const x of [l + half * 0.55, r - half * 0.55 - band])
      scene.paint(
        union(
          rect(x, split, x + band, 28),
          open ? rect(x, split, x + band, split + 1) : intersect(rect(x, 0, x + band, split), lid),
        ),
        metal,
        metalTone,
        'shade',
      );
  }
  scene.paint(rect(l, split, r, split + scene.whole(1.6)), metal, metalTone, 'none');
  scene.paint(
    rect(l, 28 - scene.whole(1.4), r, 28),
    metal,
    gradient([l, 0], [r, 0], 3, 0.9),
    'none',
  );
  if (!open) scene.score(intersect(rect(l, split - scene.unitY, r, split), lid));
  const lock = scene.half(2.4);
  scene.paint(
    rect(15 - lock, split - (open ? 0 : 1.4), 15 + lock, split + 5, 0.6),
    metal,
    gradient([12, split], [18, split + 5], 4.8, 2),
    'auto',
  );
  scene.spot(
    15,
    split + 2.4,
    Math.max(1, scene.unitX * (scene.width % 2 === 0 ? 2 : 1)),
    1.8,
    scene.named('black'),
    DEEP,
  );
  scene.glint(l + 3.4, lidTop + (open ? 30 : 2), 3, 1);
}

function stoneArch(scene: Scene, outer: Shape, inner: Shape): number {
  const stone = scene.own('frame', 'stone', 'darkstone', 'sand');
  const ring = subtract(outer, inner);
  scene.paint(ring, stone, plate(outer, 1.2, MID, 0.9), 'none');
  const joint = scene.unitY * 0.98;
  for (let i = 0; i < 5; i++) {
    const y = scene.snapY(6 + i * 5);
    scene.score(intersect(ring, rect(0, y, 30, y + joint)), SHADE - 0.4);
  }
  return stone;
}

function paintDoor(scene: Scene): void {
  const wood = scene.main('wood', 'wood', 'darkwood', 'leather');
  const metal = scene.accent('guard', 'iron', 'darkstone', 'bronze', 'gold');
  const half = scene.half(8.4);
  const arched = scene.chance('arched', 0.65) || scene.says('arched');
  const frame = Math.max(2.4, scene.whole(2));
  const doorShape = (grow: number): Shape =>
    arched
      ? union(
          intersect(ellipse(15, 12.4, half + grow, 9.6 + grow), rect(0, 0, 30, 13)),
          rect(15 - half - grow, 12, 15 + half + grow, 29.4),
        )
      : rect(15 - half - grow, 3.6 - grow, 15 + half + grow, 29.4);
  const inner = doorShape(0);
  stoneArch(scene, doorShape(frame), inner);
  if (scene.says('open', 'opened')) {
    scene.paint(inner, scene.named('black'), gradient([15, 4], [15, 29], 0.5, 1.6), 'auto');
    scene.paint(
      intersect(
        inner,
        polygon([15 - half, 0], [15 - half + 4, 5], [15 - half + 4, 30], [15 - half, 30]),
      ),
      wood,
      gradient([6, 0], [11, 0], 1, 3),
      'auto',
    );
    return;
  }
  scene.paint(inner, wood, gradient([8, 4], [23, 28], 3.5, 1.8), 'auto');
  boards(scene, wood, inner, (half * 2) / scene.pick('boards', [3, 4]), 15 - half);
  const band = scene.whole(1.8);
  for (const y of [9.4, 21.6]) {
    const at = scene.snapY(y);
    scene.paint(
      intersect(inner, rect(0, at, 15 + half * 0.72, at + band)),
      metal,
      gradient([6, 0], [24, 0], 4, 1.6),
      'shade',
    );
  }
  if (scene.chance('window', 0.35)) {
    const pane = rect(15 - scene.half(2.6), 10, 15 + scene.half(2.6), 15, 0);
    scene.paint(pane, scene.named('black'), flat(SHADE), 'auto');
    scene.spot(15, 12.4, scene.width % 2 === 0 ? scene.unitX * 2 : 1, 5, metal, MID);
  }
  const ring = Math.max(1.5, scene.unit * 0.7);
  scene.paint(
    ellipse(15 + half * 0.62, 18.4, ring),
    metal,
    ball(15 + half * 0.62, 18.4, ring, ring, 0.8),
    'auto',
  );
}

function paintHouse(scene: Scene): void {
  const wall = scene.main('wall', 'sand', 'bone', 'stone', 'brick');
  const roof = scene.accent('roof', 'red', 'blue', 'brown', 'teal', 'purple');
  const wood = scene.own('wood', 'darkwood', 'wood');
  const top = scene.vary('top', 2, 4.4);
  scene.paint(
    rect(20, 3, 24, 12),
    scene.named('brick'),
    gradient([20, 0], [24, 0], 3.4, 1.2),
    'none',
  );
  scene.paint(rect(5, 13, 25, 28.6), wall, gradient([5, 12], [25, 28], 3.6, 2), 'none');
  for (const x of [5, 25 - scene.whole(1.6)])
    scene.paint(rect(x, 13, x + scene.whole(1.6), 28.6), wood, flat(MID), 'none');
  const slope = mirrored(15, [0, top], [13.8, 13.6], [13.8, 16], [11, 16], [0, 6.4 + top]);
  const face = mirrored(15, [0, top + 4], [10, 14.6], [0, 14.6]);
  scene.paint(face, wall, flat(MID - 0.4), 'none');
  scene.paint(
    slope,
    roof,
    (x, y) =>
      (x < 15 ? LIGHT : SHADE) -
      (Math.floor((y - top) / Math.max(1.5, scene.unitY)) % 2 === 0 ? 0 : 0.9),
    'auto',
  );
  const door = scene.half(2.6);
  scene.paint(
    union(rect(15 - door, 20, 15 + door, 28.6), ellipse(15, 20.4, door, 2)),
    wood,
    gradient([12, 0], [18, 0], 3.2, 1.4),
    'auto',
  );
  scene.spot(16.4, 24.6, 0.9, 0.9, scene.named('gold'), LIGHT);
  const glow = scene.named('amber');
  for (const x of [8.9, 21.1]) {
    scene.paint(
      rect(x - 1.7, 18.6, x + 1.7, 22.4),
      glow,
      gradient([x - 2, 18], [x + 2, 23], 4.2, 2.2),
      'line',
    );
    if (scene.unit < 0.9)
      scene.score(rect(x - scene.unitX / 2, 18.6, x + scene.unitX / 2, 22.4), SHADE, wood);
  }
  scene.paint(
    ellipse(15, 12, Math.max(1.4, scene.unit * 0.6)),
    glow,
    ball(15, 12, 1.6, 1.6, 0.4),
    'auto',
  );
}

function paintTower(scene: Scene): void {
  const stone = scene.main('wall', 'stone', 'darkstone', 'sand');
  const roof = scene.accent('roof', 'red', 'blue', 'purple');
  const half = scene.half(scene.vary('half', 6.4, 7.6));
  const pointed = scene.chance('pointed', 0.5);
  const top = pointed ? 11 : 6.4;
  scene.paint(
    rect(15 - half, top, 15 + half, 29),
    stone,
    x => 3.3 - ((x - 15) / half) * 1.4 - (x < 15 - half * 0.75 ? 0.6 : 0),
    'none',
  );
  const rows = 6;
  for (let i = 0; i < rows; i++) {
    const y = scene.snapY(top + 4 + i * 3.6);
    scene.tint(rect(0, y, 30, y + scene.unitY), -0.9, stone);
    const shift = i % 2 === 0 ? 0 : half * 0.5;
    for (let x = 15 - half + shift; x < 15 + half; x += half)
      scene.tint(rect(scene.snapX(x), y - 3.6, scene.snapX(x) + scene.unitX, y), -0.8, stone);
  }
  if (pointed) {
    scene.paint(
      mirrored(15, [0, 0], [half + 2.6, 11], [half + 1, 12.4], [0, 13]),
      roof,
      x => 3.6 - ((x - 15) / (half + 2)) * 1.7,
      'auto',
    );
  } else {
    const crest = half + 1.6;
    scene.paint(
      union(
        rect(15 - crest, 5.4, 15 + crest, 9.6),
        ...[-1, -0.36, 0.36, 1].map(k =>
          rect(15 + k * (crest - 1.3) - 1.3, 2, 15 + k * (crest - 1.3) + 1.3, 6),
        ),
      ),
      stone,
      gradient([7, 2], [23, 9], 4, 1.4),
      'auto',
    );
  }
  const w = scene.half(1.3);
  scene.paint(
    union(rect(15 - w, 15, 15 + w, 18), ellipse(15, 15, w, 1.4)),
    scene.named('black'),
    flat(DEEP),
    'none',
  );
  const d = scene.half(2.4);
  scene.paint(
    union(rect(15 - d, 24.4, 15 + d, 29), ellipse(15, 24.4, d, 2)),
    scene.named('darkwood'),
    gradient([12, 0], [18, 0], 3, 1.4),
    'auto',
  );
}

function paintSign(scene: Scene): void {
  const wood = scene.main('wood', 'wood', 'sand', 'darkwood');
  const post = scene.own('grip', 'darkwood', 'brown');
  const half = scene.half(1.6);
  scene.paint(
    rect(15 - half, 3, 15 + half, 29),
    post,
    gradient([13, 0], [17, 0], 3.6, 1.2),
    'none',
  );
  const tip = scene.chance('arrow', 0.5);
  const board = tip
    ? polygon([2.4, 5.6], [22.6, 5.6], [28, 11.4], [22.6, 17.4], [2.4, 17.4])
    : rect(2.4, 5.4, 27.6, 17.4, 0.8);
  scene.paint(board, wood, gradient([4, 5], [26, 18], 3.7, 2), 'auto');
  scene.tint(rect(0, scene.snapY(11.4), 30, scene.snapY(11.4) + scene.unitY), -1, wood);
  const ink = scene.named('brown');
  for (const [i, y] of [8.6, 14.4].entries())
    scene.score(
      intersect(
        board,
        rect(6, y - scene.unitY / 2, 21 - scene.grain('text' + i, 0, 6), y + scene.unitY / 2),
      ),
      SHADE - 0.6,
      ink,
    );
}

function paintGrave(scene: Scene): void {
  const stone = scene.main('rock', 'stone', 'darkstone');
  const earth = scene.own('earth', 'dirt', 'grass');
  const half = scene.half(scene.vary('half', 7.4, 8.8));
  const slab = scene.chance('cross', 0.35)
    ? union(rect(12, 2, 18, 27), rect(6, 7.4, 24, 13))
    : union(
        intersect(ellipse(15, 11.6, half, 9), rect(0, 0, 30, 12)),
        rect(15 - half, 11, 15 + half, 27),
      );
  scene.paint(slab, stone, plate(slab, 1.5, MID, 1), 'none');
  scene.score(union(rect(14.4, 9, 15.6, 17), rect(11.6, 11, 18.4, 12.4)), SHADE - 0.6);
  const x = scene.grain('crack', 9, 12);
  if (scene.unit < 1.5)
    scene.score(curve([x, 26], [x + 2.6, 22], [x - 0.4, 19], scene.unit * 0.45), SHADE);
  scene.paint(
    union(ellipse(15, 27, 12, 2.6), ellipse(9, 25.6, 4, 2)),
    earth,
    gradient([6, 24], [24, 29], 3.6, 1.2),
    'auto',
  );
}

function paintBomb(scene: Scene): void {
  const iron = scene.main('bomb', 'black', 'navy', 'darkstone');
  const fire = scene.own('aura', 'fire');
  const r = scene.vary('r', 9.6, 10.8);
  scene.paint(
    curve([18, 9], [20, 3], [25, 4.4], Math.max(0.8, scene.unit * 0.45)),
    scene.named('sand'),
    flat(MID),
    'none',
  );
  scene.paint(ellipse(14, 18.4, r), iron, ball(14, 18.4, r, r, 0.3), 'auto');
  scene.paint(
    polygon([14.6, 8.4], [18.4, 6.6], [21, 10.6], [17.4, 12.6]),
    iron,
    gradient([14, 8], [20, 12], 3.9, 1.4),
    'auto',
  );
  for (const [dx, dy] of [
    [0, 0],
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const)
    scene.spot(
      25.6 + dx * Math.max(1.4, scene.unit),
      4.4 + dy * Math.max(1.4, scene.unit),
      1.4,
      1.4,
      fire,
      dx === 0 && dy === 0 ? SHINE : LIGHT - Math.abs(dx),
    );
  scene.glint(9.6, 13.6, 2.4, 2.4);
}

export const STRUCTURES: readonly Subject[] = [
  {
    name: 'chest',
    words: 'chest coffer strongbox crate lootbox truhe cofre coffre 🧰 宝箱',
    weak: 'treasure box',
    kind: 'item',
    paint: paintChest,
  },
  {
    name: 'door',
    words: 'door gate portal doorway tür puerta porte 🚪 ドア 扉',
    kind: 'scenery',
    paint: paintDoor,
  },
  {
    name: 'house',
    words: 'house cottage hut home cabin shop inn haus casa maison 🏠 🏡 🛖 家',
    kind: 'scenery',
    paint: paintHouse,
  },
  {
    name: 'tower',
    words: 'tower castle fortress turret keep turm torre 🏰 🗼',
    kind: 'scenery',
    paint: paintTower,
  },
  { name: 'sign', words: 'sign signpost board 🪧', kind: 'scenery', paint: paintSign },
  {
    name: 'grave',
    words: 'grave gravestone tombstone tomb headstone 🪦',
    kind: 'scenery',
    paint: paintGrave,
  },
  { name: 'bomb', words: 'bomb grenade dynamite bombe bomba 💣', kind: 'item', paint: paintBomb },
];
