import { paintDirt, paintGrass, paintPlanks } from './ground.ts';
import { paintIce, paintLava, paintWater } from './liquids.ts';
import { paintBricks, paintFloor } from './masonry.ts';
import type { Subject } from './subject.ts';

export const TERRAIN: readonly Subject[] = [
  {
    name: 'floor',
    words: 'floor flooring slab slabs pavement cobblestone cobblestones dungeon boden suelo 床',
    weak: 'tile tiles tileset ground',
    kind: 'tile',
    paint: paintFloor,
  },
  {
    name: 'wall',
    words: 'wall walls brickwall bricks mauer pared mur 🧱 壁',
    weak: 'brick',
    kind: 'tile',
    paint: paintBricks,
  },
  {
    name: 'planks',
    words: 'planks plank floorboards boards deck',
    kind: 'tile',
    paint: paintPlanks,
  },
  {
    name: 'grass',
    words: 'meadow lawn field turf gras pasto 🌾 草',
    weak: 'grass',
    kind: 'tile',
    paint: paintGrass,
  },
  {
    name: 'dirt',
    words: 'dirt soil earth path road mud beach dune desert erde tierra',
    weak: 'sand snow',
    kind: 'tile',
    paint: paintDirt,
  },
  {
    name: 'water',
    words: 'sea ocean lake river pond wasser mer 🌊',
    weak: 'water agua 水',
    kind: 'tile',
    paint: paintWater,
  },
  { name: 'lava', words: 'magma', weak: 'lava', kind: 'tile', paint: paintLava },
  {
    name: 'icefield',
    words: 'icefield iceberg glacier',
    weak: 'ice',
    kind: 'tile',
    paint: paintIce,
  },
];
