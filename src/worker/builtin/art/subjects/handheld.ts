import type { Scene } from '../canvas/scene.ts';
import { ball, flat, gradient, LIGHT, MID, plate, SHADE, SHINE, tube } from '../canvas/shading.ts';
import {
  capsule,
  curve,
  ellipse,
  intersect,
  polygon,
  rect,
  type Shape,
  subtract,
  union,
} from '../canvas/shapes.ts';
import type { Figure } from './figure-parts.ts';

export function paintHeldShield(scene: Scene, figure: Figure): void {
  const field = scene.own('shield', scene.nameOf(figure.trim));
  const metal = scene.own('guard', 'steel', 'gold', 'iron');
  const shape = scene.chance('round shield', 0.4)
    ? ellipse(6.6, 20.4, 5)
    : polygon(
        [2, 15.6],
        [6.6, 14.6],
        [11.2, 15.6],
        [11, 20.4],
        [9, 24],
        [6.6, 26],
        [4.2, 24],
        [2.2, 20.4],
      );
  scene.paint(shape, metal, plate(shape, 1, MID + 0.4, 1), 'auto');
  const inner: Shape = {
    at: (x, y) => shape.at(x, y) + Math.max(1.2, scene.unit * 0.9),
    box: shape.box,
  };
  scene.paint(inner, field, gradient([4, 16], [9, 25], 3.8, 1.4), 'none');
  if (scene.unit < 1.5) {
    scene.score(
      intersect(
        inner,
        union(
          rect(6.6 - scene.unitX * 0.5, 0, 6.6 + scene.unitX * 0.5, 30),
          rect(0, 19.4, 30, 19.4 + scene.unitY),
        ),
      ),
      LIGHT,
      metal,
    );
  }
}

export function paintHand(scene: Scene, figure: Figure): void {
  const x = 15 + figure.girth + 2.9;
  const metal = scene.own('weapon', 'steel', 'iron', 'silver');
  const wood = scene.named('wood');
  const w = Math.max(0.95, scene.unit * 0.5);
  const at = scene.snapX(x);
  switch (figure.hand) {
    case 'sword':
    case 'dagger': {
      const tip = figure.hand === 'sword' ? scene.vary('sword', 5, 8) : 13.4;
      const blade = polygon(
        [at - w, 18.6],
        [at - w, tip + 1.6],
        [at, tip],
        [at + w, tip + 1.6],
        [at + w, 18.6],
      );
      scene.paint(blade, metal, px => (px < at ? SHINE : MID), 'auto');
      scene.paint(
        rect(at - w * 2.6, 18, at + w * 2.6, 18 + scene.whole(1.2)),
        scene.own('hilt', 'gold', 'bronze'),
        flat(LIGHT),
        'auto',
      );
      scene.paint(rect(at - w, 19, at + w, 22.6), scene.named('leather'), flat(MID), 'none');
      break;
    }
    case 'staff': {
      const gem = scene.accent('gem', 'crystal', 'ruby', 'emerald', 'amethyst', 'amber');
      const y = scene.vary('staff', 5.6, 8);
      scene.paint(rect(at - w, y, at + w, 29.4), wood, px => (px < at ? LIGHT : SHADE), 'auto');
      if (scene.chance('claw', 0.5))
        scene.paint(
          subtract(ellipse(at, y - 0.6, 3.6), rect(0, 0, 30, y - 1.4)),
          wood,
          flat(MID),
          'none',
        );
      scene.paint(ellipse(at, y - 1.4, 2.6), gem, ball(at, y - 1.4, 2.6, 2.6, 0.3), 'auto');
      break;
    }
    case 'axe': {
      scene.paint(rect(at - w, 9, at + w, 25), wood, px => (px < at ? LIGHT : SHADE), 'auto');
      scene.paint(
        polygon([at + w, 10.4], [at + 4, 8.6], [at + 4.8, 12.4], [at + 4, 16.2], [at + w, 14.4]),
        metal,
        gradient([at, 0], [at + 4.6, 0], 1.6, 4.4),
        'auto',
      );
      if (scene.chance('double axe', 0.4))
        scene.paint(
          polygon(
            [at - w, 10.4],
            [at - 3.6, 9],
            [at - 4.2, 12.4],
            [at - 3.6, 15.8],
            [at - w, 14.4],
          ),
          metal,
          gradient([at - 4, 0], [at, 0], 4.6, 2),
          'auto',
        );
      break;
    }
    case 'club': {
      scene.paint(
        capsule([at, 23], [at + 1, 12.4], w, 2.7),
        wood,
        tube([at, 23], [at + 1, 12], 3),
        'auto',
      );
      if (scene.unit < 1.5)
        for (const [dx, dy] of [
          [-1, 11.4],
          [2, 13.4],
          [0.4, 15.4],
        ] as const)
          scene.spot(at + dx, dy, 1, 1, scene.named('bone'), LIGHT);
      break;
    }
    case 'spear': {
      scene.paint(rect(at - w * 0.8, 6, at + w * 0.8, 29.4), wood, flat(MID), 'auto');
      scene.paint(
        polygon([at - 2, 7], [at, 1.4], [at + 2, 7], [at, 8.4]),
        metal,
        px => (px < at ? SHINE : MID),
        'auto',
      );
      break;
    }
    case 'bow': {
      scene.paint(
        curve([at - 0.4, 9.6], [at + 7, 18.4], [at - 0.4, 27.4], Math.max(0.9, scene.unit * 0.5)),
        wood,
        gradient([at, 10], [at + 3, 27], 3.8, 1.8),
        'auto',
      );
      scene.paint(
        rect(at - 0.4 - scene.unitX / 2, 9.6, at - 0.4 + scene.unitX / 2, 27.4),
        scene.named('bone'),
        flat(LIGHT),
        'none',
      );
      break;
    }
    default:
      return;
  }
  const fist = Math.max(1.4, scene.unit * 0.6);
  scene.paint(
    ellipse(x - 0.5, 21, fist),
    figure.garb === 'plate' ? figure.cloth : figure.skin,
    flat(LIGHT),
    'auto',
  );
}
