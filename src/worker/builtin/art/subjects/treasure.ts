import type { Scene } from '../canvas/scene.ts';
import { ball, DEEP, gradient, LIGHT, MID, plate } from '../canvas/shading.ts';
import { capsule, ellipse, mirrored, polygon, rect, union } from '../canvas/shapes.ts';
import { paintCoin } from './coins.ts';
import { star } from './emblems.ts';
import { paintGem } from './gems.ts';
import { paintAmulet, paintCrown, paintRing } from './jewellery.ts';
import { paintKey } from './keys.ts';
import type { Subject } from './subject.ts';

function paintHeart(scene: Scene): void {
  const ink = scene.main('heart', 'red', 'red', 'ruby', 'pink');
  const r = scene.vary('lobe', 6.8, 7.6);
  const foot = scene.vary('foot', 26.4, 28.4);
  const heart = union(
    ellipse(15 - r + 0.6, 10.4, r),
    ellipse(15 + r - 0.6, 10.4, r),
    mirrored(15, [0, 8], [r * 1.78, 13.8], [r * 1.2, 18.4], [0, foot]),
  );
  scene.paint(heart, ink, ball(12.6, 11.6, 14, 15, 0.1), 'none');
  scene.glint(15 - r - 0.6, 8, 3, 1.2);
  scene.glint(15 - r - 2, 9.8, 1.2, 2.2);
  if (scene.says('broken', 'half', 'empty')) {
    scene.score(
      polygon(
        [14, 4],
        [16, 4],
        [13.6, 11],
        [17.4, 15.4],
        [14, 21],
        [15.4, 28],
        [13.8, 28],
        [12.4, 21],
        [15.4, 15.4],
        [11.8, 11],
      ),
    );
  }
}

function paintStar(scene: Scene): void {
  const ink = scene.main('star', 'yellow', 'gold', 'cyan', 'pink');
  const shape = star(15, 15.8, 14.4, scene.vary('waist', 6, 7.8));
  scene.paint(shape, ink, gradient([7, 6], [23, 25], 4.3, 1), 'none');
  if (scene.chance('face', 0.5) || scene.says('face', 'cute', 'happy')) {
    scene.pair(3, 15.4, 1.4, 3, scene.named('black'), DEEP);
  } else scene.glint(11.6, 12.6, 2, 1.2);
}

function paintBag(scene: Scene): void {
  const hide = scene.main('bag', 'leather', 'brown', 'sand', 'red', 'green');
  const cord = scene.accent('cord', 'gold', 'wood', 'bone', 'red');
  const wide = scene.vary('wide', 10, 12);
  const body = union(ellipse(15, 20, wide, 9), mirrored(15, [3.4, 10.4], [wide - 3, 16], [0, 20]));
  scene.paint(
    mirrored(15, [2.6, 11], [5.6, 4.6], [3, 6], [0, 4], [0, 11]),
    hide,
    gradient([10, 0], [20, 0], 3.6, 1.2),
    'none',
  );
  scene.paint(body, hide, ball(14, 19, wide * 1.1, 10.4), 'none');
  for (const [a, b] of [
    [
      [12, 13],
      [9, 19],
    ],
    [
      [17.4, 13],
      [19, 18],
    ],
  ] as const)
    scene.tint(capsule(a, b, scene.unit * 0.5), -1, hide);
  scene.paint(
    rect(10.6, 9.6, 19.4, 9.6 + scene.whole(2), 0.8),
    cord,
    gradient([11, 0], [19, 0], 4, 1.6),
    'auto',
  );
  if (scene.says('gold', 'money', 'coin', 'coins') || scene.chance('mark', 0.5)) {
    const sign = scene.named('gold');
    scene.paint(ellipse(15, 20.6, 4), sign, plate(ellipse(15, 20.6, 4), 1.2, MID, 1), 'auto');
    scene.spot(15, 20.6, 1.2, 3.2, sign, LIGHT);
  }
  scene.glint(8.6, 17, 1.4, 2);
}

export const TREASURE: readonly Subject[] = [
  {
    name: 'gem',
    words: 'gem gemstone jewel jewels 💎 宝石',
    weak: 'crystal crystals quartz shard diamond emerald ruby sapphire amethyst topaz garnet opal',
    kind: 'item',
    paint: paintGem,
  },
  {
    name: 'coin',
    words: 'coin coins doubloon token medal münze moneda 🪙 コイン',
    weak: 'gold money',
    kind: 'item',
    paint: paintCoin,
  },
  { name: 'key', words: 'key keys schlüssel llave clé 🔑 🗝 鍵', kind: 'item', paint: paintKey },
  { name: 'ring', words: 'ring rings anillo 💍 指輪', kind: 'item', paint: paintRing },
  {
    name: 'crown',
    words: 'crown tiara diadem krone corona 👑 王冠',
    kind: 'item',
    paint: paintCrown,
  },
  {
    name: 'amulet',
    words: 'amulet necklace pendant talisman locket charm medallion 📿 🧿',
    kind: 'item',
    paint: paintAmulet,
  },
  {
    name: 'heart',
    words: 'heart hearts herz corazón ❤ ♥ 💖 💔',
    weak: 'health life',
    kind: 'item',
    paint: paintHeart,
  },
  { name: 'star', words: 'star stars stern estrella ⭐ 🌟 ★', kind: 'item', paint: paintStar },
  {
    name: 'bag',
    words: 'bag pouch sack purse satchel backpack 💰 🎒 👝',
    weak: 'loot',
    kind: 'item',
    paint: paintBag,
  },
];
