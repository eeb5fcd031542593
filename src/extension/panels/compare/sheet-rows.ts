import type { SheetRow } from '../../../pixels/contact-sheet/contact-sheet.ts';
import type { RgbaImage } from '../../../pixels/image.ts';
import { contenderNames } from '../../../project/compare/contenders.ts';
import { blindName } from '../../compare/blind-name.ts';
import { t } from '../../l10n.ts';
import type { CellPhase } from '../messages/compare.ts';
import { phaseOf } from './cell-run.ts';
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
    const asked = t('{0}  seed {1}', spec.prompts[place.prompt]?.prompt ?? '', place.seed);
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

/** Columns and rows of one file. */
interface SheetPage {
  columns: string[];
  rows: SheetRow[];
}

/**
 * The sheet as files of a height that viewers open. Pictures are read set by set and let go with their page: those of a thousand cells
 * would not fit into memory together.
 * @param read pictures of a set by the index of their run; only asked for what may be seen
 * @throws what `read` throws
 */
export async function* sheetPages(
  view: Pick<CompareView, 'spec' | 'sets' | 'allOpen'>,
  read: (viewed: ViewedSet) => Promise<ReadonlyMap<number, RgbaImage>>,
): AsyncGenerator<SheetPage> {
  let page: SheetPage = { columns: [], rows: [] };
  for (const viewed of view.sets) {
    const images = showsPictures(viewed.phase) ? await read(viewed) : new Map<number, RgbaImage>();
    const { columns, rows } = sheetOf(
      { ...view, sets: [viewed] },
      ({ index, run }) => images.get(index) ?? phaseWord(phaseOf(run)),
    );
    if (page.rows.length > 0 && !fitOneSheet([...page.rows, ...rows])) {
      yield page;
      page = { columns, rows };
    } else page = { columns, rows: [...page.rows, ...rows] };
  }
  if (page.rows.length > 0) yield page;
}

/** Whether rows make a sheet that viewers open. */
function fitOneSheet(rows: readonly SheetRow[]): boolean {
  const heights = rows.flatMap(({ cells }) =>
    cells.map(cell => (typeof cell === 'string' ? 0 : cell.height)),
  );
  return rows.length * (Math.max(EDGE, ...heights) + LABELS) <= TALLEST;
}

/** What stands in place of a picture. */
function phaseWord(phase: CellPhase): string {
  const words: Record<CellPhase, string> = {
    waiting: t('Waiting'),
    drawing: t('Drawing'),
    done: t('not there yet'),
    failed: t('failed'),
    cancelled: t('cancelled'),
    lost: t('lost'),
  };
  return words[phase];
}
