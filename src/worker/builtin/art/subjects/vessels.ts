import { paintPotion } from './bottles.ts';
import { paintBarrel, paintPot } from './containers.ts';
import { paintCandle, paintLantern, paintTorch } from './lights.ts';
import type { Subject } from './subject.ts';

export const VESSELS: readonly Subject[] = [
  {
    name: 'potion',
    words:
      'potion elixir flask bottle vial tonic brew philter antidote phial trank poción 🧪 ⚗ 薬 ポーション 药水',
    weak: 'poison mana',
    kind: 'item',
    paint: paintPotion,
  },
  { name: 'barrel', words: 'barrel keg cask fass barril 🛢 樽', kind: 'item', paint: paintBarrel },
  {
    name: 'pot',
    words: 'pot jar vase urn cauldron kettle amphora jug ⚱ 🏺',
    kind: 'item',
    paint: paintPot,
  },
  {
    name: 'torch',
    words: 'torch fackel antorcha brazier 🔥',
    weak: 'fire flame fireball',
    kind: 'item',
    paint: paintTorch,
  },
  { name: 'candle', words: 'candle kerze vela 🕯', kind: 'item', paint: paintCandle },
  { name: 'lantern', words: 'lantern lamp laterne linterna 🏮', kind: 'item', paint: paintLantern },
];
