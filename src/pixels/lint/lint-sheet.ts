import type { RgbaImage } from '../image.ts';
import { cellsOf } from './cells.ts';
import type { Finding } from './finding.ts';
import { lintCells } from './lint-sprite.ts';
import { DEFAULT_RULES, type LintRules } from './rules.ts';
import { lintDrift } from './sheet/drift.ts';
import { lintDuplicates } from './sheet/duplicates.ts';
import { lintMotion } from './sheet/motion.ts';

/**
 * What is wrong with the frames of one animation: each as a sprite, and all of them together.
 * Frames of a sheet must have one size; without `rules.size` it is the one that most of them have.
 * @param frames in the order they are shown in
 * @param rules what is left out is as in `DEFAULT_RULES`
 */
export function lintSheet(frames: readonly RgbaImage[], rules: Partial<LintRules> = {}): Finding[] {
  const all: LintRules = { ...DEFAULT_RULES, ...rules };
  const size = all.size ?? commonSize(frames);
  const cells = frames.map(cellsOf);
  const single = cells.flatMap((frame, index) =>
    lintCells(frame, { ...all, size }).map((finding): Finding => ({
      ...finding,
      place: { ...finding.place, frame: index },
    })),
  );
  const sameSize = frames.every(
    ({ width, height }) => width === frames[0]!.width && height === frames[0]!.height,
  );
  const together = [
    ...(sameSize ? lintMotion(cells, all) : []),
    ...lintDrift(cells, all),
    ...lintDuplicates(cells, all),
  ];
  return [...single, ...together.filter(({ code }) => !all.ignore.includes(code))];
}

function commonSize(frames: readonly RgbaImage[]): LintRules['size'] {
  const counts = new Map<string, number>();
  let common: LintRules['size'] = null;
  let most = 0;
  for (const { width, height } of frames) {
    const key = `${width}x${height}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > most) [common, most] = [{ width, height }, count];
  }
  return common;
}
