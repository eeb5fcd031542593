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
export const SUBJECTS: readonly Subject[] = [
  ...WEAPONS,
  ...ARMOUR,
  ...TREASURE,
  ...VESSELS,
  ...BOOKS,
  ...FOOD,
  ...NATURE,
  ...STRUCTURES,
  ...CREATURES,
  ...CHARACTERS,
  ...TERRAIN,
  ...FALLBACKS,
];
