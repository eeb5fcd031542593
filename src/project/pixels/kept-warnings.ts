import type { FixReport } from '../../pixels/fix/report.ts';
import type { RgbaImage } from '../../pixels/image.ts';
import { lintSprite } from '../../pixels/lint/lint-sprite.ts';

/** More say nothing new. */
const MOST = 4;

/** What lint finds in a sprite that kept more cells than wanted, one sentence each; its size is told by the fix itself. */
export function keptWarnings(sprite: RgbaImage, { fit }: FixReport): string[] {
  if (fit.action !== 'over') return [];
  return lintSprite(sprite)
    .filter(({ severity }) => severity !== 'info')
    .slice(0, MOST)
    .map(({ message }) => message);
}
