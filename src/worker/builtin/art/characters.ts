import { type Figure, type Garb, type Hand, type Headgear, paintFigure } from './figure.ts';
import type { Scene } from './scene.ts';
import type { Subject } from './subject.ts';

interface Cast {
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

const SKINS = ['skin', 'skin', 'skin', 'darkskin'];
const HAIRS = ['brown', 'yellow', 'black', 'orange', 'darkwood', 'red'];

/** Hair that stands out from dark skin. */
const DARK_HAIRS = ['black', 'black', 'white', 'grey', 'amber'];

const CASTS: readonly Cast[] = [
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

const HANDS: readonly (readonly [string, Hand])[] = [
  ['sword', 'sword'],
  ['staff', 'staff'],
  ['wand', 'staff'],
  ['axe', 'axe'],
  ['dagger', 'dagger'],
  ['knife', 'dagger'],
  ['bow', 'bow'],
  ['club', 'club'],
  ['mace', 'club'],
  ['hammer', 'club'],
  ['spear', 'spear'],
  ['lance', 'spear'],
  ['trident', 'spear'],
];

function handOf(scene: Scene, cast: Cast): Hand {
  const asked = HANDS.find(([word]) => scene.says(word));
  if (asked) return asked[1];
  if (scene.says('unarmed')) return 'none';
  const allowed = cast.hand.filter(hand => !scene.brief.denied.has(hand));
  return allowed.length > 0 ? scene.pick('hand', allowed) : 'none';
}

function headgearOf(scene: Scene, cast: Cast): Headgear {
  const { denied } = scene.brief;
  if (scene.says('hood', 'hooded')) return 'hood';
  if (scene.says('crown', 'crowned')) return 'crown';
  if (scene.says('horned', 'horns', 'viking')) return 'horns';
  if (cast.face !== undefined && scene.says('knight', 'helmet', 'armored', 'armoured'))
    return cast.face === 'skull' ? 'horns' : 'helm';
  if (scene.says('mage', 'wizard', 'witch', 'shaman', 'sorcerer') || scene.says('hat'))
    return 'wizard';
  if (['hat', 'helmet', 'hood', 'crown'].some(word => denied.has(word))) return 'none';
  return scene.pick('headgear', cast.headgear);
}

function paintCast(scene: Scene, cast: Cast): void {
  const skins = cast.skin ?? SKINS;
  const skin = cast.skinFirst ? scene.main('skin', ...skins) : scene.own('skin', ...skins);
  const cloth =
    cast.garb === 'bones'
      ? skin
      : cast.skinFirst
        ? scene.accent('armor', ...cast.cloth)
        : cast.garb === 'plate'
          ? scene.main('armor', ...cast.cloth)
          : scene.main('robe', ...cast.cloth);
  const trim = cast.skinFirst
    ? scene.own('guard', ...cast.trim)
    : scene.accent('guard', ...cast.trim);
  const female = scene.says(
    'woman',
    'girl',
    'witch',
    'sorceress',
    'heroine',
    'female',
    'queen',
    'princess',
    '🧙‍♀',
    '👧',
    '👩',
  );
  const styles = female ? [2, 2, 3] : (cast.styles ?? [0]);
  const bald = scene.says('bald') || scene.brief.denied.has('hair');
  const headgear = headgearOf(scene, cast);
  const mage = cast.face === 'goblin' && scene.says('mage', 'wizard', 'shaman');
  paintFigure(scene, {
    garb: mage ? 'robe' : cast.garb,
    headgear,
    hand: handOf(scene, cast),
    shield:
      scene.says('shield') ||
      (scene.chance('shield', cast.shield ?? 0) && !scene.brief.denied.has('shield')),
    cape:
      scene.says('cape', 'cloak') ||
      (scene.chance('cape', cast.cape ?? 0) && !scene.brief.denied.has('cape')),
    skin,
    cloth,
    trim,
    hair: scene.own(
      'hair',
      ...(scene.nameOf(skin) === 'darkskin' ? DARK_HAIRS : (cast.hair ?? HAIRS)),
    ),
    hairStyle: bald ? 5 : scene.pick('hair style', styles),
    beard: female
      ? 0
      : scene.says('beard', 'bearded')
        ? 2
        : scene.brief.denied.has('beard')
          ? 0
          : scene.pick('beard', cast.beard ?? [0]),
    ears: scene.says('elf', 'elven') ? 'pointed' : (cast.ears ?? 'round'),
    face: cast.face ?? 'person',
    girth:
      (cast.girth ?? 5) + scene.vary('girth', -0.3, 0.4) + (scene.says('fat', 'big') ? 1.2 : 0),
    squat: Math.max(
      cast.squat ?? 0,
      headgear === 'wizard' ? 3 : headgear === 'helm' ? 1.4 : headgear === 'crown' ? 0.8 : 0,
    ),
  });
}

export const CHARACTERS: readonly Subject[] = CASTS.map(cast => ({
  name: cast.name,
  words: cast.words,
  kind: 'creature',
  paint: scene => {
    paintCast(scene, cast);
  },
}));
