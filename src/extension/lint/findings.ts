import type { Finding } from '../../pixels/lint/finding.ts';
import { t } from '../l10n.ts';

/** A finding's sentence with its place in the picture: `… (x 3, y 4, 2 × 3 cells)`. */
export function findingText({ message, place: { area } }: Finding): string {
  if (area === null) return message;
  const { x, y, width, height } = area;
  if (width * height === 1) return `${message} ${t('(cell x {0}, y {1})', x, y)}`;
  return `${message} ${t('(from x {0}, y {1}: {2} × {3} cells)', x, y, width, height)}`;
}
