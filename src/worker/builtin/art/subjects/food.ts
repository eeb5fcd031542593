import { paintApple, paintCherry } from './fruit.ts';
import { paintBread, paintCheese, paintMeat } from './meals.ts';
import { paintMushroom } from './mushroom.ts';
import type { Subject } from './subject.ts';

export const FOOD: readonly Subject[] = [
  {
    name: 'apple',
    words: 'apple fruit pear apfel manzana 🍎 🍏 🍐 りんご',
    weak: 'food',
    kind: 'item',
    paint: paintApple,
  },
  {
    name: 'cherry',
    words: 'cherry cherries berry berries grape 🍒',
    kind: 'item',
    paint: paintCherry,
  },
  {
    name: 'meat',
    words: 'meat drumstick chicken ham steak turkey 🍗 🍖 🥩',
    kind: 'item',
    paint: paintMeat,
  },
  {
    name: 'bread',
    words: 'bread loaf bun baguette brot pan 🍞 🥖',
    kind: 'item',
    paint: paintBread,
  },
  { name: 'cheese', words: 'cheese käse queso 🧀', kind: 'item', paint: paintCheese },
  {
    name: 'mushroom',
    words: 'mushroom toadstool fungus shroom pilz seta 🍄 きのこ',
    kind: 'item',
    paint: paintMushroom,
  },
];
