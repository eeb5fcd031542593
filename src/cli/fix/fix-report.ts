import { shortPath } from '../job/short-path.ts';
import { table } from '../terminal/table.ts';
import { plural } from '../terminal/units.ts';
import { type FixedFile, type FixFailure, isSure } from './fix-files.ts';

/** A fixed picture and where its sprite is; null when it was only looked at. */
export interface FixOutcome extends FixedFile {
  written: string | null;
}

/** The sprites as a table, one a line. */
export function fixTable(outcomes: readonly FixOutcome[], cwd: string, width: number): string {
  const columns = [
    { title: 'FILE', shrinks: true },
    { title: 'PITCH', align: 'right' as const },
    { title: 'SURE', align: 'right' as const },
    { title: 'SPRITE' },
    { title: 'COLOURS' },
    { title: 'FIT' },
  ];
  const rows = outcomes.map(({ file, written, sprite, report: { grid, palette, fit } }) => [
    shortPath(written ?? file.path, cwd),
    pitchText(grid.pitch),
    `${Math.round(grid.confidence * 100)} %`,
    `${sprite.width}x${sprite.height}`,
    palette.before === palette.after ? `${palette.after}` : `${palette.before}→${palette.after}`,
    fitText(fit),
  ]);
  return table(columns, rows, width);
}

/** What became of the cells: `reduced 128→32`, `centred`; empty where nothing had to. */
export function fitText({ action, words }: { action: string; words: string }): string {
  if (words !== '') return words;
  return action === 'none' || action === 'exact' ? '' : action;
}

/** `32`, `31.51`, or `31.51x32` where they differ. */
function pitchText([x, y]: readonly [number, number]): string {
  const [across, down] = [x, y].map(pitch => String(Math.round(pitch * 100) / 100)) as [
    string,
    string,
  ];
  return across === down ? across : `${across}x${down}`;
}

export interface FixSummary {
  files: number;
  /** Pictures whose cells were not found with certainty. */
  unsure: number;
  failed: number;
}

export function fixSummary(
  outcomes: readonly FixOutcome[],
  failures: readonly FixFailure[],
): FixSummary {
  const unsure = outcomes.filter(({ report }) => !isSure(report)).length;
  return { files: outcomes.length, unsure, failed: failures.length };
}

/** The last line: `3 pictures fixed, 1 of them with little certainty; 1 failed.` */
export function fixSummaryText({ files, unsure, failed }: FixSummary, wrote: boolean): string {
  const parts = [`${plural(files, 'picture')} ${wrote ? 'fixed' : 'looked at, nothing written'}`];
  if (unsure > 0) parts.push(`${unsure} of them with little certainty`);
  return `${parts.join(', ')}${failed > 0 ? `; ${failed} failed` : ''}.`;
}

/** Everything for a program: each file with the whole report. */
export function fixJson(
  outcomes: readonly FixOutcome[],
  failures: readonly FixFailure[],
  summary: FixSummary,
): string {
  const files = outcomes.map(({ file, written, picture, sprite, report, warnings }) => ({
    path: file.path,
    written,
    picture,
    ...report,
    size: [sprite.width, sprite.height],
    warnings,
  }));
  return JSON.stringify({ files, failed: failures, summary }, null, 2);
}
