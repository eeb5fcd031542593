import type { Scene } from '../canvas/scene.ts';
import { type Cast, CASTS, DARK_HAIRS, HAIRS, SKINS } from './casts.ts';
import type { Hand, Headgear } from './figure-parts.ts';
import { paintFigure } from './figure.ts';
import type { Subject } from './subject.ts';

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
