import { paintScroll } from './scrolls.ts';
import type { Subject } from './subject.ts';
import { paintBook } from './tomes.ts';

export const BOOKS: readonly Subject[] = [
  {
    name: 'scroll',
    words: 'scroll map letter parchment note contract schriftrolle pergamino 📜 🗺 巻物',
    kind: 'item',
    paint: paintScroll,
  },
  {
    name: 'book',
    words:
      'book tome grimoire spellbook codex journal diary bible buch libro livre 📖 📕 📗 📘 📚 本',
    kind: 'item',
    paint: paintBook,
  },
];
