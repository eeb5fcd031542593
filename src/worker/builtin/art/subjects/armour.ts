import type { Scene } from '../canvas/scene.ts';
import { ball, flat, gradient, LIGHT, MID, SHADE, SHINE } from '../canvas/shading.ts';
import { ellipse, intersect, mirrored, polygon, rect, subtract, union } from '../canvas/shapes.ts';
import { paintHelmet } from './helmets.ts';
import { paintShield } from './shields.ts';
import type { Subject } from './subject.ts';

function paintArmor(scene: Scene): void {
  const metal = scene.main('armor', 'steel', 'iron', 'silver', 'bronze', 'leather');
  const trim = scene.accent('guard', 'gold', 'red', 'blue', 'copper');
  const chest = mirrored(
    15,
    [3, 5],
    [7.4, 3.6],
    [9.6, 9],
    [9.2, 17],
    [7, 22],
    [7.6, 28],
    [0, 29.4],
  );
  scene.paint(subtract(chest, ellipse(15, 3, 3.8, 3.4)), metal, ball(13.6, 13, 13, 17), 'none');
  for (const s of [-1, 1]) {
    const pad = intersect(ellipse(15 + s * 10, 9, 5, 5.4), rect(0, 0, 30, 12.6));
    scene.paint(pad, metal, ball(15 + s * 10, 9.6, 5.6, 6), 'auto');
    scene.paint(intersect(pad, rect(0, 11, 30, 13)), trim, flat(s < 0 ? LIGHT : MID), 'none');
  }
  scene.score(rect(15 - scene.unit / 2, 7, 15 + scene.unit / 2, 20), SHADE);
  scene.score(
    mirrored(15, [0.6, 14.6], [6.8, 12.4], [6.8, 12.4 + scene.unit], [0.6, 14.6 + scene.unit]),
    SHADE,
  );
  scene.paint(rect(7.6, 20.6, 22.4, 23, 0.4), trim, gradient([8, 0], [22, 0], 4, 1.4), 'auto');
  scene.spot(15, 21.8, 2.4, 2.4, scene.own('gem', 'gold', 'ruby', 'steel'), SHINE);
  scene.glint(10, 8.4, 1.2, 3);
}

function paintBoots(scene: Scene): void {
  const hide = scene.main('armor', 'leather', 'brown', 'darkwood', 'green', 'navy');
  const trim = scene.accent('guard', 'gold', 'iron', 'wood', 'white');
  const high = scene.vary('high', 4, 9);
  for (const x of [3, 15.6]) {
    const boot = union(
      rect(x + 1, high, x + 7.6, 24, 1),
      polygon([x + 1, 19], [x + 7.6, 19], [x + 11, 22.6], [x + 11.4, 26.6], [x + 0.8, 26.6]),
    );
    scene.paint(boot, hide, gradient([x + 1, 12], [x + 10, 20], 3.9, 1.2), 'auto');
    scene.paint(
      rect(x + 0.6, 25.8, x + 11.4, 28.4, 0.6),
      scene.named('darkwood'),
      gradient([x, 0], [x + 11, 0], 2.8, 1),
      'auto',
    );
    scene.paint(
      rect(x + 0.2, high, x + 8.4, high + scene.whole(2.6), 0.6),
      trim,
      gradient([x, 0], [x + 8, 0], 4, 1.6),
      'auto',
    );
    if (scene.unit < 1.5) for (const y of [14, 17.4]) scene.spot(x + 4.4, y, 3, 1, trim, LIGHT);
  }
}

export const ARMOUR: readonly Subject[] = [
  {
    name: 'shield',
    words: 'shield buckler schild escudo bouclier 🛡 盾',
    kind: 'item',
    paint: paintShield,
  },
  {
    name: 'helmet',
    words: 'helmet helm visor headgear helmets yelmo casque ⛑ 🪖',
    kind: 'item',
    paint: paintHelmet,
  },
  {
    name: 'armor',
    words: 'armor armour chestplate breastplate cuirass mail chainmail tunic vest 🦺',
    kind: 'item',
    paint: paintArmor,
  },
  {
    name: 'boots',
    words: 'boots boot shoe shoes sandals greaves 👢 🥾',
    kind: 'item',
    paint: paintBoots,
  },
];
