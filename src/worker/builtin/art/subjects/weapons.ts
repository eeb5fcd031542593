import { paintDagger, paintSword } from './blades.ts';
import { paintBow } from './bows.ts';
import { paintAxe, paintHammer, paintPickaxe, paintSpear } from './hafted.ts';
import { paintStaff, paintWand } from './staffs.ts';
import type { Subject } from './subject.ts';

export const WEAPONS: readonly Subject[] = [
  {
    name: 'sword',
    words:
      'sword blade longsword broadsword shortsword greatsword claymore katana rapier scimitar sabre saber excalibur schwert espada épée spada 🗡 ⚔ 剣 剑 刀 меч سيف',
    kind: 'item',
    stretch: 2.6,
    paint: paintSword,
  },
  {
    name: 'dagger',
    words: 'dagger knife dirk stiletto shiv kunai dolch daga 🔪',
    kind: 'item',
    stretch: 2.6,
    paint: paintDagger,
  },
  {
    name: 'axe',
    words: 'axe ax hatchet battleaxe tomahawk halberd axt hacha hache 🪓 斧',
    kind: 'item',
    paint: paintAxe,
  },
  {
    name: 'hammer',
    words: 'hammer warhammer mallet maul mace sledgehammer mjolnir marteau 🔨',
    kind: 'item',
    paint: paintHammer,
  },
  { name: 'pickaxe', words: 'pickaxe pick mattock ⛏', kind: 'item', paint: paintPickaxe },
  {
    name: 'spear',
    words: 'spear lance javelin pike trident pitchfork harpoon 🔱 槍',
    kind: 'item',
    stretch: 2.6,
    paint: paintSpear,
  },
  {
    name: 'bow',
    words: 'bow longbow shortbow crossbow bogen arco 🏹 弓',
    kind: 'item',
    stretch: 2.6,
    paint: paintBow,
  },
  {
    name: 'staff',
    words: 'staff stave scepter sceptre rod stab bastón 杖',
    kind: 'item',
    stretch: 2.6,
    paint: paintStaff,
  },
  { name: 'wand', words: 'wand zauberstab varita 🪄', kind: 'item', paint: paintWand },
];
