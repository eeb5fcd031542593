import { paintCactus, paintFlower } from './plants.ts';
import { paintCloud, paintLog, paintRock } from './stones.ts';
import type { Subject } from './subject.ts';
import { paintBush, paintTree } from './trees.ts';

export const NATURE: readonly Subject[] = [
  {
    name: 'tree',
    words:
      'tree oak pine fir spruce birch willow sapling conifer baum árbol arbre 🌳 🌲 🎄 木 дерево',
    weak: 'forest',
    kind: 'scenery',
    paint: paintTree,
  },
  {
    name: 'bush',
    words: 'bush shrub hedge busch plant 🌿',
    weak: 'leaf leaves',
    kind: 'scenery',
    paint: paintBush,
  },
  {
    name: 'flower',
    words: 'flower rose tulip daisy sunflower blossom herb blume flor fleur 🌹 🌷 🌻 🌼 🌸 🌺 花',
    kind: 'scenery',
    paint: paintFlower,
  },
  {
    name: 'rock',
    words: 'rock boulder pebble ore felsen roca 🪨 岩',
    weak: 'stone granite',
    kind: 'scenery',
    paint: paintRock,
  },
  {
    name: 'log',
    words: 'log stump lumber firewood 🪵',
    weak: 'wood timber',
    kind: 'scenery',
    paint: paintLog,
  },
  { name: 'cactus', words: 'cactus cacti kaktus 🌵', kind: 'scenery', paint: paintCactus },
  { name: 'cloud', words: 'cloud wolke nube ☁', kind: 'scenery', paint: paintCloud },
];
