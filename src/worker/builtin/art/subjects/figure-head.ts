import type { Scene } from '../canvas/scene.ts';
import { ball, DEEP, flat, gradient, LIGHT, MID, SHADE, SHINE } from '../canvas/shading.ts';
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
import type { Figure } from './figure-parts.ts';
import { paintHat, paintHelm } from './headgear.ts';

export function paintHead(scene: Scene, figure: Figure, y: number): void {
  const rx = figure.face === 'goblin' ? 7.4 : 6.7;
  const ry = figure.face === 'goblin' ? 5.7 : 6.1;
  if (figure.headgear === 'helm') {
    paintHelm(scene, figure, y);
    return;
  }
  if (figure.hairStyle === 2 && figure.headgear !== 'hood') {
    scene.paint(
      mirrored(15, [6.4, y - 2], [7.8, y + 3], [7.4, y + 9.4], [4, y + 10.4], [0, y + 8]),
      figure.hair,
      gradient([8, y], [22, y + 10], 2.9, 1),
      'none',
    );
  }
  if (figure.ears === 'pointed') {
    const reach = figure.face === 'goblin' ? 7.2 : 3.8;
    for (const s of [-1, 1]) {
      const ear = polygon(
        [15 + s * (rx - 1.4), y - 2.2],
        [15 + s * (rx + reach), y - 3.4],
        [15 + s * (rx - 0.8), y + 3],
      );
      scene.paint(ear, figure.skin, flat(s < 0 ? LIGHT : MID), 'none');
      if (figure.face === 'goblin' && scene.unit < 1.5)
        scene.tint(
          polygon(
            [15 + s * rx, y - 1],
            [15 + s * (rx + reach - 2.2), y - 2.4],
            [15 + s * rx, y + 1.6],
          ),
          -1,
          figure.skin,
        );
    }
  } else if (figure.ears === 'round' && figure.headgear !== 'hood') {
    for (const s of [-1, 1])
      scene.paint(
        ellipse(15 + s * rx, y + 1, 1.4, 1.8),
        figure.skin,
        flat(s < 0 ? LIGHT : SHADE),
        'none',
      );
  }
  const jaw =
    figure.face === 'skull'
      ? rect(11.4, y + 2, 18.6, y + 6.6, 1.2)
      : figure.face === 'orc'
        ? rect(9, y, 21, y + 6.6, 2.6)
        : ellipse(15, y + 0.8, rx - 0.3, ry - 0.4);
  const skull = union(ellipse(15, y, rx, ry), jaw);
  scene.paint(skull, figure.skin, ball(14, y, rx * 1.35, ry * 1.4, 0.15), 'auto');
  paintFace(scene, figure, y);
  if (figure.beard > 0) paintBeard(scene, figure, y);
  if (figure.headgear !== 'hood' && figure.face !== 'skull') paintHair(scene, figure, y);
  paintHat(scene, figure, y);
}

function paintFace(scene: Scene, figure: Figure, y: number): void {
  const black = scene.named('black');
  const eyes = scene.own(
    'eyes',
    figure.face === 'goblin' ? 'yellow' : figure.face === 'orc' ? 'red' : 'black',
  );
  const tall = scene.unit < 1.5 ? 2.1 : 1;
  const dx = 2.7;
  const at = y + 1.2;
  const small = scene.unit > 1.4;
  switch (figure.face) {
    case 'skull': {
      scene.pair(2.7, at - 0.4, 2.6, small ? 2 * scene.unitY : 3, black, DEEP);
      if (!small) {
        scene.spot(15, y + 3.2, scene.width % 2 === 0 ? scene.unitX * 2 : 1, 1.1, black, SHADE);
        for (const x of [1.2, 3]) scene.pair(x, y + 5.8, 0.7, 1.4, black, SHADE);
        if (eyes !== black) scene.pair(2.6, at - 0.2, 1, 1, eyes, LIGHT);
      }
      return;
    }
    case 'goblin':
    case 'orc': {
      scene.pair(dx + 0.3, at - 0.2, small ? 1 : 2.2, small ? 1 : 2, eyes, LIGHT);
      if (!small) {
        scene.pair(dx - 0.2, at, 1, 1.6, black, DEEP);
        scene.pair(dx + 0.6, at - 1.7, 2.4, 0.9, figure.skin, DEEP);
        scene.score(rect(12, y + 3.9, 18, y + 3.9 + scene.unitY * 0.9), DEEP, figure.skin);
        const tusk = scene.named('bone');
        scene.pair(
          figure.face === 'orc' ? 2.9 : 1.9,
          y + (figure.face === 'orc' ? 3.3 : 4.6),
          1,
          figure.face === 'orc' ? 2.2 : 1,
          tusk,
          LIGHT,
        );
        scene.glint(15, y + 2.2, scene.width % 2 === 0 ? scene.unitX * 2 : 1, 1, LIGHT);
      }
      return;
    }
    case 'zombie': {
      const pale = scene.own('eyes', 'white', 'yellow', 'bone');
      if (small) {
        scene.pair(dx, at, 1, 1, pale, SHINE);
        return;
      }
      scene.pair(dx, at, 2.8, 2.8, figure.skin, DEEP);
      scene.pair(dx, at + 0.2, 2, 2, pale, SHINE);
      scene.spot(15 - dx + 0.2, at + 0.4, 0.9, 0.9, black, DEEP);
      scene.spot(15 + dx - 0.4, at + 0.2, 0.9, 0.9, black, DEEP);
      scene.spot(15, y + 4.6, 4, 1.6, black, SHADE);
      scene.pair(0.9, y + 4.2, 0.8, 0.8, scene.named('bone'), LIGHT);
      return;
    }
    case 'masked': {
      scene.paint(
        intersect(ellipse(15, y + 0.8, 6.4, 5.7), rect(0, y + 2.4, 30, y + 8)),
        scene.named('black'),
        gradient([10, y], [20, y + 7], 2.9, 1.2),
        'none',
      );
      scene.pair(dx, at, 1.2, tall, eyes, DEEP);
      return;
    }
    default: {
      scene.pair(dx, at, 1.3, tall, eyes, eyes === black ? DEEP : MID);
      if (scene.unit < 0.75) scene.pair(dx + 0.2, at - 0.7, 0.6, 0.6, scene.named('white'), SHINE);
      if (small) return;
      if (figure.beard === 0) {
        scene.spot(
          15,
          y + 4.2,
          scene.width % 2 === 0 ? scene.unitX * 2 : 1,
          0.8,
          figure.skin,
          SHADE,
        );
        if (figure.hairStyle === 2) scene.pair(4.4, y + 3, 1.3, 0.9, scene.named('pink'), MID);
      }
    }
  }
}

function paintBeard(scene: Scene, figure: Figure, y: number): void {
  const long = figure.beard > 1 ? y + 13 : y + 8.4;
  const beard = subtract(
    mirrored(15, [6.2, y + 1.8], [6, y + 5], [4.6, long - 3], [0, long]),
    ellipse(15, y + 0.6, 4.9, 3.2),
  );
  const light = gradient([10, y + 2], [20, long], 3.9, 1.4);
  // Only the part that hangs over the clothes gets a line; on the face it would look like a mask.
  scene.paint(intersect(beard, rect(0, y + 5.6, 30, 30)), figure.hair, light, 'auto');
  scene.paint(beard, figure.hair, light, 'none');
  scene.spot(15, y + 4.6, scene.width % 2 === 0 ? scene.unitX * 2 : 1, 0.8, figure.skin, SHADE);
}

function paintHair(scene: Scene, figure: Figure, y: number): void {
  if (figure.hairStyle === 5 || figure.headgear === 'wizard' || figure.headgear === 'cap') {
    if (figure.hairStyle === 5) return;
    for (const s of [-1, 1])
      scene.paint(
        rect(15 + s * 6 - 1.1, y - 2, 15 + s * 6 + 1.1, y + 3, 0.6),
        figure.hair,
        flat(s < 0 ? LIGHT : SHADE),
        'shade',
      );
    return;
  }
  const cap = intersect(ellipse(15, y - 0.6, 7.5, 6.9), rect(0, y - 9, 30, y + 2));
  const face =
    figure.hairStyle === 0
      ? polygon(
          [9.6, y + 3],
          [10, y - 1.2],
          [13, y - 0.4],
          [16, y - 2.2],
          [20, y - 1],
          [20.4, y + 3],
        )
      : figure.hairStyle === 1
        ? polygon(
            [9.4, y + 3],
            [9.6, y - 0.4],
            [11.4, y - 2],
            [12.6, y - 0.6],
            [15, y - 2.4],
            [17, y - 0.6],
            [18.8, y - 2],
            [20.4, y - 0.4],
            [20.6, y + 3],
          )
        : ellipse(15, y + 2.4, 5.4, 4.8);
  let hair: Shape = subtract(cap, face);
  if (figure.hairStyle === 1)
    hair = union(
      hair,
      polygon([9, y - 4], [11, y - 9], [13.4, y - 5.6]),
      polygon([12.4, y - 5.4], [16, y - 10], [17.4, y - 5.4]),
      polygon([16.6, y - 5.4], [21, y - 8], [21.4, y - 3]),
    );
  if (figure.hairStyle === 3) hair = union(hair, ellipse(15, y - 7.4, 3.1, 2.6));
  if (figure.hairStyle === 4)
    hair = union(hair, ellipse(7.4, y + 3, 2, 3.4), ellipse(22.6, y + 3, 2, 3.4));
  scene.paint(hair, figure.hair, ball(13.4, y - 1, 9.4, 8.6), 'shade');
  scene.glint(11.6, y - 4.6, 2.6, 1, LIGHT + 0.4);
}
