import type { Scene } from '../canvas/scene.ts';
import { ball, DEEP, flat, gradient, LIGHT, MID, SHINE } from '../canvas/shading.ts';
import {
  capsule,
  curve,
  ellipse,
  intersect,
  mirrored,
  polygon,
  rect,
  union,
} from '../canvas/shapes.ts';
import { eyesAt } from './faces.ts';

/** A symmetric little monster: body, ears or horns, eyes, arms and mouth all follow the hash. */
export function paintCritter(scene: Scene): void {
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
