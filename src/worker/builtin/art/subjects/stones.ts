import type { Scene } from '../canvas/scene.ts';
import { DEEP, flat, gradient, LIGHT, MID, plate, SHADE, SHINE, tube } from '../canvas/shading.ts';
import {
  capsule,
  ellipse,
  intersect,
  mirrored,
  type Point,
  polygon,
  rect,
  type Shape,
  subtract,
  union,
} from '../canvas/shapes.ts';

export function paintRock(scene: Scene): void {
  const stone = scene.main('rock', 'stone', 'stone', 'darkstone', 'dirt', 'sand');
  const j = (name: string, by: number): number => scene.vary(name, -by, by);
  const peak = 11 + j('peak', 3.4);
  const shape = polygon(
    [2.4, 23 + j('a', 1)],
    [4.4, 15 + j('b', 2)],
    [peak - 3, 7 + j('c', 1.6)],
    [peak + 4, 5 + j('d', 1.4)],
    [22 + j('e', 1.6), 10 + j('f', 1.4)],
    [27.6, 18 + j('g', 2)],
    [28, 24],
    [24.4, 27.6],
    [6, 27.6],
  );
  scene.paint(shape, stone, flat(MID), 'none');
  const ridge: Point = [peak + 1 + j('r', 1), 13 + j('s', 1.4)];
  scene.recolour(
    intersect(
      shape,
      polygon([0, 24], [3, 12], [peak - 3, 5], [peak + 5, 3], ridge, [peak - 4, 21], [3, 26]),
    ),
    stone,
    flat(LIGHT),
  );
  scene.recolour(
    intersect(
      shape,
      polygon(
        [peak - 2, 4],
        [peak + 6, 2],
        [22, 8],
        [ridge[0] + 1, ridge[1]],
        [ridge[0] - 4, ridge[1] - 2],
      ),
    ),
    stone,
    flat(SHINE - 1 + (scene.chance('bright', 0.5) ? 1 : 0)),
  );
  scene.recolour(
    intersect(
      shape,
      polygon(
        [ridge[0] + 5, ridge[1] + 1],
        [24, 8],
        [32, 18],
        [32, 30],
        [12, 30],
        [peak, 24],
        [ridge[0] + 4, 23],
      ),
    ),
    stone,
    flat(SHADE),
  );
  scene.recolour(
    intersect(shape, polygon([30, 20], [30, 30], [10, 30], [12, 26], [21, 25.4], [25, 21])),
    stone,
    flat(DEEP),
  );
  if (scene.unit < 1.5 && scene.detail > 0.4) {
    const x = scene.grain('crack', 9, 17);
    scene.score(capsule([x, 15], [x + 2.4, 18.6], scene.unit * 0.5), SHADE);
    scene.score(capsule([x + 2.4, 18.6], [x + 1.6, 22], scene.unit * 0.45), SHADE);
    scene.glint(scene.grain('chip', 6, 9), 18, 1.6, 1);
  }
  if (scene.chance('second', 0.5)) {
    const small = polygon([17, 28.4], [18, 23.6], [22, 21.4], [27, 23], [28.6, 28.4]);
    scene.paint(small, stone, gradient([19, 22], [27, 28], 3.9, 1), 'auto');
  }
}

export function paintLog(scene: Scene): void {
  const bark = scene.own('trunk', 'wood', 'darkwood', 'brown');
  const cut = scene.main('cut', 'sand', 'bone');
  if (scene.says('stump')) {
    scene.paint(
      mirrored(15, [8.4, 12], [8.6, 22], [12, 28], [0, 28]),
      bark,
      tube([15, 0], [15, 30], 10.4),
      'none',
    );
    for (const x of [10, 14, 19]) scene.tint(rect(x, 16, x + scene.unit, 24), -1, bark);
    scene.paint(ellipse(15, 12, 8.8, 4), cut, plate(ellipse(15, 12, 8.8, 4), 1, MID, 0.9), 'auto');
    scene.score(subtract(ellipse(15, 12, 5, 2.2), ellipse(15, 12, 4, 1.4)), SHADE);
    return;
  }
  scene.paint(rect(5, 9, 28, 24, 2), bark, tube([0, 16.6], [30, 16.6], 8), 'none');
  for (let i = 0; i < 5; i++) {
    const x = scene.grain('bark' + i, 13, 23);
    scene.tint(rect(x, 11 + i * 2.6, x + 4, 11 + i * 2.6 + scene.unitY * 0.9), -1, bark);
  }
  const face = ellipse(8.4, 16.5, 5.4, 7.5);
  scene.paint(face, cut, plate(face, 1.2, MID + 0.6, 0.8), 'auto');
  for (const r of [0.66, 0.3])
    scene.score(
      subtract(
        ellipse(8.4, 16.5, 5.4 * r, 7.5 * r),
        ellipse(8.4, 16.5, 5.4 * r - scene.unit, 7.5 * r - scene.unit),
      ),
      SHADE,
    );
}

export function paintCloud(scene: Scene): void {
  const ink = scene.main('cloud', 'ghost', 'white');
  const shape: Shape = union(
    ellipse(8, 19, 6, 5),
    ellipse(14, 13.4, 7),
    ellipse(21.6, 17, 6.4),
    rect(5, 17, 25, 23.8, 3),
  );
  scene.paint(shape, ink, gradient([10, 8], [19, 25], 4.6, 1.6), 'none');
}
