import { encodePng } from '../png/encode.ts';
import type { Zlib } from '../png/zlib.ts';
import { composePage } from '../sheet/compose.ts';
import { SheetError } from '../sheet/error.ts';
import type { PackedSheet, SheetPage } from '../sheet/placement.ts';
import type { BinaryFile } from './file.ts';
import { sealPng } from './seal.ts';

/** File name of a page: numbered when there are several. */
export function pageFile(name: string, page: number, pages: number, ending = '.png'): string {
  return pages === 1 ? `${name}${ending}` : `${name}-${page}${ending}`;
}

/** Sheets of more pages are written, but what lies there of the pages beyond is not merged. */
const MOST_PAGES = 64;

/** The names that `pageFile` may give, since nobody knows the number of pages before a sheet is packed. */
export function pageFiles(name: string, ending: string): string[] {
  const numbered = Array.from({ length: MOST_PAGES }, (_, page) =>
    pageFile(name, page, MOST_PAGES, ending),
  );
  return [pageFile(name, 0, 1, ending), ...numbered];
}

/** The pages of a sheet as PNG files. */
export function pagePngs(packed: PackedSheet, zlib: Zlib): BinaryFile[] {
  const { pages, sheet } = packed;
  return pages.map((page, index) => ({
    path: pageFile(sheet.name, index, pages.length),
    bytes: sealPng(encodePng(composePage(packed, page), zlib)),
  }));
}

/**
 * The page of a sheet that must have no other.
 * @throws SheetError `one-page-only`
 */
export function onlyPage({ pages, sheet }: PackedSheet, format: string): SheetPage {
  const [page, second] = pages;
  if (page === undefined || second !== undefined) {
    throw new SheetError(
      'one-page-only',
      `${format} knows one page, but "${sheet.name}" needs ${pages.length}; raise the page's size or trim the frames.`,
    );
  }
  return page;
}
