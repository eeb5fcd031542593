import type { Figure, Garb, Hand, Headgear } from './figure-parts.ts';

export interface Cast {
  readonly name: string;
  readonly words: string;
  readonly weak?: string;
  readonly garb: Garb;
  readonly headgear: readonly Headgear[];
  readonly hand: readonly Hand[];
  readonly cloth: readonly string[];
  readonly trim: readonly string[];
  readonly skin?: readonly string[];
  readonly hair?: readonly string[];
  readonly styles?: readonly number[];
  readonly beard?: readonly number[];
  readonly face?: Figure['face'];
  readonly ears?: Figure['ears'];
  readonly girth?: number;
  readonly squat?: number;
  readonly shield?: number;
  readonly cape?: number;
  /** Whether the prompt's first colour is the skin's. */
  readonly skinFirst?: boolean;
}

export const SKINS = ['skin', 'skin', 'skin', 'darkskin'];

export const HAIRS = ['brown', 'yellow', 'black', 'orange', 'darkwood', 'red'];

/** Hair that stands out from dark skin. */
export const DARK_HAIRS = ['black', 'black', 'white', 'grey', 'amber'];

export const CASTS: readonly Cast[] = [
  {
    name: 'knight',
    words:
      'knight paladin warrior soldier guard crusader templar gladiator fighter swordsman ritter caballero chevalier 騎士 骑士 рыцарь',
    garb: 'plate',
    headgear: ['helm'],
    hand: ['sword', 'sword', 'spear', 'axe'],
    cloth: ['steel', 'steel', 'iron', 'silver'],
    trim: ['red', 'blue', 'purple', 'green', 'gold'],
    shield: 0.65,
    cape: 0.4,
  },
  {
    name: 'mage',
    words:
      'mage wizard sorcerer sorceress warlock witch magician conjurer necromancer enchanter wizards zauberer mago magicien 🧙 🧙‍♂ 🧙‍♀ 魔法使い 法师 волшебник',
    garb: 'robe',
    headgear: ['wizard', 'wizard', 'hood'],
    hand: ['staff'],
    cloth: ['blue', 'purple', 'red', 'navy', 'teal', 'green'],
    trim: ['gold', 'yellow', 'silver', 'white'],
    hair: ['white', 'grey', 'brown', 'black'],
    styles: [0, 2],
    beard: [0, 1, 2, 2],
  },
  {
    name: 'goblin',
    words: 'goblin gremlin imp kobold troll goblins duende gobelin 👺 ゴブリン',
    garb: 'rags',
    headgear: ['none', 'none', 'cap', 'horns'],
    hand: ['dagger', 'club', 'spear'],
    cloth: ['leather', 'brown', 'darkwood'],
    trim: ['iron', 'bronze'],
    skin: ['goblin', 'goblin', 'lime', 'moss'],
    face: 'goblin',
    ears: 'pointed',
    styles: [5],
    girth: 4.6,
    squat: 2.4,
    skinFirst: true,
  },
  {
    name: 'skeleton',
    words: 'skeleton skeletons skelett esqueleto squelette lich undead 骸骨 スケルトン',
    garb: 'bones',
    headgear: ['none', 'none', 'none', 'crown', 'hood'],
    hand: ['sword', 'axe', 'bow', 'none', 'spear'],
    cloth: ['bone'],
    trim: ['iron'],
    skin: ['bone'],
    face: 'skull',
    ears: 'none',
    styles: [5],
    girth: 4.8,
    shield: 0.3,
    skinFirst: true,
  },
  {
    name: 'archer',
    words: 'archer ranger hunter elf scout bowman robin arquero elfe 🧝 弓手',
    garb: 'tunic',
    headgear: ['hood', 'cap', 'none'],
    hand: ['bow'],
    cloth: ['green', 'pine', 'brown', 'leaf', 'teal'],
    trim: ['gold', 'leather', 'bone'],
    ears: 'pointed',
    styles: [0, 2, 4],
    cape: 0.4,
  },
  {
    name: 'rogue',
    words: 'rogue thief assassin ninja bandit pirate spy 🥷 忍者',
    garb: 'tunic',
    headgear: ['hood'],
    hand: ['dagger', 'dagger', 'sword'],
    cloth: ['black', 'navy', 'shadow', 'purple'],
    trim: ['iron', 'red', 'silver'],
    face: 'masked',
    styles: [0],
    cape: 0.6,
  },
  {
    name: 'king',
    words: 'king emperor prince lord könig rey roi 🤴 王',
    garb: 'robe',
    headgear: ['crown'],
    hand: ['staff', 'sword', 'none'],
    cloth: ['red', 'purple', 'blue', 'navy'],
    trim: ['white', 'gold'],
    hair: ['brown', 'white', 'grey', 'orange'],
    styles: [0, 4],
    beard: [1, 1, 2],
    cape: 1,
  },
  {
    name: 'princess',
    words: 'princess queen lady maiden empress bride reina princesa prinzessin 👸 姫',
    garb: 'dress',
    headgear: ['crown'],
    hand: ['none'],
    cloth: ['pink', 'blue', 'magenta', 'teal', 'yellow', 'white'],
    trim: ['white', 'gold', 'pink'],
    styles: [2, 2, 3],
    girth: 4.4,
  },
  {
    name: 'dwarf',
    words: 'dwarf dwarven gnome miner zwerg enano nain ドワーフ',
    garb: 'tunic',
    headgear: ['horns', 'cap', 'none'],
    hand: ['axe', 'club', 'axe'],
    cloth: ['brown', 'red', 'blue', 'iron'],
    trim: ['gold', 'bronze'],
    hair: ['orange', 'brown', 'yellow', 'grey', 'white'],
    styles: [0, 1],
    beard: [2],
    girth: 6,
    squat: 2.6,
  },
  {
    name: 'orc',
    words: 'orc orcs ogre berserker barbarian brute ork 👹',
    garb: 'rags',
    headgear: ['none', 'horns'],
    hand: ['axe', 'club', 'axe'],
    cloth: ['leather'],
    trim: ['iron'],
    skin: ['orc', 'goblin', 'moss'],
    face: 'orc',
    ears: 'pointed',
    styles: [5, 3],
    hair: ['black', 'darkwood'],
    girth: 6.2,
    squat: 0.8,
    skinFirst: true,
  },
  {
    name: 'zombie',
    words: 'zombie zombies ghoul mummy 🧟',
    garb: 'tunic',
    headgear: ['none'],
    hand: ['none'],
    cloth: ['brown', 'grey', 'navy', 'moss'],
    trim: ['rust'],
    skin: ['moss', 'jade', 'goblin', 'lime'],
    face: 'zombie',
    ears: 'round',
    styles: [0, 1, 5],
    hair: ['black', 'darkwood', 'grey'],
    skinFirst: true,
  },
  {
    name: 'hero',
    words:
      'hero heroine adventurer villager man woman boy girl person human character npc farmer peasant merchant child monk priest cleric healer bard player protagonist held héroe 🧑 👦 👧 👨 👩 勇者',
    garb: 'tunic',
    headgear: ['none', 'none', 'cap'],
    hand: ['sword', 'none', 'spear', 'none'],
    cloth: ['blue', 'green', 'red', 'teal', 'orange', 'purple'],
    trim: ['gold', 'bronze', 'white'],
    ears: 'round',
    styles: [0, 1, 2, 3, 4],
    cape: 0.35,
    shield: 0.2,
  },
];
