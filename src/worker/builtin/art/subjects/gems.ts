import type { Scene } from '../canvas/scene.ts';
import { flat, LIGHT, MID } from '../canvas/shading.ts';
import { type Point, polygon, union } from '../canvas/shapes.ts';

type Facet = readonly [light: number, ...points: Point[]];

/** Facet tables: light and corners, as seen from the front with light from the top left. */
const CUTS: readonly (readonly Facet[])[] = [
  [
    [4.5, [8, 5], [22, 5], [20, 11], [10, 11]],
    [3.5, [8, 5], [10, 11], [2, 12]],
    [2.5, [22, 5], [28, 12], [20, 11]],
    [3.5, [2, 12], [10, 11], [15, 28]],
    [2.5, [10, 11], [20, 11], [15, 28]],
    [1.5, [20, 11], [28, 12], [15, 28]],
  ],
  [
    [4.5, [10, 2], [20, 2], [19, 6], [11, 6]],
    [3.5, [10, 2], [11, 6], [9, 9], [5, 7]],
    [2.5, [20, 2], [25, 7], [21, 9], [19, 6]],
    [3.5, [5, 7], [9, 9], [9, 21], [5, 23]],
    [1.5, [25, 7], [25, 23], [21, 21], [21, 9]],
    [1.5, [5, 23], [9, 21], [11, 24], [10, 28]],
    [0.5, [25, 23], [20, 28], [19, 24], [21, 21]],
    [1.5, [10, 28], [11, 24], [19, 24], [20, 28]],
    [2.5, [11, 6], [19, 6], [21, 9], [21, 21], [19, 24], [11, 24], [9, 21], [9, 9]],
    [3.5, [11, 6], [19, 6], [21, 9], [9, 20], [9, 9]],
  ],
  [
    [4.5, [15, 1], [8, 9], [13, 11]],
    [3.5, [15, 1], [13, 11], [22, 9]],
    [3.5, [8, 9], [13, 11], [12, 24], [7, 21]],
    [2.5, [13, 11], [22, 9], [23, 21], [12, 24]],
    [1.5, [7, 21], [12, 24], [15, 29]],
    [0.9, [12, 24], [23, 21], [15, 29]],
  ],
  [
    [4.5, [11, 9], [19, 9], [21, 15], [15, 20], [9, 15]],
    [3.5, [15, 2], [6, 5], [11, 9]],
    [4.5, [15, 2], [11, 9], [19, 9]],
    [2.5, [15, 2], [19, 9], [24, 5]],
    [3.5, [6, 5], [2, 13], [9, 15], [11, 9]],
    [1.5, [24, 5], [19, 9], [21, 15], [28, 13]],
    [2.5, [2, 13], [5, 22], [9, 15]],
    [0.5, [28, 13], [21, 15], [25, 22]],
    [1.5, [5, 22], [15, 28], [15, 20], [9, 15]],
    [0.5, [25, 22], [21, 15], [15, 20], [15, 28]],
    [3.5, [11, 9], [15, 20], [9, 15]],
    [2.5, [19, 9], [21, 15], [15, 20], [11, 9]],
  ],
];

export function paintGem(scene: Scene): void {
  const ink = scene.main(
    'gem',
    'ruby',
    'emerald',
    'sapphire',
    'amethyst',
    'diamond',
    'amber',
    'crystal',
  );
  const cut = CUTS[scene.choice('cut', CUTS.length)] ?? [];
  const wide = scene.vary('wide', 0.86, 1);
  const shapes = cut.map(([, ...points]) =>
    polygon(...points.map(([x, y]): Point => [15 + (x - 15) * wide, y])),
  );
  scene.paint(union(...shapes), ink, flat(MID), 'none');
  for (const [i, shape] of shapes.entries()) {
    const light = cut[i]?.[0] ?? MID;
    scene.recolour(shape, ink, flat(light));
  }
  scene.glint(15 + (scene.grain('glint', 9.4, 11) - 15) * wide, 9.6, 1.4, 1.4);
  scene.glint(19.4, 19.6, 1, 1, LIGHT);
}
