import type { YAMLMap } from 'yaml';
import type { UnitySprite } from './sprite.ts';

/** Pivot and border of a sprite, which Unity's sprite editor changes: alignment, x, y, left, bottom, right, top. */
export type Placing = readonly number[];

export function placingOf({ alignment, pivot, border }: UnitySprite): Placing {
  return [alignment, pivot.x, pivot.y, border.x, border.y, border.z, border.w];
}

/** The same of a sprite in a file; null when it lacks one. */
export function presentPlacing(sprite: YAMLMap): Placing | null {
  const numbers = [
    sprite.get('alignment'),
    ...['x', 'y'].map(key => sprite.getIn(['pivot', key])),
    ...['x', 'y', 'z', 'w'].map(key => sprite.getIn(['border', key])),
  ].map(value => (typeof value === 'string' && value !== '' ? Number(value) : Number.NaN));
  return numbers.some(Number.isNaN) ? null : numbers;
}

/** Unity keeps floats of 32 bits; a pivot of the centre says nothing of its numbers. */
export function samePlacing(a: Placing, b: Placing): boolean {
  const from = a[0] === b[0] && a[0] === 0 ? 3 : 0;
  return a.length === b.length && a.every((v, i) => i < from || Math.abs(v - b[i]!) < 1e-5);
}

const PREFIX = 'dgx-pixels:';

/** What an export wrote last, by sprite; sprites that share the commonest placing are left out. */
export interface PlacingRecord {
  common: Placing;
  others: Map<string, Placing>;
}

/** Text for `userData`, which Unity keeps for tools as it is. */
export function recordText(sprites: readonly UnitySprite[]): string {
  const keys = sprites.map(sprite => JSON.stringify(placingOf(sprite)));
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const [common] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['[]', 0]);
  const others = sprites
    .map((sprite, index) => [sprite.name, keys[index]!] as const)
    .filter(([, key]) => key !== common)
    .map(([name, key]) => `${JSON.stringify(name)}:${key}`);
  return `${PREFIX}{"common":${common},"others":{${others.join(',')}}}`;
}

/** The record in `userData`; null when it is empty or another tool's. */
export function readRecord(userData: unknown): PlacingRecord | null {
  if (typeof userData !== 'string' || !userData.startsWith(PREFIX)) return null;
  try {
    const { common, others } = JSON.parse(userData.slice(PREFIX.length)) as {
      common: Placing;
      others: Record<string, Placing>;
    };
    if (!Array.isArray(common)) return null;
    return { common, others: new Map(Object.entries(others)) };
  } catch {
    return null;
  }
}

/** Whether `userData` is free for a record. */
export function mayRecord(userData: unknown): boolean {
  return userData == null || userData === '' || readRecord(userData) !== null;
}

/** Whether a sprite's pivot or border was set in Unity. Without a record all are taken for set. */
export function isEdited(sprite: YAMLMap, name: string, record: PlacingRecord | null): boolean {
  const present = presentPlacing(sprite);
  if (present === null) return false;
  if (record === null) return true;
  return !samePlacing(present, record.others.get(name) ?? record.common);
}
