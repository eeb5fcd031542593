import { displayWidth, fit, pad, printable } from './text.ts';

export interface Column {
  title: string;
  /** Numbers stand to the right. */
  align?: 'left' | 'right';
  /** The column that gives way when the table is wider than the terminal. */
  shrinks?: boolean;
}

const GAP = '  ';
const LEAST = 8;

/**
 * A table as text, one line per row, the titles first, no frame.
 * @param width columns of the terminal; Infinity shortens nothing
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width = Infinity,
): string {
  const cells = rows.map(row => columns.map((_, place) => printable(row[place] ?? '')));
  const widths = columns.map(({ title }, place) =>
    Math.max(displayWidth(title), ...cells.map(row => displayWidth(row[place] ?? ''))),
  );
  const total = widths.reduce((sum, part) => sum + part, 0) + GAP.length * (columns.length - 1);
  const giving = columns.findIndex(column => column.shrinks);
  if (giving >= 0 && total > width) {
    widths[giving] = Math.max(LEAST, (widths[giving] ?? 0) - (total - width));
  }
  const line = (row: readonly string[]) =>
    columns
      .map(({ align = 'left' }, place) => {
        const room = widths[place] ?? 0;
        return pad(fit(row[place] ?? '', room), room, align);
      })
      .join(GAP)
      .trimEnd();
  return [columns.map(column => column.title), ...cells].map(line).join('\n');
}
