import type { Scene } from '../canvas/scene.ts';
import { DEEP, flat, gradient, LIGHT, MID, plate, SHADE, SHINE, tube } from '../canvas/shading.ts';
import { ellipse, mirrored, polygon, rect, type Shape, subtract } from '../canvas/shapes.ts';

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

export function paintTorch(scene: Scene): void {
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

export function paintCandle(scene: Scene): void {
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

export function paintLantern(scene: Scene): void {
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
