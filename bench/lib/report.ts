import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

export interface BenchArguments {
  rounds: number;
  json: string | undefined;
}

/**
 * `--rounds N --json FILE`, which every bench takes.
 * @param own options with a value that only this one takes
 */
export function benchArguments<Own extends string = never>(
  defaultRounds: number,
  own: readonly Own[] = [],
): BenchArguments & Partial<Record<Own, string>> {
  const options = ['rounds', 'json', ...own].map(name => [name, { type: 'string' }] as const);
  const parsed = parseArgs({ options: Object.fromEntries(options) });
  const values = parsed.values as Partial<Record<string, string>>;
  const rounds = Number(values.rounds ?? defaultRounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error('--rounds takes a whole number ≥ 1.');
  const chosen = Object.fromEntries(
    own.flatMap(name => (values[name] ? [[name, values[name]]] : [])),
  );
  return { ...(chosen as Partial<Record<Own, string>>), rounds, json: values['json'] };
}

function padded(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, place) =>
      place === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[place] ?? 0),
    )
    .join('  ')
    .trimEnd();
}

/** Rows as text, the first column to the left and the rest to the right. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, place) =>
    Math.max(title.length, ...rows.map(row => row[place]?.length ?? 0)),
  );
  const line = widths.map(width => '-'.repeat(width));
  return [head, line, ...rows].map(cells => padded(cells, widths)).join('\n');
}

/** A figure with the limit it is held to, if any. */
export interface Figure {
  value: number;
  atMost?: number;
  atLeast?: number;
}

function verdictOf({ value, atMost, atLeast }: Figure): string {
  if (atMost === undefined && atLeast === undefined) return '';
  return value <= (atMost ?? Infinity) && value >= (atLeast ?? -Infinity) ? 'met' : 'MISSED';
}

function limitOf({ atMost, atLeast }: Figure): string {
  if (atMost !== undefined) return `≤ ${atMost}`;
  return atLeast === undefined ? '' : `≥ ${atLeast}`;
}

/** Prints the figures as a table and, when a file is named, writes `{"figures": {name: number}}` there. */
export function reportFigures(
  figures: Readonly<Record<string, Figure>>,
  json: string | undefined,
): void {
  const rows = Object.entries(figures).map(([name, figure]) => [
    name,
    figure.value.toFixed(Number.isInteger(figure.value) ? 0 : 3),
    limitOf(figure),
    verdictOf(figure),
  ]);
  process.stdout.write(`\n${tableOf(['figure', 'value', 'limit', ''], rows)}\n`);
  if (json === undefined) return;
  const values = Object.fromEntries(
    Object.entries(figures).map(([name, { value }]) => [name, value]),
  );
  writeFileSync(json, `${JSON.stringify({ figures: values }, null, 2)}\n`);
}
