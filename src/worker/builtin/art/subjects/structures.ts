import { paintDoor, paintHouse, paintTower } from './buildings.ts';
import { paintChest } from './chests.ts';
import { paintBomb, paintGrave, paintSign } from './props.ts';
import type { Subject } from './subject.ts';

export const STRUCTURES: readonly Subject[] = [
  {
    name: 'chest',
    words: 'chest coffer strongbox crate lootbox truhe cofre coffre 🧰 宝箱',
    weak: 'treasure box',
    kind: 'item',
    paint: paintChest,
  },
  {
    name: 'door',
    words: 'door gate portal doorway tür puerta porte 🚪 ドア 扉',
    kind: 'scenery',
    paint: paintDoor,
  },
  {
    name: 'house',
    words: 'house cottage hut home cabin shop inn haus casa maison 🏠 🏡 🛖 家',
    kind: 'scenery',
    paint: paintHouse,
  },
  {
    name: 'tower',
    words: 'tower castle fortress turret keep turm torre 🏰 🗼',
    kind: 'scenery',
    paint: paintTower,
  },
  { name: 'sign', words: 'sign signpost board 🪧', kind: 'scenery', paint: paintSign },
  {
    name: 'grave',
    words: 'grave gravestone tombstone tomb headstone 🪦',
    kind: 'scenery',
    paint: paintGrave,
  },
  { name: 'bomb', words: 'bomb grenade dynamite bombe bomba 💣', kind: 'item', paint: paintBomb },
];
