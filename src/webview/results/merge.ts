import type { ResultItem } from '../../extension/panels/messages/results.ts';

/** The pictures on show, and what the next page is asked under. */
export interface Shown {
  search: number;
  items: readonly ResultItem[];
  more: boolean;
}

/** Adds an older page; pictures that moved on to it, since newer ones came, are not shown twice. */
export function appendPage(shown: Shown, page: Shown): Shown {
  const known = new Set(shown.items.map(({ key }) => key));
  return { ...page, items: [...shown.items, ...page.items.filter(({ key }) => !known.has(key))] };
}

/**
 * Puts the newest page before the older ones that were already loaded, so that somebody who looks at those keeps their place.
 * What is newer than the page's end and not on it is gone.
 */
export function refreshPage(shown: Shown | null, page: Shown): Shown {
  const last = page.items.at(-1)?.key;
  const from = shown?.items.findIndex(({ key }) => key === last) ?? -1;
  if (shown === null || !page.more || from < 0) return page;
  return {
    ...appendPage(page, { ...shown, items: shown.items.slice(from + 1) }),
    search: page.search,
    more: page.more,
  };
}

/** Puts a picture that has just been drawn where a search will find it: newest jobs first, runs of one in their order. */
export function insertDrawn(shown: Shown, item: ResultItem): Shown {
  if (shown.items.some(({ key }) => key === item.key)) return shown;
  const after = (other: ResultItem): boolean =>
    other.job === item.job ? other.run > item.run : other.job < item.job;
  const found = shown.items.findIndex(after);
  const at = found < 0 ? shown.items.length : found;
  return { ...shown, items: shown.items.toSpliced(at, 0, item) };
}

/** CSS pixels that a picture of the grid has along a side. */
const SIDE = 96;

/** The largest whole zoom at which a picture fits its card, so that all its cells are the same size; 1 for a larger one. */
export function wholeZoom(width: number, height: number): number {
  return Math.max(1, Math.floor(SIDE / Math.max(width, height)));
}

/**
 * The cell of a grid that a key leads to.
 * @param columns cells in a row
 * @returns null for a key that leads nowhere
 */
export function gridStep(key: string, at: number, count: number, columns: number): number | null {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key];
  if (step !== undefined) {
    const next = at + step;
    return next >= 0 && next < count ? next : null;
  }
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}
