import type { SheetRow } from '../../../pixels/contact-sheet/contact-sheet.ts';
import type { RgbaImage } from '../../../pixels/image.ts';
import { contenderNames } from '../../../project/compare/contenders.ts';
import { blindName } from '../../compare/blind-name.ts';
import { t } from '../../l10n.ts';
import { type KnownCell, showsPictures } from './compare-state.ts';
import type { CompareView, ViewedSet } from './session-parts.ts';

/** Height that one sheet does not exceed by more than a row, in pixels. */
const TALLEST = 16_384;
/** Pixels of a row beside its pictures. */
const LABELS = 64;
/** Pixels that the longest edge of a picture is enlarged to, by a whole factor. */
export const EDGE = 160;

/** A place as the panel names it. */
function placeLabel(place: number): string {
  return t('Place {0}', place + 1);
}

/** A picture, or a word in its place. */
type Paint = (cell: KnownCell) => RgbaImage | string;

/**
 * Columns and rows of the sheet: contenders under their names once all sets are open, places until then. A set that is blind shows no
 * name, and no picture before all of its are there.
 */
export function sheetOf(
  { spec, sets, allOpen }: Pick<CompareView, 'spec' | 'sets' | 'allOpen'>,
  paint: Paint,
): { columns: string[]; rows: SheetRow[] } {
  const names = contenderNames(spec.contenders);
  const columns = names.map((name, at) => (allOpen ? name : placeLabel(at)));
  const rows = sets.map((viewed): SheetRow => {
    const { place, cells, phase } = viewed;
    const asked = `${spec.prompts[place.prompt]?.prompt ?? ''}  seed ${place.seed}`;
    const ordered = allOpen ? [...cells].sort((a, b) => a.contender - b.contender) : cells;
    return {
      label: allOpen ? [asked] : [asked, whose(viewed, names)],
      cells: ordered.map(cell => (showsPictures(phase) ? paint(cell) : t('not there yet'))),
    };
  });
  return { columns, rows };
}

function whose({ cells, phase }: ViewedSet, names: readonly string[]): string {
  return cells
    .map(({ contender }, at) => {
      const name = phase === 'open' ? (names[contender] ?? '') : blindName();
      return `${placeLabel(at)}: ${name}`;
    })
    .join('   ');
}

/** Rows for as many sheets as keep each to a height that viewers open. */
export function pagesOf(rows: readonly SheetRow[]): SheetRow[][] {
  const heights = rows.flatMap(({ cells }) =>
    cells.map(cell => (typeof cell === 'string' ? 0 : cell.height)),
  );
  const count = Math.max(1, Math.floor(TALLEST / (Math.max(EDGE, ...heights) + LABELS)));
  return Array.from({ length: Math.ceil(rows.length / count) }, (_, page) =>
    rows.slice(page * count, (page + 1) * count),
  );
}
