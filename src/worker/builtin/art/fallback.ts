import { eyesAt } from './creatures.ts';
import { emblem } from './armour.ts';
import type { Scene } from './scene.ts';
import { DEEP, LIGHT, MID, SHADE, SHINE, ball, flat, gradient, plate } from './shading.ts';
import {
  type Point,
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
import type { Subject } from './subject.ts';

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
function paintRelic(scene: Scene): void {
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

/** A symmetric little monster: body, ears or horns, eyes, arms and mouth all follow the hash. */
function paintCritter(scene: Scene): void {
  const skin = scene.main(
    'skin',
    'teal',
    'purple',
    'orange',
    'pink',
    'blue',
    'lime',
    'red',
    'moss',
    'grey',
    'yellow',
  );
  const belly = scene.accent('belly', 'bone', 'sand', 'white', 'ice', 'blossom');
  const horn = scene.own('horn', 'bone', 'gold', 'grey');
  const wide = scene.vary('wide', 8, 11);
  const top = scene.vary('top', 6.4, 9.6);
  const crest = scene.choice('crest', 5);
  for (const s of [-1, 1]) {
    const light = flat(s < 0 ? LIGHT : MID);
    if (crest === 0)
      scene.paint(
        curve(
          [15 + s * wide * 0.6, top + 3],
          [15 + s * wide, top],
          [15 + s * wide * 0.86, top - 5.4],
          2,
          0.6,
        ),
        horn,
        light,
        'none',
      );
    else if (crest === 1)
      scene.paint(
        ellipse(15 + s * wide * 0.68, top + 1, 3.4),
        skin,
        ball(15 + s * wide * 0.68, top + 1, 3.6),
        'none',
      );
    else if (crest === 2)
      scene.paint(
        polygon(
          [15 + s * 2, top + 4],
          [15 + s * wide * 0.74, top - 5.4],
          [15 + s * wide * 0.94, top + 6],
        ),
        skin,
        light,
        'none',
      );
    else if (crest === 3) {
      scene.paint(
        curve([15 + s * 3, top + 2], [15 + s * 3.4, top - 3], [15 + s * 6.4, top - 4.4], 0.9),
        skin,
        light,
        'none',
      );
      scene.paint(
        ellipse(15 + s * 6.6, top - 4.2, 1.8),
        horn,
        ball(15 + s * 6.6, top - 4.2, 2, 2, 0.4),
        'auto',
      );
    } else scene.paint(ellipse(15 + s * wide * 0.5, top - 1.4, 2.2, 5), skin, light, 'none');
    const arm = scene.vary('arm', -3, 4);
    scene.paint(
      capsule([15 + s * (wide - 1.6), 18], [15 + s * (wide + 2.4), 19 + arm], 2, 1.6),
      skin,
      light,
      'none',
    );
    scene.paint(ellipse(15 + s * wide * 0.48, 27.4, 3, 2), skin, light, 'none');
  }
  const kind = scene.choice('body', 3);
  const body =
    kind === 0
      ? ellipse(15, (top + 28) / 2, wide, (28 - top) / 2)
      : kind === 1
        ? union(rect(15 - wide + 0.6, top, 15 + wide - 0.6, 28, 4.6))
        : mirrored(
            15,
            [0, top],
            [wide * 0.56, top + 1.4],
            [wide * 0.74, top + 7],
            [wide, 21],
            [wide * 0.9, 26.4],
            [wide * 0.5, 28],
            [0, 28],
          );
  scene.paint(body, skin, ball(13.4, (top + 26) / 2, wide * 1.3, (30 - top) / 1.7), 'auto');
  scene.paint(
    intersect(body, ellipse(15, 25, wide * 0.58, 5)),
    belly,
    gradient([11, 20], [19, 29], 3.8, 2),
    'none',
  );
  const y = top + scene.vary('eyes', 5.4, 7);
  const eyes = scene.choice('eye count', 4);
  if (eyes === 0) {
    scene.paint(ellipse(15, y, 3.6), scene.named('white'), flat(SHINE), 'auto');
    scene.paint(
      ellipse(15, y + 0.2, Math.max(1.7, scene.unit * 0.5)),
      scene.own('eyes', 'black'),
      flat(DEEP),
      'none',
    );
  } else eyesAt(scene, scene.vary('eye gap', 3, 4.4), y, 2.7, eyes === 1);
  const black = scene.named('black');
  if (scene.unit < 1.9) {
    const half = scene.half(scene.vary('mouth', 1.6, 3.6));
    const at = scene.snapY(y + 4.4);
    scene.score(rect(15 - half, at, 15 + half, at + scene.unitY * 0.98), DEEP, black);
    if (scene.chance('fangs', 0.6))
      scene.pair(
        half - scene.unitX / 2,
        at + scene.unitY * 1.5,
        0.9,
        0.9,
        scene.named('white'),
        SHINE,
      );
  }
}

export const FALLBACKS: readonly Subject[] = [
  {
    name: 'relic',
    words: 'relic artifact artefact idol totem statue 🗿',
    kind: 'item',
    paint: paintRelic,
  },
  {
    name: 'critter',
    words: 'monster creature beast alien demon devil pet mob enemy 👾 👽 😈 🤖',
    kind: 'creature',
    paint: paintCritter,
  },
];
