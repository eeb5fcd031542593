import { paintSkull } from './bones.ts';
import { paintBat, paintSpider } from './crawlers.ts';
import { paintChicken, paintCrab, paintFish } from './farm-and-sea.ts';
import { paintCat, paintRat } from './pets.ts';
import { paintDragon, paintSnake } from './reptiles.ts';
import { paintEye, paintGhost, paintSlime } from './spooks.ts';
import type { Subject } from './subject.ts';

export const CREATURES: readonly Subject[] = [
  {
    name: 'slime',
    words: 'slime ooze jelly blob schleim gelée スライム 史莱姆',
    kind: 'creature',
    paint: paintSlime,
  },
  {
    name: 'bat',
    words: 'bat vampire fledermaus murciélago 🦇 コウモリ',
    kind: 'creature',
    paint: paintBat,
  },
  {
    name: 'ghost',
    words: 'ghost spirit phantom spectre specter wraith poltergeist geist fantasma fantôme 👻 幽霊',
    kind: 'creature',
    paint: paintGhost,
  },
  {
    name: 'spider',
    words: 'spider tarantula arachnid spinne araña 🕷 蜘蛛',
    kind: 'creature',
    paint: paintSpider,
  },
  {
    name: 'skull',
    words: 'skull cranium totenkopf calavera 💀 ☠',
    weak: 'bones death',
    kind: 'item',
    paint: paintSkull,
  },
  {
    name: 'eye',
    words: 'beholder eyeball watcher 👁 目玉',
    weak: 'eye',
    kind: 'creature',
    paint: paintEye,
  },
  {
    name: 'dragon',
    words: 'dragon wyvern drake dragonling drache dragón 🐉 🐲 龍 ドラゴン',
    kind: 'creature',
    paint: paintDragon,
  },
  {
    name: 'snake',
    words: 'snake serpent viper cobra python schlange serpiente 🐍 蛇',
    kind: 'creature',
    paint: paintSnake,
  },
  {
    name: 'rat',
    words: 'rat mouse mice rodent ratte maus ratón 🐀 🐁 🐭 鼠',
    kind: 'creature',
    paint: paintRat,
  },
  {
    name: 'cat',
    words: 'cat kitten dog puppy wolf fox hound katze hund gato perro 🐱 🐈 🐶 🐕 🐺 🦊 猫 犬',
    kind: 'creature',
    paint: paintCat,
  },
  {
    name: 'chicken',
    words: 'hen rooster chick duck bird huhn ave 🐔 🐤 🐓 🐦 🦆 鳥',
    kind: 'creature',
    paint: paintChicken,
  },
  {
    name: 'fish',
    words: 'fish piranha salmon goldfish fisch pez poisson 🐟 🐠 🐡 魚',
    kind: 'creature',
    paint: paintFish,
  },
  { name: 'crab', words: 'crab lobster krabbe cangrejo 🦀 蟹', kind: 'creature', paint: paintCrab },
];
