import type { Scene } from '../canvas/scene.ts';
import { ball, flat, gradient, LIGHT, MID, plate, SHADE } from '../canvas/shading.ts';
import {
  capsule,
  curve,
  ellipse,
  intersect,
  mirrored,
  type Point,
  polygon,
  rect,
  subtract,
} from '../canvas/shapes.ts';
import { emblem } from './emblems.ts';

const BODIES = [
  'stone',
  'gold',
  'bronze',
  'silver',
  'darkstone',
  'bone',
  'jade',
  'copper',
  'navy',
  'wood',
  'teal',
  'red',
];

const GEMS = ['ruby', 'emerald', 'sapphire', 'amethyst', 'crystal', 'amber', 'lava', 'poison'];

/** A symmetric artefact whose profile, core and ornaments follow the words nobody knew. */
export function paintRelic(scene: Scene): void {
  const body = scene.main('body', ...BODIES);
  const trim = scene.own('guard', 'gold', 'silver', 'bronze', 'iron');
  const core = scene.accent('gem', ...GEMS);
  const wing = scene.choice('wings', 4);
  if (wing < 3) {
    for (const s of [-1, 1]) {
      const arm =
        wing === 0
          ? curve(
              [15 + s * 6, 16],
              [15 + s * 15, 16],
              [15 + s * 12, scene.vary('arm', 3, 8)],
              2.2,
              0.7,
            )
          : wing === 1
            ? polygon(
                [15 + s * 6, 10],
                [15 + s * 14.6, 6],
                [15 + s * 12, 13],
                [15 + s * 14, 19],
                [15 + s * 6, 20],
              )
            : subtract(ellipse(15 + s * 9, 13, 5), ellipse(15 + s * 9, 13, 2.6));
      scene.paint(arm, trim, gradient([15 - 12, 4], [15 + 12, 22], 4, 1.2), 'none');
    }
  }
  const profile: Point[] = [[0, scene.vary('top', 1.4, 4)]];
  const bends = scene.pick('bends', [3, 4]);
  for (let i = 0; i < bends; i++) {
    const t = (i + 0.6) / (bends + 0.4);
    const swell = scene.vary('swell' + i, 4.4, 9.4);
    profile.push([i === 0 ? swell * 0.7 : swell, 4 + t * 19]);
  }
  profile.push([scene.vary('waist', 3, 5), 23.6], [0, 24]);
  const hull = mirrored(15, ...profile);
  const foot = scene.vary('foot', 6, 9);
  scene.paint(
    mirrored(15, [foot * 0.6, 23], [foot, 27], [foot, 29], [0, 29]),
    trim,
    gradient([15 - foot, 23], [15 + foot, 29], 3.9, 1.2),
    'none',
  );
  scene.paint(hull, body, ball(13.4, 12.4, 10.6, 14.4), 'auto');
  const band = scene.snapY(scene.vary('band', 18.4, 20.6));
  scene.recolour(
    intersect(hull, rect(0, band, 30, band + scene.whole(1.6))),
    trim,
    gradient([7, 0], [23, 0], 4.2, 1.4),
    body,
  );
  const y = scene.vary('core', 10.6, 13.4);
  const r = scene.vary('core size', 3, 4.2);
  const setting = ellipse(15, y, r + 1.3);
  scene.paint(
    intersect(setting, { at: (px, py) => hull.at(px, py) - 1.4, box: setting.box }),
    trim,
    plate(setting, 1.2, MID, 1),
    'auto',
  );
  const kind = scene.choice('core kind', 3);
  const stone =
    kind === 0
      ? ellipse(15, y, r)
      : kind === 1
        ? polygon([15, y - r - 0.6], [15 + r, y], [15, y + r + 0.6], [15 - r, y])
        : emblem(scene, 'rune', 15, y, r + 0.4);
  scene.paint(stone, core, ball(14.4, y - 0.6, r * 1.15, r * 1.15, 0.3), 'none');
  scene.glint(15 - r * 0.4, y - r * 0.4, 1.2, 1.2);
  if (scene.chance('horns', 0.5)) {
    for (const s of [-1, 1])
      scene.paint(
        capsule([15 + s * 3.4, 5], [15 + s * scene.vary('horn', 4, 7.4), 1.4], 1.3, 0.5),
        trim,
        flat(s < 0 ? LIGHT : SHADE),
        'auto',
      );
  }
}
