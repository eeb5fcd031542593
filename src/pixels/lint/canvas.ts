import type { Cells } from './cells.ts';
import type { Finding } from './finding.ts';
import type { LintRules } from './rules.ts';

/** A canvas of another size than asked for. It can be mended when what is drawn fits. */
export function lintSize(cells: Cells, { size }: LintRules): Finding[] {
  if (size === null) return [];
  const { width, height, box } = cells;
  if (width === size.width && height === size.height) return [];
  const fits = box === null || (box.width <= size.width && box.height <= size.height);
  const drawn = box === null || fits ? '' : `, and what is drawn needs ${box.width}x${box.height}`;
  return [
    {
      code: 'wrong-size',
      severity: 'error',
      message: `The picture is ${width}x${height} instead of ${size.width}x${size.height}${drawn}.`,
      place: { frame: null, area: null },
      fix: fits ? { id: 'fit-canvas', width: size.width, height: size.height } : null,
    },
  ];
}

/** A picture that shows nothing, next to nothing or one flat colour. */
export function lintBlank(cells: Cells, { thresholds }: LintRules): Finding[] {
  const { visible, width, height, box, counts } = cells;
  const tell = (severity: Finding['severity'], message: string): Finding[] => [
    { code: 'near-blank', severity, message, place: { frame: null, area: box }, fix: null },
  ];
  if (visible === 0) return tell('error', 'The picture is fully transparent.');
  // A picture of a few cells in all is small, not blank.
  if (visible < thresholds.fewCells && width * height >= thresholds.fewCells * 4) {
    return tell('warning', `Only ${visible === 1 ? '1 cell is' : `${visible} cells are`} visible.`);
  }
  if (visible === width * height && counts.length === 1 && visible >= thresholds.fewCells * 4) {
    return tell('warning', 'The whole picture is one flat colour.');
  }
  return [];
}
