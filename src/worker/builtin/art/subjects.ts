import { ARMOUR } from './subjects/armour.ts';
import { BOOKS } from './subjects/books.ts';
import { CHARACTERS } from './subjects/characters.ts';
import { CREATURES } from './subjects/creatures.ts';
import { FALLBACKS } from './subjects/fallback.ts';
import { FOOD } from './subjects/food.ts';
import { NATURE } from './subjects/nature.ts';
import { STRUCTURES } from './subjects/structures.ts';
import type { Subject } from './subjects/subject.ts';
import { TERRAIN } from './subjects/terrain.ts';
import { TREASURE } from './subjects/treasure.ts';
import { VESSELS } from './subjects/vessels.ts';
import { WEAPONS } from './subjects/weapons.ts';

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
