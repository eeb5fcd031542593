import type { SheetTag } from './sheet.ts';

/** A name that ends in a number, as `walk_0`, `walk-01` or `walk 3`. */
interface Numbered {
  base: string;
  number: number;
}

function numbered(name: string): Numbered | null {
  const match = /^(.*[^\s._-])[\s._-](\d{1,9})$/u.exec(name);
  return match === null ? null : { base: match[1]!, number: Number(match[2]) };
}

/**
 * Brings names of one base together, at the place of the first, in the order of their numbers; the others stay where they are.
 * @returns indexes into `names`
 */
export function orderByNumber(names: readonly string[]): number[] {
  const parsed = names.map(numbered);
  const groups = new Map<string, number[]>();
  for (const [index, name] of parsed.entries()) {
    if (name === null) continue;
    const group = groups.get(name.base);
    if (group === undefined) groups.set(name.base, [index]);
    else group.push(index);
  }
  const done = new Set<string>();
  return parsed.flatMap((name, index) => {
    if (name === null) return [index];
    if (done.has(name.base)) return [];
    done.add(name.base);
    const group = groups.get(name.base) ?? [];
    return group.toSorted((a, b) => parsed[a]!.number - parsed[b]!.number);
  });
}

/**
 * The animations that names tell of: `walk_0`, `walk_1`, `walk_2` in a row are one named `walk`. Numbers must count up by one
 * from 0 or 1, so that `sword-7`, `sword-8`, two seeds of one sprite, are no animation.
 * @param names in their final order
 */
export function tagsOfNames(names: readonly string[]): SheetTag[] {
  const tags: SheetTag[] = [];
  const seen = new Set<string>();
  for (let from = 0; from < names.length;) {
    const first = numbered(names[from]!);
    let to = from;
    if (first !== null) {
      for (; to + 1 < names.length; to++) {
        const next = numbered(names[to + 1]!);
        if (next?.base !== first.base || next.number !== first.number + to + 1 - from) break;
      }
    }
    if (first !== null && to > from && first.number <= 1 && !seen.has(first.base)) {
      seen.add(first.base);
      tags.push({ name: first.base, from, to, direction: 'forward', repeat: 0 });
    }
    from = to + 1;
  }
  return tags;
}
