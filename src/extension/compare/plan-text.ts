import type { CompareSpec } from '../../protocol/compare.ts';
import { extentOf } from '../../project/compare/sets.ts';
import type { JobPlan } from '../../protocol/jobs.ts';
import { timeText } from '../generate/job-progress.ts';
import { t } from '../l10n.ts';
import { bytesText } from '../views/models/model-rows.ts';

/** `4 models × 4 prompts × 2 seeds = 32 images`. */
export function extentText(spec: CompareSpec): string {
  const { contenders, prompts, seeds, cells } = extentOf(spec);
  return t(
    '{0} models × {1} × {2} = {3} images',
    contenders,
    prompts === 1 ? t('1 prompt') : t('{0} prompts', prompts),
    seeds === 1 ? t('1 seed') : t('{0} seeds', seeds),
    cells,
  );
}

/** What it takes: `about 3 min, 40 MB`. */
export function costText({ time, disk }: Pick<JobPlan, 'time' | 'disk'>): string {
  const taken = bytesText(disk.bytes);
  return time.ms === null
    ? t('time not known yet, {0}', taken)
    : t('about {0}, {1}', timeText(time.ms), taken);
}

/** Both in one line. */
export function planText(spec: CompareSpec, plan: JobPlan): string {
  return `${extentText(spec)}, ${costText(plan)}`;
}

/** Whether the disk has no room for it. */
export function exceedsDisk({ disk }: Pick<JobPlan, 'disk'>): boolean {
  return disk.freeBytes !== null && disk.bytes > disk.freeBytes;
}

/** What is asked before very much is begun: the question and what it would take. */
export function askingText(spec: CompareSpec, plan: JobPlan): { question: string; detail: string } {
  const { cells } = extentOf(spec);
  const room =
    plan.disk.freeBytes === null
      ? ''
      : ` ${
          exceedsDisk(plan)
            ? t('Only {0} of the worker’s disk are free.', bytesText(plan.disk.freeBytes))
            : t('{0} of the worker’s disk are free.', bytesText(plan.disk.freeBytes))
        }`;
  return {
    question: t('Draw {0} images?', cells),
    detail: `${planText(spec, plan)}.${room}`,
  };
}
