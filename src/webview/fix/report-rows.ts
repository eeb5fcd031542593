import type { FixWords } from '../../extension/panels/messages/fix.ts';
import type { FixReport, GridReport } from '../../pixels/fix/report.ts';
import { TRUSTED } from '../../pixels/fix/warnings.ts';
import { fill } from '../ui/fill.ts';

/** A line of the report. */
export interface ReportRow {
  label: string;
  value: string;
}

function number(value: number): string {
  return String(Number(value.toFixed(2)));
}

function both([x, y]: readonly [number, number]): string {
  return number(x) === number(y) ? number(x) : `${number(x)} × ${number(y)}`;
}

function percent(share: number, words: FixWords): string {
  return fill(words.percent, Math.round(share * 100));
}

function cellsText({ method, cells, pitch }: GridReport, words: FixWords): string {
  if (method === 'off') return words.reportCellsOff;
  if (method === 'even') return fill(words.reportCellsEven, ...cells);
  const text = method === 'exact' ? words.reportCellsExact : words.reportCells;
  return fill(text, ...cells, both(pitch));
}

function backgroundText(
  { action, color, cells }: FixReport['background'],
  words: FixWords,
): string {
  switch (action) {
    case 'alpha':
      return words.backgroundAlpha;
    case 'removed':
      return fill(words.backgroundRemoved, color ?? '', cells);
    case 'kept':
      return words.backgroundKept;
    case 'off':
      return words.backgroundOff;
  }
}

/** Whether the grid was looked for, so that there is something to be sure of. */
function wasSought({ method }: GridReport): boolean {
  return method === 'exact' || method === 'fitted' || method === 'even';
}

/** Whether a person should doubt the cells. */
export function isUnsure({ grid }: FixReport): boolean {
  return wasSought(grid) && grid.confidence < TRUSTED;
}

/** What each step did, in words; what was not done is left out. */
export function reportRows(report: FixReport, words: FixWords): ReportRow[] {
  const { grid, fit, palette, background, cleanup, outline, size } = report;
  const rows: ReportRow[] = [
    { label: words.reportSize, value: size.join(' × ') },
    { label: words.groupCells, value: cellsText(grid, words) },
  ];
  const add = (label: string, value: string): void => {
    rows.push({ label, value });
  };
  if (wasSought(grid)) {
    const sure = isUnsure(report) ? words.unsure : words.sure;
    add(words.certainty, fill(sure, percent(grid.confidence, words)));
    if (grid.method === 'fitted') {
      add(words.phase, fill(words.pixels, both(grid.phase)));
      add(words.residual, fill(words.residualText, percent(grid.residual, words)));
      if (grid.drift >= 0.005) add(words.drift, fill(words.driftText, number(grid.drift)));
    }
    if (grid.runnerUp !== null) {
      const { pitch, coverage } = grid.runnerUp;
      add(words.runnerUp, fill(words.runnerUpText, number(pitch), percent(coverage, words)));
    }
  }
  if (fit.words !== '') add(words.reduced, fit.words);
  add(words.paletteReport, fill(words.paletteChange, palette.before, palette.after));
  add(words.backgroundReport, backgroundText(background, words));
  if (cleanup.orphans + cleanup.jaggies > 0) {
    add(words.cleanupReport, fill(words.cleanupCounts, cleanup.orphans, cleanup.jaggies));
  }
  if (outline > 0) add(words.outlineReport, fill(words.outlineCounts, outline));
  return rows;
}
