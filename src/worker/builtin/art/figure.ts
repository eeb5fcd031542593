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

export type Garb = 'plate' | 'robe' | 'tunic' | 'rags' | 'bones' | 'dress';
export type Headgear = 'helm' | 'wizard' | 'hood' | 'crown' | 'cap' | 'horns' | 'none';
export type Hand = 'sword' | 'staff' | 'axe' | 'dagger' | 'bow' | 'club' | 'spear' | 'none';

/** What sets one person apart from another; all of them share the body. */
export interface Figure {
  readonly garb: Garb;
  readonly headgear: Headgear;
  readonly hand: Hand;
  readonly shield: boolean;
  readonly cape: boolean;
  readonly skin: number;
  readonly cloth: number;
  readonly trim: number;
  readonly hair: number;
  readonly hairStyle: number;
  readonly beard: number;
  readonly ears: 'round' | 'pointed' | 'none';
  readonly face: 'person' | 'skull' | 'goblin' | 'orc' | 'zombie' | 'masked';
  /** Half width of the body, about 5. */
  readonly girth: number;
  /** How far the head sinks: 0 tall, 3 short. */
  readonly squat: number;
}

const HEAD = 9.4;

/** Draws a person from the front, head large, feet on the ground line. */
export function paintFigure(scene: Scene, figure: Figure): void {
  const head = HEAD + figure.squat;
  if (figure.cape) paintCape(scene, figure, head);
  if (figure.garb === 'robe' || figure.garb === 'dress') paintRobe(scene, figure, head);
  else {
    paintLegs(scene, figure);
    paintTorso(scene, figure, head);
  }
  paintArms(scene, figure, head);
  paintHead(scene, figure, head);
  if (figure.shield) paintHeldShield(scene, figure);
  paintHand(scene, figure);
}

function paintCape(scene: Scene, figure: Figure, head: number): void {
  const ink = scene.own('robe', 'red', 'blue', 'purple', 'green', 'navy');
  const w = figure.girth + 3.4;
  scene.paint(
    mirrored(15, [3, head + 4], [w - 1, head + 8], [w, 26.4], [w - 2, 27.6], [0, 26]),
    ink,
    gradient([7, 14], [23, 28], 3, 0.8),
    'none',
  );
}

function paintLegs(scene: Scene, figure: Figure): void {
  const g = figure.girth;
  const gap = scene.half(0.6);
  for (const s of [-1, 1]) {
    const inner = 15 + s * gap;
    const outer = 15 + s * (g - 0.2);
    const [l, r] = s < 0 ? [outer, inner] : [inner, outer];
    if (figure.garb === 'bones') {
      const x = (l + r) / 2;
      scene.paint(
        union(rect(x - 0.9, 22, x + 0.9, 27.4), rect(x - 1.9, 27, x + 1.9, 29.4, 0.6)),
        figure.skin,
        flat(s < 0 ? LIGHT : MID),
        'none',
      );
      continue;
    }
    const boots =
      figure.garb === 'plate'
        ? figure.cloth
        : scene.named(figure.garb === 'rags' ? 'brown' : 'leather');
    const trousers =
      figure.garb === 'plate'
        ? figure.cloth
        : figure.garb === 'rags'
          ? figure.skin
          : scene.own('legs', 'brown', 'navy', 'grey', 'darkwood');
    scene.paint(rect(l, 21.4, r, 27), trousers, flat(s < 0 ? MID : SHADE), 'none');
    scene.paint(
      rect(l - (s < 0 ? 0.9 : 0), 26, r + (s > 0 ? 0.9 : 0), 29.4, 0.5),
      boots,
      gradient([0, 25.6], [0, 29.4], s < 0 ? 3.3 : 2.6, 1.2),
      'shade',
    );
  }
}

function paintTorso(scene: Scene, figure: Figure, head: number): void {
  const g = figure.girth;
  const top = head + 4.6;
  if (figure.garb === 'bones' && scene.unit > 1.4) {
    const half = scene.half(4.2);
    const light = gradient([15 - half, 0], [15 + half, 0], 3.9, 1.8);
    scene.paint(rect(15 - half, top, 15 + half, 23.4), figure.skin, light, 'none');
    for (const y of [top + 2.6 * scene.unitY, top + 4.6 * scene.unitY]) {
      const at = scene.snapY(y);
      scene.score(rect(15 - half, at, 15 + half, at + scene.unitY * 0.98));
    }
    scene.spot(15, 19.4, scene.width % 2 === 0 ? scene.unitX * 2 : 1, 2, figure.skin, MID);
    return;
  }
  if (figure.garb === 'bones') {
    scene.paint(
      rect(15 - scene.half(0.9), top, 15 + scene.half(0.9), 23),
      figure.skin,
      flat(MID),
      'none',
    );
    const step = Math.max(2, scene.unitY * 2);
    for (let y = top + 1.2, i = 0; y < 20 && i < 3; y += step, i++) {
      const w = g - 0.4 - i * 0.5;
      const at = scene.snapY(y);
      scene.paint(
        mirrored(15, [w, at], [w, at + scene.unitY * 1.02]),
        figure.skin,
        gradient([15 - w, 0], [15 + w, 0], 3.9, 2.3),
        'none',
      );
    }
    scene.paint(
      mirrored(15, [g - 1.2, 20.6], [g - 0.8, 23], [0, 24]),
      figure.skin,
      gradient([11, 0], [19, 0], 3.6, 1.6),
      'none',
    );
    return;
  }
  const body = mirrored(15, [g - 1, top - 1], [g, top + 1], [g - 0.4, 19], [g + 0.2, 24], [0, 24]);
  scene.paint(body, figure.cloth, ball(14, 17, g * 1.5, 9.5), 'auto');
  if (figure.garb === 'plate') {
    const tabard = scene.half(2.6);
    scene.paint(
      rect(15 - tabard, top + 1, 15 + tabard, 25.6),
      figure.trim,
      gradient([12, 14], [18, 26], 3.7, 1.6),
      'shade',
    );
  } else if (figure.garb === 'tunic') {
    scene.paint(
      mirrored(
        15,
        [g + 0.3, 19.8],
        [g + 0.3, 19.8 + scene.whole(1.6)],
        [0, 19.8 + scene.whole(1.6)],
        [0, 19.8],
      ),
      scene.own('belt', 'leather', 'darkwood'),
      gradient([10, 0], [20, 0], 3.4, 1.4),
      'none',
    );
    scene.spot(15, 20.6, scene.width % 2 === 0 ? scene.unitX * 2 : 1, 1.6, figure.trim, LIGHT);
  } else {
    scene.paint(
      polygon(
        [15 - g, 19],
        [15 + g, 19],
        [15 + g + 0.4, 23],
        [18, 24.4],
        [16, 22.8],
        [13, 25],
        [11, 23],
      ),
      scene.named('leather'),
      gradient([10, 19], [20, 24], 3, 1.4),
      'shade',
    );
  }
}

function paintRobe(scene: Scene, figure: Figure, head: number): void {
  const g = figure.girth;
  const top = head + 4.4;
  const flare = figure.garb === 'dress' ? g + 4.2 : g + 2.6;
  const body = mirrored(
    15,
    [g - 1.4, top - 1],
    [g - 0.4, top + 1.4],
    [g - (figure.garb === 'dress' ? 1.4 : 0.2), 18.4],
    [flare, 28],
    [flare - 0.8, 29.4],
    [0, 29.4],
  );
  scene.paint(body, figure.cloth, ball(13.4, 18, g * 1.75, 15.5), 'none');
  const fold = scene.unitX * 0.51;
  for (const dx of [-flare * 0.5, flare * 0.42])
    scene.tint(
      intersect(body, capsule([15 + dx * 0.5, 21], [15 + dx, 29.4], fold)),
      -1,
      figure.cloth,
    );
  scene.paint(
    intersect(body, rect(0, 29.4 - scene.whole(1.4), 30, 30)),
    figure.trim,
    gradient([6, 0], [24, 0], 4, 1.3),
    'none',
  );
  if (figure.garb === 'dress') {
    scene.paint(
      mirrored(15, [2.6, 29.4], [0, 20]),
      figure.trim,
      gradient([12, 0], [18, 0], 3.8, 2.4),
      'none',
    );
  } else {
    const sash = scene.snapY(19.4);
    scene.paint(
      intersect(body, rect(0, sash, 30, sash + scene.whole(1.5))),
      scene.own('belt', 'leather', 'gold', 'brown'),
      gradient([9, 0], [21, 0], 3.8, 1.4),
      'none',
    );
    scene.paint(
      rect(15 - scene.half(0.8), sash, 15 + scene.half(0.8), sash + 5),
      scene.own('belt', 'leather', 'gold', 'brown'),
      flat(MID),
      'none',
    );
  }
}

function paintArms(scene: Scene, figure: Figure, head: number): void {
  const g = figure.girth;
  const shoulder = head + 6;
  for (const s of [-1, 1]) {
    const from: Point = [15 + s * (g + 0.4), shoulder + 0.6];
    const to: Point = [15 + s * (g + 2.2), 20.6];
    const bony = figure.garb === 'bones';
    const bare = figure.garb === 'rags' || bony;
    const wide = figure.garb === 'robe';
    const r0 = bony ? 0.9 : 1.7;
    const arm = capsule(
      from,
      to,
      Math.max(r0, scene.unit * 0.5),
      wide ? 2.2 : Math.max(bony ? 0.9 : 1.5, scene.unit * 0.5),
    );
    scene.paint(
      arm,
      bare ? figure.skin : figure.cloth,
      flat(s < 0 ? LIGHT - 0.3 : SHADE + 0.3),
      bony ? 'none' : 'auto',
    );
    if (figure.garb === 'plate') {
      scene.paint(
        ellipse(15 + s * (g + 0.8), shoulder + 0.4, 2.7, 2.4),
        figure.cloth,
        ball(15 + s * (g + 0.8), shoulder + 0.4, 2.8, 2.6, 0.3),
        'auto',
      );
    }
    const r = Math.max(1.45, scene.unit * 0.6);
    scene.paint(
      ellipse(to[0], to[1] + 0.8, r),
      figure.garb === 'plate' ? figure.cloth : figure.skin,
      flat(s < 0 ? LIGHT : MID),
      'shade',
    );
  }
}

function paintHead(scene: Scene, figure: Figure, y: number): void {
  const rx = figure.face === 'goblin' ? 7.4 : 6.7;
  const ry = figure.face === 'goblin' ? 5.7 : 6.1;
  if (figure.headgear === 'helm') {
    paintHelm(scene, figure, y);
    return;
  }
  if (figure.hairStyle === 2 && figure.headgear !== 'hood') {
    scene.paint(
      mirrored(15, [6.4, y - 2], [7.8, y + 3], [7.4, y + 9.4], [4, y + 10.4], [0, y + 8]),
      figure.hair,
      gradient([8, y], [22, y + 10], 2.9, 1),
      'none',
    );
  }
  if (figure.ears === 'pointed') {
    const reach = figure.face === 'goblin' ? 7.2 : 3.8;
    for (const s of [-1, 1]) {
      const ear = polygon(
        [15 + s * (rx - 1.4), y - 2.2],
        [15 + s * (rx + reach), y - 3.4],
        [15 + s * (rx - 0.8), y + 3],
      );
      scene.paint(ear, figure.skin, flat(s < 0 ? LIGHT : MID), 'none');
      if (figure.face === 'goblin' && scene.unit < 1.5)
        scene.tint(
          polygon(
            [15 + s * rx, y - 1],
            [15 + s * (rx + reach - 2.2), y - 2.4],
            [15 + s * rx, y + 1.6],
          ),
          -1,
          figure.skin,
        );
    }
  } else if (figure.ears === 'round' && figure.headgear !== 'hood') {
    for (const s of [-1, 1])
      scene.paint(
        ellipse(15 + s * rx, y + 1, 1.4, 1.8),
        figure.skin,
        flat(s < 0 ? LIGHT : SHADE),
        'none',
      );
  }
  const jaw =
    figure.face === 'skull'
      ? rect(11.4, y + 2, 18.6, y + 6.6, 1.2)
      : figure.face === 'orc'
        ? rect(9, y, 21, y + 6.6, 2.6)
        : ellipse(15, y + 0.8, rx - 0.3, ry - 0.4);
  const skull = union(ellipse(15, y, rx, ry), jaw);
  scene.paint(skull, figure.skin, ball(14, y, rx * 1.35, ry * 1.4, 0.15), 'auto');
  paintFace(scene, figure, y);
  if (figure.beard > 0) paintBeard(scene, figure, y);
  if (figure.headgear !== 'hood' && figure.face !== 'skull') paintHair(scene, figure, y);
  paintHat(scene, figure, y);
}

function paintFace(scene: Scene, figure: Figure, y: number): void {
  const black = scene.named('black');
  const eyes = scene.own(
    'eyes',
    figure.face === 'goblin' ? 'yellow' : figure.face === 'orc' ? 'red' : 'black',
  );
  const tall = scene.unit < 1.5 ? 2.1 : 1;
  const dx = 2.7;
  const at = y + 1.2;
  const small = scene.unit > 1.4;
  switch (figure.face) {
    case 'skull': {
      scene.pair(2.7, at - 0.4, 2.6, small ? 2 * scene.unitY : 3, black, DEEP);
      if (!small) {
        scene.spot(15, y + 3.2, scene.width % 2 === 0 ? scene.unitX * 2 : 1, 1.1, black, SHADE);
        for (const x of [1.2, 3]) scene.pair(x, y + 5.8, 0.7, 1.4, black, SHADE);
        if (eyes !== black) scene.pair(2.6, at - 0.2, 1, 1, eyes, LIGHT);
      }
      return;
    }
    case 'goblin':
    case 'orc': {
      scene.pair(dx + 0.3, at - 0.2, small ? 1 : 2.2, small ? 1 : 2, eyes, LIGHT);
      if (!small) {
        scene.pair(dx - 0.2, at, 1, 1.6, black, DEEP);
        scene.pair(dx + 0.6, at - 1.7, 2.4, 0.9, figure.skin, DEEP);
        scene.score(rect(12, y + 3.9, 18, y + 3.9 + scene.unitY * 0.9), DEEP, figure.skin);
        const tusk = scene.named('bone');
        scene.pair(
          figure.face === 'orc' ? 2.9 : 1.9,
          y + (figure.face === 'orc' ? 3.3 : 4.6),
          1,
          figure.face === 'orc' ? 2.2 : 1,
          tusk,
          LIGHT,
        );
        scene.glint(15, y + 2.2, scene.width % 2 === 0 ? scene.unitX * 2 : 1, 1, LIGHT);
      }
      return;
    }
    case 'zombie': {
      const pale = scene.own('eyes', 'white', 'yellow', 'bone');
      if (small) {
        scene.pair(dx, at, 1, 1, pale, SHINE);
        return;
      }
      scene.pair(dx, at, 2.8, 2.8, figure.skin, DEEP);
      scene.pair(dx, at + 0.2, 2, 2, pale, SHINE);
      scene.spot(15 - dx + 0.2, at + 0.4, 0.9, 0.9, black, DEEP);
      scene.spot(15 + dx - 0.4, at + 0.2, 0.9, 0.9, black, DEEP);
      scene.spot(15, y + 4.6, 4, 1.6, black, SHADE);
      scene.pair(0.9, y + 4.2, 0.8, 0.8, scene.named('bone'), LIGHT);
      return;
    }
    case 'masked': {
      scene.paint(
        intersect(ellipse(15, y + 0.8, 6.4, 5.7), rect(0, y + 2.4, 30, y + 8)),
        scene.named('black'),
        gradient([10, y], [20, y + 7], 2.9, 1.2),
        'none',
      );
      scene.pair(dx, at, 1.2, tall, eyes, DEEP);
      return;
    }
    default: {
      scene.pair(dx, at, 1.3, tall, eyes, eyes === black ? DEEP : MID);
      if (scene.unit < 0.75) scene.pair(dx + 0.2, at - 0.7, 0.6, 0.6, scene.named('white'), SHINE);
      if (small) return;
      if (figure.beard === 0) {
        scene.spot(
          15,
          y + 4.2,
          scene.width % 2 === 0 ? scene.unitX * 2 : 1,
          0.8,
          figure.skin,
          SHADE,
        );
        if (figure.hairStyle === 2) scene.pair(4.4, y + 3, 1.3, 0.9, scene.named('pink'), MID);
      }
    }
  }
}

function paintBeard(scene: Scene, figure: Figure, y: number): void {
  const long = figure.beard > 1 ? y + 13 : y + 8.4;
  const beard = subtract(
    mirrored(15, [6.2, y + 1.8], [6, y + 5], [4.6, long - 3], [0, long]),
    ellipse(15, y + 0.6, 4.9, 3.2),
  );
  const light = gradient([10, y + 2], [20, long], 3.9, 1.4);
  // Only the part that hangs over the clothes gets a line; on the face it would look like a mask.
  scene.paint(intersect(beard, rect(0, y + 5.6, 30, 30)), figure.hair, light, 'auto');
  scene.paint(beard, figure.hair, light, 'none');
  scene.spot(15, y + 4.6, scene.width % 2 === 0 ? scene.unitX * 2 : 1, 0.8, figure.skin, SHADE);
}

function paintHair(scene: Scene, figure: Figure, y: number): void {
  if (figure.hairStyle === 5 || figure.headgear === 'wizard' || figure.headgear === 'cap') {
    if (figure.hairStyle === 5) return;
    for (const s of [-1, 1])
      scene.paint(
        rect(15 + s * 6 - 1.1, y - 2, 15 + s * 6 + 1.1, y + 3, 0.6),
        figure.hair,
        flat(s < 0 ? LIGHT : SHADE),
        'shade',
      );
    return;
  }
  const cap = intersect(ellipse(15, y - 0.6, 7.5, 6.9), rect(0, y - 9, 30, y + 2));
  const face =
    figure.hairStyle === 0
      ? polygon(
          [9.6, y + 3],
          [10, y - 1.2],
          [13, y - 0.4],
          [16, y - 2.2],
          [20, y - 1],
          [20.4, y + 3],
        )
      : figure.hairStyle === 1
        ? polygon(
            [9.4, y + 3],
            [9.6, y - 0.4],
            [11.4, y - 2],
            [12.6, y - 0.6],
            [15, y - 2.4],
            [17, y - 0.6],
            [18.8, y - 2],
            [20.4, y - 0.4],
            [20.6, y + 3],
          )
        : ellipse(15, y + 2.4, 5.4, 4.8);
  let hair: Shape = subtract(cap, face);
  if (figure.hairStyle === 1)
    hair = union(
      hair,
      polygon([9, y - 4], [11, y - 9], [13.4, y - 5.6]),
      polygon([12.4, y - 5.4], [16, y - 10], [17.4, y - 5.4]),
      polygon([16.6, y - 5.4], [21, y - 8], [21.4, y - 3]),
    );
  if (figure.hairStyle === 3) hair = union(hair, ellipse(15, y - 7.4, 3.1, 2.6));
  if (figure.hairStyle === 4)
    hair = union(hair, ellipse(7.4, y + 3, 2, 3.4), ellipse(22.6, y + 3, 2, 3.4));
  scene.paint(hair, figure.hair, ball(13.4, y - 1, 9.4, 8.6), 'shade');
  scene.glint(11.6, y - 4.6, 2.6, 1, LIGHT + 0.4);
}

function paintHelm(scene: Scene, figure: Figure, y: number): void {
  const black = scene.named('black');
  const metal = figure.cloth;
  const style = scene.choice('helm', 3);
  if (style !== 2) {
    const plume = scene.own('plume', 'red', 'blue', 'white', 'purple', 'green');
    const shape =
      style === 0
        ? union(
            curve([15, y - 5], [14.6, y - 11], [22, y - 7.6], 1.7, 2.4),
            capsule([21.4, y - 7.4], [23, y - 3.6], 2, 0.9),
          )
        : mirrored(15, [0, y - 9.4], [1.9, y - 8.6], [1.9, y - 4], [0, y - 4]);
    scene.paint(shape, plume, gradient([13, y - 10], [21, y - 4], 3.9, 1.6), 'none');
  } else {
    for (const s of [-1, 1])
      scene.paint(
        curve([15 + s * 5.6, y - 3], [15 + s * 9.4, y - 4], [15 + s * 8.8, y - 9], 1.5, 0.5),
        scene.named('bone'),
        flat(s < 0 ? LIGHT : MID),
        'none',
      );
  }
  const helm = mirrored(
    15,
    [0, y - 6.6],
    [3.4, y - 6],
    [6, y - 3.4],
    [6.9, y],
    [6.7, y + 4.6],
    [4.4, y + 6.8],
    [0, y + 7.4],
  );
  scene.paint(helm, metal, ball(14, y, 9.4, 9.6, 0.1), 'auto');
  const slit = scene.whole(1.9);
  const at = scene.snapY(y + 0.2);
  if (scene.chance('open helm', 0.4)) {
    const face = scene.half(4);
    scene.paint(rect(15 - face, at - 0.4, 15 + face, y + 5.4, 1), figure.skin, flat(MID), 'auto');
    scene.tint(rect(15 - face, at - 0.4, 15 + face, at + scene.unitY), -1, figure.skin);
    scene.pair(2.3, y + 1.9, 1.2, scene.unit < 1.5 ? 2 : 1, black, DEEP);
  } else {
    const half = scene.half(5);
    scene.paint(rect(15 - half, at, 15 + half, at + slit), black, flat(DEEP), 'none');
    if (scene.unit < 1.5) {
      const eyes = scene.own('eyes', 'white', 'yellow', 'cyan');
      scene.pair(2.5, at + slit / 2, 1.1, 1, eyes, LIGHT);
      for (const dx of [1.4, 3.2]) scene.pair(dx, y + 4.4, 0.8, 1.6, black, SHADE);
    }
    const bar = scene.half(0.8);
    scene.paint(
      rect(15 - bar, y - 6, 15 + bar, y + 7),
      figure.trim,
      gradient([14, 0], [16, 0], 4, 2),
      'none',
    );
  }
  scene.glint(11, y - 3, 1.3, 2);
}

function paintHat(scene: Scene, figure: Figure, y: number): void {
  const cloth = scene.own('hat', scene.nameOf(figure.cloth));
  if (figure.headgear === 'wizard') {
    const bend = scene.vary('bend', -5, 5);
    const cone = polygon(
      [8.4, y - 2.4],
      [11.4 + bend * 0.1, y - 7.4],
      [13.6 + bend * 0.5, y - 10],
      [15 + bend, Math.max(0, y - 13)],
      [17 + bend * 0.5, y - 9.4],
      [19 + bend * 0.1, y - 7],
      [21.6, y - 2.4],
    );
    scene.paint(cone, cloth, gradient([10, y - 8], [21, y - 2], 3.8, 1.2), 'auto');
    const band = rect(8.8, y - 4.4, 21.2, y - 2.4);
    scene.recolour(intersect(band, cone), figure.trim, gradient([9, 0], [21, 0], 3.9, 1.6));
    scene.paint(
      ellipse(15, y - 2, 10, Math.max(1.7, scene.unit * 0.7)),
      cloth,
      gradient([6, 0], [24, 0], 3.9, 1.2),
      'auto',
    );
    if (scene.unit < 1.5) scene.spot(14.6 + bend * 0.2, y - 7, 1.6, 1.6, figure.trim, SHINE);
  } else if (figure.headgear === 'hood') {
    const point = scene.chance('pointed hood', 0.5) ? 0.8 : 0;
    const hood = union(
      ellipse(15, y - 0.2, 8, 7.4),
      mirrored(
        15,
        [0, y - 7.6 - point],
        [2 + point, y - 7.2],
        [8, y],
        [7.4, y + 6],
        [4, y + 7.6],
        [0, y + 7.6],
      ),
    );
    const face = union(ellipse(15, y + 1.2, 5.2, 4.6));
    scene.paint(subtract(hood, face), cloth, ball(13.6, y, 10.4, 10.4), 'auto');
    scene.tint(subtract(face, ellipse(15, y + 2.2, 5.2, 4.4)), -1.4, figure.skin);
  } else if (figure.headgear === 'crown') {
    const gold = scene.own('crown', 'gold');
    const crown = mirrored(
      15,
      [0, y - 9.4],
      [1.7, y - 6.6],
      [3, y - 7.2],
      [5.6, y - 9],
      [5, y - 4],
      [0, y - 3.4],
    );
    scene.paint(crown, gold, gradient([9, y - 9], [21, y - 4], 4.4, 1.6), 'auto');
    scene.spot(
      15,
      y - 5.2,
      scene.width % 2 === 0 ? scene.unitX * 2 : 1,
      1.4,
      scene.own('gem', 'ruby', 'sapphire'),
      LIGHT,
    );
  } else if (figure.headgear === 'cap') {
    const cap = intersect(ellipse(15, y - 1.6, 7.4, 6.4), rect(0, y - 9, 30, y - 2));
    scene.paint(cap, cloth, ball(13.6, y - 2, 8.6, 7.4), 'auto');
    scene.paint(
      rect(7.2, y - 3.2, 22.8, y - 3.2 + scene.whole(1.5), 0.6),
      cloth,
      gradient([8, 0], [22, 0], 4, 1.2),
      'auto',
    );
    if (scene.chance('feather', 0.6))
      scene.paint(
        curve([20.4, y - 3], [23, y - 6], [22.4, y - 9.4], 1.1, 0.6),
        scene.own('plume', 'red', 'white', 'yellow'),
        flat(LIGHT),
        'auto',
      );
  } else if (figure.headgear === 'horns') {
    for (const s of [-1, 1])
      scene.paint(
        curve([15 + s * 4.6, y - 4], [15 + s * 8.6, y - 5], [15 + s * 7.6, y - 9], 1.5, 0.5),
        scene.named('bone'),
        flat(s < 0 ? LIGHT : MID),
        'auto',
      );
  }
}

function paintHeldShield(scene: Scene, figure: Figure): void {
  const field = scene.own('shield', scene.nameOf(figure.trim));
  const metal = scene.own('guard', 'steel', 'gold', 'iron');
  const shape = scene.chance('round shield', 0.4)
    ? ellipse(6.6, 20.4, 5)
    : polygon(
        [2, 15.6],
        [6.6, 14.6],
        [11.2, 15.6],
        [11, 20.4],
        [9, 24],
        [6.6, 26],
        [4.2, 24],
        [2.2, 20.4],
      );
  scene.paint(shape, metal, plate(shape, 1, MID + 0.4, 1), 'auto');
  const inner: Shape = {
    at: (x, y) => shape.at(x, y) + Math.max(1.2, scene.unit * 0.9),
    box: shape.box,
  };
  scene.paint(inner, field, gradient([4, 16], [9, 25], 3.8, 1.4), 'none');
  if (scene.unit < 1.5) {
    scene.score(
      intersect(
        inner,
        union(
          rect(6.6 - scene.unitX * 0.5, 0, 6.6 + scene.unitX * 0.5, 30),
          rect(0, 19.4, 30, 19.4 + scene.unitY),
        ),
      ),
      LIGHT,
      metal,
    );
  }
}

function paintHand(scene: Scene, figure: Figure): void {
  const x = 15 + figure.girth + 2.9;
  const metal = scene.own('weapon', 'steel', 'iron', 'silver');
  const wood = scene.named('wood');
  const w = Math.max(0.95, scene.unit * 0.5);
  const at = scene.snapX(x);
  switch (figure.hand) {
    case 'sword':
    case 'dagger': {
      const tip = figure.hand === 'sword' ? scene.vary('sword', 5, 8) : 13.4;
      const blade = polygon(
        [at - w, 18.6],
        [at - w, tip + 1.6],
        [at, tip],
        [at + w, tip + 1.6],
        [at + w, 18.6],
      );
      scene.paint(blade, metal, px => (px < at ? SHINE : MID), 'auto');
      scene.paint(
        rect(at - w * 2.6, 18, at + w * 2.6, 18 + scene.whole(1.2)),
        scene.own('hilt', 'gold', 'bronze'),
        flat(LIGHT),
        'auto',
      );
      scene.paint(rect(at - w, 19, at + w, 22.6), scene.named('leather'), flat(MID), 'none');
      break;
    }
    case 'staff': {
      const gem = scene.accent('gem', 'crystal', 'ruby', 'emerald', 'amethyst', 'amber');
      const y = scene.vary('staff', 5.6, 8);
      scene.paint(rect(at - w, y, at + w, 29.4), wood, px => (px < at ? LIGHT : SHADE), 'auto');
      if (scene.chance('claw', 0.5))
        scene.paint(
          subtract(ellipse(at, y - 0.6, 3.6), rect(0, 0, 30, y - 1.4)),
          wood,
          flat(MID),
          'none',
        );
      scene.paint(ellipse(at, y - 1.4, 2.6), gem, ball(at, y - 1.4, 2.6, 2.6, 0.3), 'auto');
      break;
    }
    case 'axe': {
      scene.paint(rect(at - w, 9, at + w, 25), wood, px => (px < at ? LIGHT : SHADE), 'auto');
      scene.paint(
        polygon([at + w, 10.4], [at + 4, 8.6], [at + 4.8, 12.4], [at + 4, 16.2], [at + w, 14.4]),
        metal,
        gradient([at, 0], [at + 4.6, 0], 1.6, 4.4),
        'auto',
      );
      if (scene.chance('double axe', 0.4))
        scene.paint(
          polygon(
            [at - w, 10.4],
            [at - 3.6, 9],
            [at - 4.2, 12.4],
            [at - 3.6, 15.8],
            [at - w, 14.4],
          ),
          metal,
          gradient([at - 4, 0], [at, 0], 4.6, 2),
          'auto',
        );
      break;
    }
    case 'club': {
      scene.paint(
        capsule([at, 23], [at + 1, 12.4], w, 2.7),
        wood,
        tube([at, 23], [at + 1, 12], 3),
        'auto',
      );
      if (scene.unit < 1.5)
        for (const [dx, dy] of [
          [-1, 11.4],
          [2, 13.4],
          [0.4, 15.4],
        ] as const)
          scene.spot(at + dx, dy, 1, 1, scene.named('bone'), LIGHT);
      break;
    }
    case 'spear': {
      scene.paint(rect(at - w * 0.8, 6, at + w * 0.8, 29.4), wood, flat(MID), 'auto');
      scene.paint(
        polygon([at - 2, 7], [at, 1.4], [at + 2, 7], [at, 8.4]),
        metal,
        px => (px < at ? SHINE : MID),
        'auto',
      );
      break;
    }
    case 'bow': {
      scene.paint(
        curve([at - 0.4, 9.6], [at + 7, 18.4], [at - 0.4, 27.4], Math.max(0.9, scene.unit * 0.5)),
        wood,
        gradient([at, 10], [at + 3, 27], 3.8, 1.8),
        'auto',
      );
      scene.paint(
        rect(at - 0.4 - scene.unitX / 2, 9.6, at - 0.4 + scene.unitX / 2, 27.4),
        scene.named('bone'),
        flat(LIGHT),
        'none',
      );
      break;
    }
    default:
      return;
  }
  const fist = Math.max(1.4, scene.unit * 0.6);
  scene.paint(
    ellipse(x - 0.5, 21, fist),
    figure.garb === 'plate' ? figure.cloth : figure.skin,
    flat(LIGHT),
    'auto',
  );
}
