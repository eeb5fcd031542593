import type { Scene } from '../canvas/scene.ts';
import { ball, DEEP, flat, LIGHT, MID, SHADE } from '../canvas/shading.ts';
import {
  capsule,
  curve,
  ellipse,
  intersect,
  mirrored,
  type Point,
  polygon,
  rect,
  union,
} from '../canvas/shapes.ts';
import { eyesAt, mouth } from './faces.ts';

export function paintSlime(scene: Scene): void {
  const ink = scene.main(
    'slime',
    'slime',
    'slime',
    'blue',
    'pink',
    'purple',
    'red',
    'teal',
    'orange',
  );
  const wide = scene.vary('wide', 11.6, 13.8);
  const top = scene.vary('top', 8.4, 12.4);
  const kind = scene.choice('slime', 3);
  const dome =
    kind === 1
      ? mirrored(
          15,
          [0, top - 5],
          [1.6, top - 1.6],
          [wide * 0.6, top + 4],
          [wide * 0.96, 20],
          [wide, 25],
          [wide - 2.4, 28.4],
          [0, 28.4],
        )
      : mirrored(
          15,
          [0, top],
          [wide * 0.45, top + 0.8],
          [wide * 0.8, top + 5],
          [wide * 0.97, 20],
          [wide, 25],
          [wide - 1.6, 28.4],
          [0, 28.4],
        );
  const puddle = kind === 2 ? union(dome, ellipse(15, 26.8, wide + 1, 2)) : dome;
  scene.paint(puddle, ink, ball(13.4, 20, wide * 1.24, 28.6 - top), 'none');
  scene.tint(intersect(puddle, rect(0, 26.6, 30, 30)), -0.9, ink);
  const core = ellipse(15, 25.4, wide * 0.66, 2.2);
  if (scene.detail > 0.3) scene.tint(core, 1, ink);
  const y = scene.vary('eyes', 17.6, 19.6);
  eyesAt(scene, scene.vary('eye gap', 3.6, 5), y, 2.8, scene.chance('white eyes', 0.3));
  const angry = scene.says('angry', 'evil');
  mouth(scene, y + 4, scene.vary('mouth', 1.4, 2.8), angry ? -1 : 1);
  if (angry && scene.unit < 1.5) scene.pair(4, y - 2.6, 3, 0.9, scene.named('black'), DEEP);
  scene.glint(15 - wide * 0.5, top + (kind === 1 ? 6 : 4.4), 2.2, 2);
  scene.glint(15 - wide * 0.72, top + 9.4, 1.2, 1.6);
  for (let i = 0; i < 2; i++) {
    const x = scene.grain('bubble' + i, 18, 23);
    scene.tint(ellipse(x, 21.6 + i * 2.4, 1), 1, ink);
  }
}

export function paintGhost(scene: Scene): void {
  const ink = scene.main('ghost', 'ghost', 'ghost', 'white', 'ice', 'blossom');
  const waves = scene.pick('waves', [3, 4]);
  const wide = scene.vary('wide', 9.4, 11.4);
  const top = scene.vary('top', 2, 4);
  const foot: Point[] = [];
  for (let i = 0; i <= waves * 2; i++) {
    const x = 15 + wide - (i * wide) / waves;
    foot.push([x, i % 2 === 0 ? 28.8 : 24.4]);
  }
  const body = union(
    ellipse(15, top + wide, wide, wide),
    polygon([15 - wide, top + wide], [15 + wide, top + wide], ...foot),
  );
  scene.paint(body, ink, ball(13, 13, wide * 1.32, 19), 'none');
  for (const s of [-1, 1]) {
    const up = scene.vary('arms', -2, 3);
    scene.paint(
      capsule([15 + s * (wide - 1), 17], [15 + s * (wide + 2), 17 - up], 2.2, 1.5),
      ink,
      flat(s < 0 ? LIGHT + 0.6 : MID),
      'shade',
    );
  }
  const y = top + wide * 0.95;
  eyesAt(scene, 3.6, y, 3.4);
  const black = scene.named('black');
  if (scene.says('scary', 'evil', 'angry') || scene.chance('howl', 0.5)) {
    scene.paint(ellipse(15, y + 5.6, 2, 2.6), black, flat(SHADE), 'none');
  } else mouth(scene, y + 4.4, 1.8, 1);
  if (scene.unit < 1.5) scene.pair(5.8, y + 3, 2, 1, scene.named('pink'), LIGHT);
}

export function paintEye(scene: Scene): void {
  const skin = scene.main('skin', 'purple', 'red', 'moss', 'flesh', 'teal');
  const iris = scene.accent('eyes', 'blue', 'lime', 'amber', 'red', 'cyan');
  const white = scene.named('white');
  const r = 8.8;
  for (const [i, [x, y]] of (
    [
      [5, 6],
      [11, 3],
      [19, 3],
      [25, 6],
      [4, 25],
      [26, 25],
    ] as const
  ).entries()) {
    if (i > 3 && scene.chance('tail', 0.5)) continue;
    scene.paint(
      curve(
        [15 + (x - 15) * 0.45, 16 + (y - 16) * 0.5],
        [15 + (x - 15) * 0.5, y],
        [x, y + 1],
        1.3,
        1,
      ),
      skin,
      flat(x < 15 ? LIGHT : SHADE),
      'none',
    );
    if (i < 4)
      scene.paint(
        ellipse(x, y + 0.6, Math.max(1.6, scene.unit * 0.7)),
        iris,
        ball(x, y + 0.6, 1.7, 1.7, 0.6),
        'auto',
      );
  }
  scene.paint(ellipse(15, 16.4, 11, 10.6), skin, ball(13.6, 15.4, 12.4, 12), 'auto');
  scene.paint(ellipse(15, 15.6, r * 0.9, r * 0.82), white, ball(13.8, 14, 9, 9, 0.4), 'auto');
  const look = scene.vary('look', -1.4, 1.4);
  scene.paint(ellipse(15 + look, 15.8, 4.4), iris, ball(15 + look, 15.8, 5, 5, 0.2), 'auto');
  const slit = scene.chance('slit', 0.5) ? 1.1 : 2;
  scene.paint(
    ellipse(15 + look, 15.8, Math.max(slit, scene.unit * 0.5), 2.8),
    scene.named('black'),
    flat(DEEP),
    'none',
  );
  scene.glint(13 + look, 13.8, 1.5, 1.5);
  if (scene.unit < 1.5) {
    const teeth = intersect(mirrored(15, [6, 23.4], [0, 26]), rect(0, 23, 30, 26));
    scene.paint(teeth, scene.named('black'), flat(SHADE), 'none');
    for (const dx of [1.2, 3.6]) scene.pair(dx, 23.8, 1, 1, scene.named('bone'), LIGHT);
  }
}
