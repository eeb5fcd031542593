import type { Scene } from '../canvas/scene.ts';
import { ball, DEEP, flat, gradient, LIGHT, MID, SHADE, SHINE } from '../canvas/shading.ts';
import {
  capsule,
  curve,
  ellipse,
  intersect,
  mirrored,
  polygon,
  rect,
  subtract,
  union,
} from '../canvas/shapes.ts';
import type { Figure } from './figure-parts.ts';

export function paintHelm(scene: Scene, figure: Figure, y: number): void {
  const black = scene.named('black');
  const metal = figure.cloth;
  const style = scene.choice('helm', 3);
  if (style !== 2) {
    const plume = scene.own('plume', 'red', 'blue', 'white', 'purple', 'green');
    const shape =
      style === 0
        ? union(
            curve([15, y - 5], [14.6, y - 11], [22, y - 7.6], 1.7, 2.4),
            capsule([21.4, y - 7.4], [23, y - 3.6], 2, 0.9),
          )
        : mirrored(15, [0, y - 9.4], [1.9, y - 8.6], [1.9, y - 4], [0, y - 4]);
    scene.paint(shape, plume, gradient([13, y - 10], [21, y - 4], 3.9, 1.6), 'none');
  } else {
    for (const s of [-1, 1])
      scene.paint(
        curve([15 + s * 5.6, y - 3], [15 + s * 9.4, y - 4], [15 + s * 8.8, y - 9], 1.5, 0.5),
        scene.named('bone'),
        flat(s < 0 ? LIGHT : MID),
        'none',
      );
  }
  const helm = mirrored(
    15,
    [0, y - 6.6],
    [3.4, y - 6],
    [6, y - 3.4],
    [6.9, y],
    [6.7, y + 4.6],
    [4.4, y + 6.8],
    [0, y + 7.4],
  );
  scene.paint(helm, metal, ball(14, y, 9.4, 9.6, 0.1), 'auto');
  const slit = scene.whole(1.9);
  const at = scene.snapY(y + 0.2);
  if (scene.chance('open helm', 0.4)) {
    const face = scene.half(4);
    scene.paint(rect(15 - face, at - 0.4, 15 + face, y + 5.4, 1), figure.skin, flat(MID), 'auto');
    scene.tint(rect(15 - face, at - 0.4, 15 + face, at + scene.unitY), -1, figure.skin);
    scene.pair(2.3, y + 1.9, 1.2, scene.unit < 1.5 ? 2 : 1, black, DEEP);
  } else {
    const half = scene.half(5);
    scene.paint(rect(15 - half, at, 15 + half, at + slit), black, flat(DEEP), 'none');
    if (scene.unit < 1.5) {
      const eyes = scene.own('eyes', 'white', 'yellow', 'cyan');
      scene.pair(2.5, at + slit / 2, 1.1, 1, eyes, LIGHT);
      for (const dx of [1.4, 3.2]) scene.pair(dx, y + 4.4, 0.8, 1.6, black, SHADE);
    }
    const bar = scene.half(0.8);
    scene.paint(
      rect(15 - bar, y - 6, 15 + bar, y + 7),
      figure.trim,
      gradient([14, 0], [16, 0], 4, 2),
      'none',
    );
  }
  scene.glint(11, y - 3, 1.3, 2);
}

export function paintHat(scene: Scene, figure: Figure, y: number): void {
  const cloth = scene.own('hat', scene.nameOf(figure.cloth));
  if (figure.headgear === 'wizard') {
    const bend = scene.vary('bend', -5, 5);
    const cone = polygon(
      [8.4, y - 2.4],
      [11.4 + bend * 0.1, y - 7.4],
      [13.6 + bend * 0.5, y - 10],
      [15 + bend, Math.max(0, y - 13)],
      [17 + bend * 0.5, y - 9.4],
      [19 + bend * 0.1, y - 7],
      [21.6, y - 2.4],
    );
    scene.paint(cone, cloth, gradient([10, y - 8], [21, y - 2], 3.8, 1.2), 'auto');
    const band = rect(8.8, y - 4.4, 21.2, y - 2.4);
    scene.recolour(intersect(band, cone), figure.trim, gradient([9, 0], [21, 0], 3.9, 1.6));
    scene.paint(
      ellipse(15, y - 2, 10, Math.max(1.7, scene.unit * 0.7)),
      cloth,
      gradient([6, 0], [24, 0], 3.9, 1.2),
      'auto',
    );
    if (scene.unit < 1.5) scene.spot(14.6 + bend * 0.2, y - 7, 1.6, 1.6, figure.trim, SHINE);
  } else if (figure.headgear === 'hood') {
    const point = scene.chance('pointed hood', 0.5) ? 0.8 : 0;
    const hood = union(
      ellipse(15, y - 0.2, 8, 7.4),
      mirrored(
        15,
        [0, y - 7.6 - point],
        [2 + point, y - 7.2],
        [8, y],
        [7.4, y + 6],
        [4, y + 7.6],
        [0, y + 7.6],
      ),
    );
    const face = union(ellipse(15, y + 1.2, 5.2, 4.6));
    scene.paint(subtract(hood, face), cloth, ball(13.6, y, 10.4, 10.4), 'auto');
    scene.tint(subtract(face, ellipse(15, y + 2.2, 5.2, 4.4)), -1.4, figure.skin);
  } else if (figure.headgear === 'crown') {
    const gold = scene.own('crown', 'gold');
    const crown = mirrored(
      15,
      [0, y - 9.4],
      [1.7, y - 6.6],
      [3, y - 7.2],
      [5.6, y - 9],
      [5, y - 4],
      [0, y - 3.4],
    );
    scene.paint(crown, gold, gradient([9, y - 9], [21, y - 4], 4.4, 1.6), 'auto');
    scene.spot(
      15,
      y - 5.2,
      scene.width % 2 === 0 ? scene.unitX * 2 : 1,
      1.4,
      scene.own('gem', 'ruby', 'sapphire'),
      LIGHT,
    );
  } else if (figure.headgear === 'cap') {
    const cap = intersect(ellipse(15, y - 1.6, 7.4, 6.4), rect(0, y - 9, 30, y - 2));
    scene.paint(cap, cloth, ball(13.6, y - 2, 8.6, 7.4), 'auto');
    scene.paint(
      rect(7.2, y - 3.2, 22.8, y - 3.2 + scene.whole(1.5), 0.6),
      cloth,
      gradient([8, 0], [22, 0], 4, 1.2),
      'auto',
    );
    if (scene.chance('feather', 0.6))
      scene.paint(
        curve([20.4, y - 3], [23, y - 6], [22.4, y - 9.4], 1.1, 0.6),
        scene.own('plume', 'red', 'white', 'yellow'),
        flat(LIGHT),
        'auto',
      );
  } else if (figure.headgear === 'horns') {
    for (const s of [-1, 1])
      scene.paint(
        curve([15 + s * 4.6, y - 4], [15 + s * 8.6, y - 5], [15 + s * 7.6, y - 9], 1.5, 0.5),
        scene.named('bone'),
        flat(s < 0 ? LIGHT : MID),
        'auto',
      );
  }
}
