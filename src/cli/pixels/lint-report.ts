import type { Finding, Severity } from '../../pixels/lint/finding.ts';
import { shortPath } from '../job/short-path.ts';
import { table } from '../terminal/table.ts';
import { plural } from '../terminal/units.ts';
import type { FileReport } from './lint-files.ts';

/** A file that could not be linted. */
export interface Failure {
  path: string;
  code: string;
  /** One sentence. */
  message: string;
}

export interface Summary {
  files: number;
  error: number;
  warning: number;
  info: number;
  /** Findings that were mended. */
  fixed: number;
  /** Findings that are left and could be. */
  fixable: number;
  failed: number;
}

/** Counts of a whole run. */
export function summaryOf(reports: readonly FileReport[], failures: readonly Failure[]): Summary {
  const findings = reports.flatMap(report => report.findings);
  const of = (severity: Severity): number =>
    findings.filter(finding => finding.severity === severity).length;
  return {
    files: reports.length,
    error: of('error'),
    warning: of('warning'),
    info: of('info'),
    fixed: reports.reduce((sum, { fixed }) => sum + fixed.length, 0),
    fixable: findings.filter(({ fix, severity }) => fix !== null && severity !== 'info').length,
    failed: failures.length,
  };
}

/** The findings as a table, one a line, or an empty string. */
export function findingsTable(reports: readonly FileReport[], cwd: string, width: number): string {
  const rows = reports.flatMap(report =>
    report.findings.map(finding => [
      placeText(shortPath(report.path, cwd), report, finding),
      finding.severity,
      finding.code,
      finding.message,
    ]),
  );
  if (rows.length === 0) return '';
  const columns = [
    { title: 'PLACE' },
    { title: 'SEVERITY' },
    { title: 'CODE' },
    { title: 'FINDING', shrinks: true },
  ];
  return table(columns, rows, width);
}

/** `hero.png:4,7 3x2`, in a sheet `hero.png#2:4,7`: frame and top left cell from 0, then the size when it is not one cell. */
function placeText(
  path: string,
  { frames }: FileReport,
  { place: { frame, area } }: Finding,
): string {
  const where = frames > 1 && frame !== null ? `${path}#${frame}` : path;
  if (area === null) return where;
  const size = area.width * area.height > 1 ? ` ${area.width}x${area.height}` : '';
  return `${where}:${area.x},${area.y}${size}`;
}

/** The last line: `3 files: 1 error, 2 warnings, 0 notes. --fix can mend 2 of them.` */
export function summaryText(summary: Summary): string {
  const { files, error, warning, info, fixed, fixable, failed } = summary;
  const parts = [plural(error, 'error'), plural(warning, 'warning'), plural(info, 'note')];
  const found = error + warning + info === 0 ? 'nothing found' : parts.join(', ');
  const sentences = [
    `${plural(files, 'file')}: ${found}.`,
    ...(fixed > 0 ? [`Mended ${fixed}.`] : []),
    ...(fixable > 0 ? [`--fix can mend ${fixable}.`] : []),
    ...(failed > 0 ? [`${plural(failed, 'file')} could not be read.`] : []),
  ];
  return sentences.join(' ');
}

/** Everything for a program. */
export function reportJson(
  reports: readonly FileReport[],
  failures: readonly Failure[],
  summary: Summary,
): string {
  return JSON.stringify({ files: reports, failed: failures, summary }, null, 2);
}
