import { ARMOUR } from './armour.ts';
import { BOOKS } from './books.ts';
import { CHARACTERS } from './characters.ts';
import { CREATURES } from './creatures.ts';
import { FALLBACKS } from './fallback.ts';
import { FOOD } from './food.ts';
import { NATURE } from './nature.ts';
import { STRUCTURES } from './structures.ts';
import type { Subject } from './subject.ts';
import { TERRAIN } from './terrain.ts';
import { TREASURE } from './treasure.ts';
import { VESSELS } from './vessels.ts';
import { WEAPONS } from './weapons.ts';

/** Everything the painter knows, in the order of the sheet. */
export const FAMILIES: readonly {
  readonly title: string;
  readonly subjects: readonly Subject[];
}[] = [
  { title: 'weapons and tools', subjects: WEAPONS },
  { title: 'armour', subjects: ARMOUR },
  { title: 'treasure', subjects: TREASURE },
  { title: 'vessels and lights', subjects: VESSELS },
  { title: 'books and scrolls', subjects: BOOKS },
  { title: 'food', subjects: FOOD },
  { title: 'nature', subjects: NATURE },
  { title: 'buildings and props', subjects: STRUCTURES },
  { title: 'creatures', subjects: CREATURES },
  { title: 'people', subjects: CHARACTERS },
  { title: 'tiles', subjects: TERRAIN },
  { title: 'unknown words', subjects: FALLBACKS },
];

export const SUBJECTS: readonly Subject[] = FAMILIES.flatMap(family => family.subjects);
