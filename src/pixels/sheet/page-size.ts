import type { LayoutOptions } from './placement.ts';

/** Longest side of a page that the options allow. */
export function pageLimit({ maxSize = 4096, powerOfTwo: pot = false }: LayoutOptions): number {
  return pot && powerOfTwo(maxSize) > maxSize ? powerOfTwo(maxSize) / 2 : maxSize;
}

/** The smallest power of two that is not below a size. */
export function powerOfTwo(size: number): number {
  let power = 1;
  while (power < size) power *= 2;
  return power;
}
