import type { Backdrop } from '../stage/backdrop.ts';
import type { Ground } from '../stage/painter.ts';
import { canvasOf } from '../ui/picture-source.ts';
import {
  type BackdropName,
  GROUND_SIDE,
  GROUNDS,
  type GroundName,
  groundPixels,
} from './backdrops.ts';

const tiles = new Map<GroundName, HTMLCanvasElement>();

/** What a named backdrop is painted with. @param color `#rrggbb` of the one of one colour */
export function backdropOf(name: BackdropName, color: string): Backdrop | Ground {
  if (name === 'color') return { color };
  const ground = GROUNDS.find(each => each === name);
  if (ground === undefined) return name as Backdrop;
  const pixels = new Uint8Array(groundPixels(ground).buffer);
  const tile = tiles.get(ground) ?? canvasOf({ width: GROUND_SIDE, height: GROUND_SIDE, pixels });
  tiles.set(ground, tile);
  return { tile, cells: 1 };
}
