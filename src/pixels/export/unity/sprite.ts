import { isTrimmed, type PlacedFrame, type SheetPage } from '../../sheet/placement.ts';
import { bordersOf, type Sheet } from '../../sheet/sheet.ts';
import { stableId } from '../stable-id.ts';

/** A sprite of a sheet as Unity's importer has it; y counts from the bottom. */
export interface UnitySprite {
  name: string;
  rect: { x: number; y: number; width: number; height: number };
  /** 0 = centre, 9 = the pivot decides. */
  alignment: number;
  /** Shares of the rectangle, from its bottom left; outside of 0 to 1 where the edge was trimmed. */
  pivot: { x: number; y: number };
  /** Left, bottom, right, top. */
  border: { x: number; y: number; z: number; w: number };
  spriteId: string;
  internalId: string;
}

/** The 63 bits by which scenes and prefabs refer to a sprite of a sheet. */
export function internalIdOf(frame: string): string {
  const id = BigInt(`0x${stableId(16, 'unity sprite', frame)}`) & 0x7fff_ffff_ffff_ffffn;
  // 0 means none.
  return String(id === 0n ? 1n : id);
}

export function unitySprite(sheet: Sheet, place: PlacedFrame, page: SheetPage): UnitySprite {
  const { frame, part, x, y } = place;
  const { width, height } = frame.image;
  const borders = bordersOf(sheet, place.index) ?? { left: 0, top: 0, right: 0, bottom: 0 };
  const pivot = frame.pivot ?? { x: width / 2, y: height / 2 };
  return {
    name: frame.id,
    rect: { x, y: page.height - y - part.height, width: part.width, height: part.height },
    alignment: frame.pivot === null && !isTrimmed(place) ? 0 : 9,
    pivot: {
      x: (pivot.x - part.x) / part.width,
      y: 1 - (pivot.y - part.y) / part.height,
    },
    border: { x: borders.left, y: borders.bottom, z: borders.right, w: borders.top },
    spriteId: stableId(32, 'unity sprite id', frame.id),
    internalId: internalIdOf(frame.id),
  };
}
