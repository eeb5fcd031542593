import type { Scene } from '../canvas/scene.ts';
import { ball, DEEP, flat, gradient, LIGHT, MID, plate, SHADE } from '../canvas/shading.ts';
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
import { boards } from './containers.ts';

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

export function paintDoor(scene: Scene): void {
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

export function paintHouse(scene: Scene): void {
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

export function paintTower(scene: Scene): void {
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
