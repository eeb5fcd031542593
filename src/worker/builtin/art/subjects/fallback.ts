import { paintCritter } from './critter.ts';
import { paintRelic } from './relic.ts';
import type { Subject } from './subject.ts';

export const FALLBACKS: readonly Subject[] = [
  {
    name: 'relic',
    words: 'relic artifact artefact idol totem statue 🗿',
    kind: 'item',
    paint: paintRelic,
  },
  {
    name: 'critter',
    words: 'monster creature beast alien demon devil pet mob enemy 👾 👽 😈 🤖',
    kind: 'creature',
    paint: paintCritter,
  },
];
