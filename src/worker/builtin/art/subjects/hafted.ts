import { Frame } from '../canvas/frame.ts';
import type { Scene } from '../canvas/scene.ts';
import { DEEP, flat, LIGHT, MID, SHADE, SHINE } from '../canvas/shading.ts';
import { capsule, curve, polygon, rect, union } from '../canvas/shapes.ts';
import { paintGrip } from './blades.ts';

/** A round wooden shaft along the frame, with grain marks. */
export function paintShaft(
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

export function shaftHalf(frame: Frame): number {
  return Math.max(0.95, frame.thin);
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

export function paintAxe(scene: Scene): void {
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

export function paintHammer(scene: Scene): void {
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

export function paintPickaxe(scene: Scene): void {
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

export function paintSpear(scene: Scene): void {
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
