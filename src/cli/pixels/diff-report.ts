import type { ImageDiff } from '../../pixels/diff/diff-images.ts';
import type { ColourChange } from '../../pixels/diff/palette-changes.ts';
import { table } from '../terminal/table.ts';
import { plural } from '../terminal/units.ts';

/** A comparison and the names of its files as they were given. */
export interface Compared {
  base: string;
  other: string;
  diff: ImageDiff;
}

/** Colours that are listed for a person. */
const SHOWN_COLOURS = 12;

/** What differs, for a person: a line for each comparison, and the colours that became more or fewer. */
export function diffText(compared: readonly Compared[], width: number): string {
  return compared.map(one => oneText(one, width)).join('\n');
}

function oneText({ base, other, diff }: Compared, width: number): string {
  if (diff.identical) return `${base} and ${other} look the same.`;
  const { changed, added, removed } = diff.cells;
  const { box, after, before, palette } = diff;
  const moved = { x: after.x - before.x, y: after.y - before.y };
  const lines = [
    `${other}: ${plural(changed + added + removed, 'cell')} of ${diff.width * diff.height} differ (${changed} changed, ${added} added, ${removed} removed)${box === null ? '' : `, all in ${box.x},${box.y} ${box.width}x${box.height}`}.`,
    ...(moved.x === 0 && moved.y === 0 ? [] : [`It lies ${moved.x},${moved.y} from ${base}.`]),
    ...(box === null ? ['Only the size of the canvas differs.'] : []),
  ];
  if (palette.length > 0) lines.push(colourTable(palette, width));
  return lines.join('\n');
}

function colourTable(palette: readonly ColourChange[], width: number): string {
  const rows = palette
    .slice(0, SHOWN_COLOURS)
    .map(({ colour, kind, before, after }) => [
      colour.endsWith('ff') ? colour.slice(0, 7) : colour,
      kind,
      String(before),
      String(after),
    ]);
  const columns = [
    { title: 'COLOUR' },
    { title: '' },
    { title: 'BEFORE', align: 'right' as const },
    { title: 'AFTER', align: 'right' as const },
  ];
  const more = palette.length - SHOWN_COLOURS;
  const text = table(columns, rows, width);
  return more > 0 ? `${text}\nand ${plural(more, 'more colour')}` : text;
}

/** What differs, for a program; the mask is left to `--out`. */
export function diffJson(compared: readonly Compared[]): string {
  const records = compared.map(({ base, other, diff: { mask: _mask, ...rest } }) => ({
    base,
    other,
    ...rest,
  }));
  return JSON.stringify({ diffs: records }, null, 2);
}
