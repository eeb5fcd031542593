import { Frame } from './frame.ts';
import type { Scene } from './scene.ts';
import { DEEP, LIGHT, MID, SHADE, SHINE, ball, flat, gradient } from './shading.ts';
import { star } from './armour.ts';
import { capsule, curve, ellipse, polygon, rect, subtract, union } from './shapes.ts';
import type { Subject } from './subject.ts';

/** A grip with wound leather: light and dark bands across a round bar. */
export function paintGrip(
  scene: Scene,
  frame: Frame,
  ink: number,
  from: number,
  to: number,
  half: number,
): void {
  const wrap = scene.choice('wrap', 3);
  const shading = frame.shading((u, v) => {
    const side = v < -half * 0.2 ? LIGHT - 0.4 : v > half * 0.45 ? SHADE : MID;
    const band = Math.floor((u + (wrap === 1 ? v : 0)) / Math.max(1.5, scene.unit * 1.42)) % 2;
    return wrap === 2 ? side : side - band;
  });
  scene.paint(frame.shape(rect(from, -half, to, half)), ink, shading, 'none');
}

function paintBlade(scene: Scene, frame: Frame, from: number, end: number, half: number): void {
  const broken = scene.brief.effects.has('broken');
  const to = broken ? from + (end - from) * scene.vary('break', 0.45, 0.6) : end;
  const ink = scene.main('blade', 'steel', 'steel', 'silver', 'iron');
  const kind = scene.says('scimitar', 'sabre', 'saber') ? 2 : scene.choice('blade', 4);
  const tip = kind === 1 ? half * 3.2 : half * 1.8;
  const blade = broken
    ? polygon(
        [from, -half],
        [from, half],
        [to - 2, half],
        [to - 3.4, half * 0.4],
        [to - 0.4, 0],
        [to - 2, -half * 0.4],
        [to + 1, -half],
      )
    : kind === 2
      ? polygon(
          [from, -half * 0.75],
          [from, half * 0.75],
          [to - half * 4, half * 1.35],
          [to, 0],
          [to - half * 4, -half * 1.35],
        )
      : polygon([from, -half], [from, half], [to - tip, half], [to, 0], [to - tip, -half]);
  const cell = scene.unit * 0.72;
  const groove = kind === 3 && half > cell * 2.2 ? cell * 0.6 : 0;
  const shine = [
    from + (to - from) * scene.grain('shine', 0.3, 0.45),
    from + (to - from) * scene.grain('shine end', 0.62, 0.85),
  ] as const;
  scene.paint(
    frame.shape(blade),
    ink,
    frame.shading((u, v) => {
      if (groove > 0 && Math.abs(v) < groove && u < to - tip * 2) return SHADE;
      if (v < -cell * 0.5) return u > shine[0] && u < shine[1] && v > -cell * 2.6 ? SHINE : LIGHT;
      if (v <= cell * 0.5) return groove > 0 ? LIGHT : MID + 0.9;
      return v > half - cell ? SHADE : MID;
    }),
    'none',
  );
}

function paintGuard(scene: Scene, frame: Frame, at: number, reach: number): void {
  const ink = scene.accent('guard', 'gold', 'bronze', 'iron', 'copper', 'silver');
  const kind = scene.choice('guard', 4);
  const thick = Math.max(1.15, scene.unit * 0.72);
  const bend = kind === 1 ? 1.8 : kind === 2 ? -1.4 : 0;
  const bar =
    kind === 3
      ? union(
          ellipse(at, 0, thick * 1.5, reach * 0.72),
          capsule([at, -reach * 0.7], [at, reach * 0.7], thick),
        )
      : curve([at + bend, -reach], [at - bend * 0.6, 0], [at + bend, reach], thick);
  scene.paint(
    frame.shape(bar),
    ink,
    frame.shading((u, v) =>
      v < -reach * 0.45
        ? LIGHT + (u > at ? 1 : 0)
        : v < reach * 0.3
          ? MID + (u > at ? 0.9 : 0)
          : SHADE,
    ),
    'auto',
  );
  if (scene.chance('guard gem', 0.45) || scene.says('gem', 'jewel', 'jewelled', 'jeweled')) {
    const gem = scene.own('gem', 'ruby', 'sapphire', 'emerald', 'amethyst', 'crystal');
    const [x, y] = frame.point(at, 0);
    scene.paint(ellipse(x, y, Math.max(1.1, scene.unit * 0.6)), gem, ball(x, y, 1.6), 'none');
  }
}

function paintSword(scene: Scene): void {
  const frame = new Frame(scene);
  const big = scene.brief.size === 'big' ? 1.35 : 1;
  const half = scene.vary('width', 1.7, 2.7) * big;
  const grip = scene.vary('grip', 7.4, 9.6);
  const reach = scene.vary('reach', 4, 5.8);
  const wrap = scene.own('grip', 'leather', 'wood', 'navy', 'red', 'darkwood');
  const end = frame.length - scene.vary('short', 0, 1.5);
  paintBlade(scene, frame, grip, end, half);
  paintGrip(scene, frame, wrap, 1.5, grip, Math.max(0.75, frame.thin));
  paintGuard(scene, frame, grip, reach);
  const ink = scene.accent('guard', 'gold', 'bronze', 'iron', 'copper', 'silver');
  const [x, y] = frame.point(1.4, 0);
  const r = Math.max(scene.vary('pommel', 1.4, 2), scene.unit * 0.75);
  scene.paint(ellipse(x, y, r), ink, ball(x, y, r, r, 0.4), 'auto');
}

/** A round wooden shaft along the frame, with grain marks. */
function paintShaft(
  scene: Scene,
  frame: Frame,
  ink: number,
  from: number,
  to: number,
  half: number,
): void {
  const cell = scene.unit * 0.72;
  scene.paint(
    frame.shape(rect(from, -half, to, half)),
    ink,
    frame.shading((u, v) => {
      const knot = scene.detail > 0.4 && scene.speck(Math.floor(u / 2.2), 3) > 0.78 ? 1 : 0;
      if (v < -half + cell) return LIGHT - knot;
      return v > half - cell ? SHADE : MID - knot;
    }),
    'none',
  );
}

function shaftHalf(frame: Frame): number {
  return Math.max(0.95, frame.thin);
}

function paintDagger(scene: Scene): void {
  const frame = new Frame(scene, 4.5);
  const half = scene.vary('width', 1.6, 2.4);
  const grip = scene.vary('grip', 6.5, 8.5);
  const wrap = scene.own('grip', 'leather', 'darkwood', 'red', 'navy', 'wood');
  paintBlade(scene, frame, grip, frame.length, half);
  paintGrip(scene, frame, wrap, 1.5, grip, Math.max(0.9, frame.thin));
  paintGuard(scene, frame, grip, scene.vary('reach', 3, 4.2));
  const ink = scene.accent('guard', 'gold', 'bronze', 'iron', 'copper', 'silver');
  const [x, y] = frame.point(1.2, 0);
  const r = Math.max(1.7, scene.unit * 0.75);
  scene.paint(ellipse(x, y, r), ink, ball(x, y, r, r, 0.4), 'auto');
}

/** An axe blade towards negative v about `at`, with a bright ground edge. */
function axeHead(
  scene: Scene,
  frame: Frame,
  ink: number,
  at: number,
  reach: number,
  spread: number,
  side: 1 | -1,
): void {
  const s = -side;
  const head = polygon(
    [at - 2.2, 0],
    [at - 2.6, s * reach * 0.28],
    [at - spread * 0.72, s * reach * 0.5],
    [at - spread * 1.06, s * reach * 0.62],
    [at - spread * 0.8, s * reach * 0.86],
    [at - spread * 0.34, s * reach],
    [at + spread * 0.34, s * reach],
    [at + spread * 0.8, s * reach * 0.86],
    [at + spread * 1.06, s * reach * 0.62],
    [at + spread * 0.72, s * reach * 0.5],
    [at + 2.6, s * reach * 0.28],
    [at + 2.2, 0],
  );
  const edge = Math.max(1.6, scene.unit);
  scene.paint(
    frame.shape(head),
    ink,
    frame.shading((u, v) => {
      const rim = Math.abs(v) - reach * (1 - 0.34 * ((u - at) / spread) * ((u - at) / spread));
      if (rim > -edge) return side === 1 ? SHINE : LIGHT;
      if (rim > -edge * 2) return side === 1 ? LIGHT : MID;
      return u > at ? MID + (side === 1 ? 0.6 : -0.4) : SHADE + (side === 1 ? 0.9 : 0);
    }),
    'auto',
  );
}

function paintAxe(scene: Scene): void {
  const frame = new Frame(scene, 1.5);
  const wood = scene.own('grip', 'wood', 'darkwood', 'leather');
  const metal = scene.main('blade', 'steel', 'iron', 'silver', 'bronze');
  const at = frame.length * 0.68;
  const double = scene.says('double', 'battle', 'battleaxe') || scene.chance('double', 0.3);
  const reach = scene.vary('reach', 9.6, 11.4) * (double ? 0.8 : 1);
  const spread = scene.vary('spread', 6, 7.6);
  paintShaft(scene, frame, wood, 0.5, at + 5, shaftHalf(frame));
  axeHead(scene, frame, metal, at, reach, spread, 1);
  if (double) axeHead(scene, frame, metal, at, reach, spread, -1);
  else if (scene.chance('spike', 0.6)) {
    scene.paint(
      frame.shape(polygon([at - 1.6, 0.8], [at, 4.6], [at + 1.6, 0.8])),
      metal,
      flat(SHADE),
      'auto',
    );
  }
  const socket = frame.shape(rect(at - 2.4, -1.7, at + 2.4, 1.7));
  const ring = scene.accent('guard', 'iron', 'gold', 'bronze', 'darkstone');
  scene.paint(
    socket,
    ring,
    frame.shading((_u, v) => (v < 0 ? LIGHT : MID)),
    'auto',
  );
  paintGrip(
    scene,
    frame,
    scene.named('leather'),
    1.2,
    scene.vary('wrap end', 6, 9),
    shaftHalf(frame) + 0.05,
  );
}

function paintHammer(scene: Scene): void {
  const frame = new Frame(scene, 1.5);
  const wood = scene.own('grip', 'wood', 'darkwood', 'leather');
  const metal = scene.main('blade', 'iron', 'steel', 'stone', 'bronze');
  const at = frame.length * 0.72;
  const thick = scene.vary('thick', 3.6, 4.8);
  const reach = scene.vary('reach', 6.5, 8.2);
  paintShaft(scene, frame, wood, 0.5, at + thick + 1.8, shaftHalf(frame));
  const head = rect(at - thick, -reach, at + thick, reach, 0.8);
  scene.paint(
    frame.shape(head),
    metal,
    frame.shading((u, v) => {
      if (v < -reach + 1.6) return SHINE;
      if (u > at + thick - 1.5) return LIGHT;
      if (v > reach - 1.6) return DEEP;
      return u < at - thick * 0.35 ? SHADE : MID;
    }),
    'auto',
  );
  const band = scene.accent('guard', 'gold', 'bronze', 'copper', 'steel');
  for (const v of scene.chance('bands', 0.6) ? [-reach * 0.52, reach * 0.52] : [0]) {
    const w = Math.max(0.8, scene.unit * 0.5);
    scene.paint(
      frame.shape(rect(at - thick, v - w, at + thick, v + w)),
      band,
      frame.shading(u => (u > at ? LIGHT : MID)),
      'shade',
    );
  }
  paintGrip(
    scene,
    frame,
    scene.named('leather'),
    1.2,
    scene.vary('wrap end', 7, 10),
    shaftHalf(frame) + 0.05,
  );
}

function paintPickaxe(scene: Scene): void {
  const frame = new Frame(scene, 1.5);
  const wood = scene.own('grip', 'wood', 'darkwood');
  const metal = scene.main('blade', 'iron', 'steel', 'bronze', 'stone');
  const at = frame.length * 0.74;
  paintShaft(scene, frame, wood, 0.5, at + 4, shaftHalf(frame));
  const reach = scene.vary('reach', 10.5, 12.5);
  const bend = scene.vary('bend', 4, 6);
  const head = union(
    curve([at - bend, -reach], [at + bend * 0.5, -reach * 0.5], [at + 1.6, 0], 0.5, 2),
    curve([at - bend, reach], [at + bend * 0.5, reach * 0.5], [at + 1.6, 0], 0.5, 2),
  );
  scene.paint(
    frame.shape(head),
    metal,
    frame.shading((u, v) => {
      const spine = at + 1.9 - (bend + 1.4) * (v / reach) * (v / reach);
      if (u > spine) return v < 0 ? SHINE : LIGHT;
      return v < 0 ? MID + 0.4 : SHADE;
    }),
    'auto',
  );
  const ring = scene.accent('guard', 'darkstone', 'gold', 'bronze');
  scene.paint(
    frame.shape(rect(at - 1.6, -1.8, at + 3.6, 1.8)),
    ring,
    frame.shading((_u, v) => (v < 0 ? LIGHT : MID)),
    'auto',
  );
}

function paintSpear(scene: Scene): void {
  const frame = new Frame(scene, 1);
  const wood = scene.own('grip', 'wood', 'darkwood', 'bone');
  const metal = scene.main('blade', 'steel', 'iron', 'bronze', 'silver');
  const neck = frame.length - scene.vary('head', 12, 15);
  const half = scene.vary('width', 2, 2.9);
  paintShaft(scene, frame, wood, 0.5, neck + 1, Math.max(0.75, frame.thin));
  const trident = scene.says('trident') || (scene.says('pitchfork') && true);
  if (trident) {
    for (const v of [-3.4, 3.4]) {
      scene.paint(
        frame.shape(
          union(
            capsule([neck + 1, 0], [neck + 2.4, v], 0.8),
            capsule([neck + 2.4, v], [frame.length - 2.4, v], 0.8, 0.4),
          ),
        ),
        metal,
        flat(v < 0 ? LIGHT : MID),
        'none',
      );
    }
    scene.paint(
      frame.shape(capsule([neck, 0], [frame.length, 0], 0.9, 0.4)),
      metal,
      flat(LIGHT + 0.6),
      'none',
    );
  } else {
    const barbs = scene.chance('barbs', 0.4) ? 1.4 : 0;
    const head = polygon(
      [neck, -0.8],
      [neck + 2 - barbs, -half],
      [neck + 5, -half * 0.9],
      [frame.length, 0],
      [neck + 5, half * 0.9],
      [neck + 2 - barbs, half],
      [neck, 0.8],
    );
    scene.paint(
      frame.shape(head),
      metal,
      frame.shading((_u, v) =>
        v < -half * 0.45 ? SHINE : v <= 0.1 ? LIGHT : v < half * 0.5 ? MID : SHADE,
      ),
      'auto',
    );
  }
  const cloth = scene.accent('guard', 'red', 'blue', 'gold', 'leather', 'green');
  const w = Math.max(1.3, scene.unit * 0.7);
  scene.paint(
    frame.shape(rect(neck - 2.6, -w, neck - 0.2, w)),
    cloth,
    frame.shading((_u, v) => (v < 0 ? LIGHT : MID)),
    'auto',
  );
  if (scene.chance('tassel', 0.5)) {
    scene.paint(
      frame.shape(
        polygon(
          [neck - 2.4, w * 0.6],
          [neck - 3.6, w + 3.6],
          [neck - 6, w + 2.4],
          [neck - 2.8, w * 0.2],
        ),
      ),
      cloth,
      flat(MID),
      'auto',
    );
  }
}

function paintBow(scene: Scene): void {
  const frame = new Frame(scene, 2);
  const wood = scene.main('grip', 'wood', 'darkwood', 'leather');
  const string = scene.own('string', 'bone', 'white');
  const length = frame.length;
  const belly = scene.vary('belly', 11, 14);
  const cross = scene.chance('recurve', 0.5);
  const back = 3;
  const thick = Math.max(1.15, scene.unit * 0.72);
  const middle = length / 2;
  const cell = scene.unit * 0.71;
  scene.each(
    frame.shape(rect(2.4, back - cell * 0.75, length - 2.4, back + cell * 0.25)),
    index => {
      scene.ink[index] = string + 1;
      scene.light[index] = MID + 1;
      scene.fixed[index] = 1;
      scene.part[index] = 60000;
    },
  );
  const bend = (u: number): number => {
    const t = (u - 2) / (length - 4);
    return back * ((1 - t) * (1 - t) + t * t) - 2 * t * (1 - t) * belly;
  };
  const shading = frame.shading((u, v) => {
    const depth = v - bend(u);
    return depth < -thick * 0.2
      ? LIGHT + (u > middle ? 0.4 : 0)
      : depth < thick * 0.5
        ? MID
        : SHADE;
  });
  scene.paint(
    frame.shape(curve([2, back], [middle, -belly], [length - 2, back], thick)),
    wood,
    shading,
    'none',
  );
  const tips = scene.accent('guard', 'gold', 'bone', 'iron', 'bronze');
  for (const u of [2, length - 2]) {
    const out = u < middle ? -1 : 1;
    const end: readonly [number, number] = cross
      ? [u + out * 0.4, back - 2.4]
      : [u + out * 1.2, back + 0.6];
    scene.paint(frame.shape(capsule([u, back], end, thick * 0.95)), tips, flat(LIGHT), 'auto');
  }
  const hold = scene.named('leather');
  const centre = bend(middle);
  scene.paint(
    frame.shape(rect(middle - 2.8, centre - thick - 0.3, middle + 2.8, centre + thick + 0.3)),
    hold,
    frame.shading((u, v) =>
      v < centre - 0.2 ? LIGHT : Math.floor(u / 1.6) % 2 === 0 ? MID : SHADE,
    ),
    'auto',
  );
  if (scene.chance('arrow', 0.5) || scene.says('arrow', 'arrows'))
    paintArrow(scene, frame, middle, centre);
}

/** An arrow across the frame, nocked on the string at `middle`. */
function paintArrow(scene: Scene, frame: Frame, middle: number, centre: number): void {
  const wood = scene.named('bone');
  const metal = scene.own('blade', 'steel', 'iron');
  const cell = scene.unit * 0.71;
  const tip = centre - 7;
  scene.paint(
    frame.shape(rect(middle - cell * 0.6, tip + 2, middle + cell * 0.6, 4)),
    wood,
    flat(LIGHT),
    'none',
  );
  scene.paint(
    frame.shape(polygon([middle - 2, tip + 3.4], [middle, tip], [middle + 2, tip + 3.4])),
    metal,
    frame.shading(u => (u > middle ? SHINE : LIGHT)),
    'auto',
  );
}

/** What sits on top of a staff or wand, about the place `u` on the frame. */
function paintStaffHead(scene: Scene, frame: Frame, u: number, size: number, wood: number): void {
  const gem = scene.accent('gem', 'crystal', 'ruby', 'emerald', 'amethyst', 'amber', 'sapphire');
  const metal = scene.own('guard', 'gold', 'silver', 'bronze');
  const [x, y] = frame.point(u, 0);
  const kind = scene.choice('staff head', 4);
  if (kind === 0) {
    const claw = subtract(
      ellipse(u - size * 0.1, 0, size * 1.5),
      ellipse(u + size * 0.5, 0, size * 1.15),
    );
    scene.paint(
      frame.shape(claw),
      wood,
      frame.shading((_, v) => (v < 0 ? LIGHT : SHADE)),
      'auto',
    );
    scene.paint(ellipse(x, y, size), gem, ball(x, y, size * 1.05, size * 1.05, 0.2), 'auto');
  } else if (kind === 1) {
    const moon = subtract(
      ellipse(u + size * 0.2, 0, size * 1.5),
      ellipse(u + size * 0.9, 0, size * 1.1),
    );
    const light = frame.shading((_, v) => (v < -size * 0.3 ? SHINE : v < size * 0.4 ? LIGHT : MID));
    scene.paint(frame.shape(moon), metal, light, 'auto');
    const r = Math.max(size * 0.62, scene.unit * 0.8);
    const [gx, gy] = frame.point(u + size * 0.9, 0);
    scene.paint(ellipse(gx, gy, r), gem, ball(gx, gy, r, r, 0.3), 'auto');
  } else if (kind === 2) {
    const crystal = polygon(
      [u - size, 0],
      [u - size * 0.2, -size * 0.95],
      [u + size * 0.9, -size * 0.6],
      [u + size * 1.9, 0],
      [u + size * 0.9, size * 0.6],
      [u - size * 0.2, size * 0.95],
    );
    const light = frame.shading((_, v) =>
      v < -size * 0.3 ? SHINE : v <= 0.1 ? LIGHT : v < size * 0.4 ? MID : SHADE,
    );
    scene.paint(frame.shape(crystal), gem, light, 'auto');
  } else {
    const top = star(x, y, size * 1.5, size * 0.7);
    scene.paint(top, gem, gradient([x - size, y - size], [x + size, y + size], 4.6, 1.6), 'auto');
  }
  const collar = frame.shape(rect(u - size * 1.5, -1.6, u - size * 0.9, 1.6));
  scene.paint(
    collar,
    metal,
    frame.shading((_, v) => (v < 0 ? SHINE : MID)),
    'auto',
  );
}

function paintStaff(scene: Scene): void {
  const frame = new Frame(scene, 1.5);
  const wood = scene.main('grip', 'wood', 'darkwood', 'brown', 'bone');
  const size = Math.max(scene.vary('head', 3.2, 4.2), scene.unit * 1.4);
  const head = frame.length - size * 1.9;
  paintShaft(scene, frame, wood, 0, head - size * 0.5, shaftHalf(frame));
  paintStaffHead(scene, frame, head, size, wood);
  const wrap = scene.own('wrap', 'red', 'blue', 'leather', 'purple');
  paintGrip(scene, frame, wrap, head * 0.42, head * 0.58, shaftHalf(frame) + 0.1);
}

function paintWand(scene: Scene): void {
  const frame = new Frame(scene, 4);
  const wood = scene.main('grip', 'darkwood', 'wood', 'black', 'bone');
  const size = Math.max(scene.vary('head', 2.8, 3.6), scene.unit * 1.3);
  const head = frame.length - size * 1.9;
  paintShaft(scene, frame, wood, 0, head - size * 0.5, shaftHalf(frame));
  paintGrip(scene, frame, scene.own('wrap', 'gold', 'silver', 'red'), 0, 5, shaftHalf(frame) + 0.3);
  paintStaffHead(scene, frame, head, size, wood);
}

export const WEAPONS: readonly Subject[] = [
  {
    name: 'sword',
    words:
      'sword blade longsword broadsword shortsword greatsword claymore katana rapier scimitar sabre saber excalibur schwert espada épée spada 🗡 ⚔ 剣 剑 刀 меч سيف',
    kind: 'item',
    stretch: 2.6,
    paint: paintSword,
  },
  {
    name: 'dagger',
    words: 'dagger knife dirk stiletto shiv kunai dolch daga 🔪',
    kind: 'item',
    stretch: 2.6,
    paint: paintDagger,
  },
  {
    name: 'axe',
    words: 'axe ax hatchet battleaxe tomahawk halberd axt hacha hache 🪓 斧',
    kind: 'item',
    paint: paintAxe,
  },
  {
    name: 'hammer',
    words: 'hammer warhammer mallet maul mace sledgehammer mjolnir marteau 🔨',
    kind: 'item',
    paint: paintHammer,
  },
  { name: 'pickaxe', words: 'pickaxe pick mattock ⛏', kind: 'item', paint: paintPickaxe },
  {
    name: 'spear',
    words: 'spear lance javelin pike trident pitchfork harpoon 🔱 槍',
    kind: 'item',
    stretch: 2.6,
    paint: paintSpear,
  },
  {
    name: 'bow',
    words: 'bow longbow shortbow crossbow bogen arco 🏹 弓',
    kind: 'item',
    stretch: 2.6,
    paint: paintBow,
  },
  {
    name: 'staff',
    words: 'staff stave scepter sceptre rod stab bastón 杖',
    kind: 'item',
    stretch: 2.6,
    paint: paintStaff,
  },
  { name: 'wand', words: 'wand zauberstab varita 🪄', kind: 'item', paint: paintWand },
];
