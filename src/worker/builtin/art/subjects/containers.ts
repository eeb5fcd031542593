import type { Scene } from '../canvas/scene.ts';
import { ball, DEEP, flat, gradient, LIGHT, MID, plate, SHADE, tube } from '../canvas/shading.ts';
import {
  ellipse,
  intersect,
  mirrored,
  polygon,
  rect,
  type Shape,
  subtract,
  union,
} from '../canvas/shapes.ts';

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

export function paintBarrel(scene: Scene): void {
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

export function paintPot(scene: Scene): void {
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
