import type { Scene } from '../canvas/scene.ts';
import { ball, gradient, LIGHT, MID, plate, SHADE } from '../canvas/shading.ts';
import {
  curve,
  ellipse,
  mirrored,
  type Point,
  polygon,
  rect,
  subtract,
  union,
} from '../canvas/shapes.ts';

export function paintRing(scene: Scene): void {
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

export function paintCrown(scene: Scene): void {
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

export function paintAmulet(scene: Scene): void {
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
