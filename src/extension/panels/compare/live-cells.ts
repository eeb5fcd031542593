import { shuffledPlaces } from '../../../project/compare/blind.ts';
import { cellAt, cellCount } from '../../../project/compare/cells.ts';
import type { CompareSpec } from '../../../protocol/compare.ts';
import { stageText } from '../../generate/job-progress.ts';
import { plainBytes } from '../messages/bytes.ts';
import type { LiveCell } from '../messages/compare.ts';
import type { LiveRun } from './compare-job.ts';

/**
 * The runs under way that may be told of: those of open sets. Of a blind one not even that something is going on at a place.
 * @param isOpen whether a set is
 */
export function liveCells(
  job: string,
  spec: CompareSpec,
  live: ReadonlyMap<number, LiveRun>,
  isOpen: (set: number) => boolean,
): LiveCell[] {
  const cells: LiveCell[] = [];
  for (const [index, { active, preview }] of live) {
    if (index >= cellCount(spec)) continue;
    const { set, contender } = cellAt(spec, index);
    if (!isOpen(set)) continue;
    const { stage, value, max } = active;
    cells.push({
      set,
      place: shuffledPlaces(job, set, spec.contenders.length).indexOf(contender),
      progress: stage === 'sampling' && max > 0 ? Math.min(1, value / max) : 0,
      stage: stageText(stage),
      preview: preview && { mime: preview.mime, bytes: plainBytes(preview.bytes) },
    });
  }
  return cells;
}
