import { hasEnded } from '../../../project/job-states.ts';
import type { Job, Lane } from '../../../protocol/jobs.ts';
import { blindName } from '../../compare/blind-name.ts';
import { t } from '../../l10n.ts';
import type { JobEntry, LaneStatus, QueueEntry } from '../../jobs/job-model.ts';

/** In the order they are served. Not the protocol's list: that brings its schemas, which an editor's start should not pay for. */
const LANE_ORDER = Object.keys({
  interactive: null,
  batch: null,
  training: null,
} satisfies Record<Lane, null>) as Lane[];

/** What the queue is shown from; the job model is one. */
export interface QueueSource {
  readonly jobs: readonly JobEntry[];
  readonly queue: readonly QueueEntry[];
  readonly lanes: readonly LaneStatus[];
}

/** Jobs of a lane in the order they will be served, or those that ended last. */
export interface QueueGroup {
  id: Lane | 'ended';
  paused: boolean;
  jobs: readonly string[];
  /** Jobs beyond those, where there are too many to be drawn at each change. */
  more?: number;
}

/** Jobs of a lane that are listed. */
const LISTED = 200;

/** Ended jobs that stay in sight, so that one that failed can be retried. */
const ENDED_SHOWN = 20;

/** Groups of the queue: each lane in which something waits or that is held, then what ended last. */
export function queueGroups({ jobs, queue, lanes }: QueueSource): QueueGroup[] {
  const place = new Map<string, number>();
  for (const { job } of queue) if (!place.has(job)) place.set(job, place.size);
  const inOrder = (one: JobEntry, other: JobEntry): number => {
    const [first, second] = [one, other].map(({ job }) => place.get(job.id) ?? Infinity);
    if (first !== second) return (first ?? 0) - (second ?? 0);
    return one.job.id < other.job.id ? -1 : 1;
  };
  const open = jobs.filter(({ job }) => !hasEnded(job.state)).sort(inOrder);
  const groups: QueueGroup[] = LANE_ORDER.map(lane => ({
    id: lane,
    paused: lanes.find(each => each.lane === lane)?.paused ?? false,
    ...listed(open.filter(({ job }) => job.lane === lane).map(({ job }) => job.id)),
  }));
  const ended = jobs
    .filter(({ job }) => hasEnded(job.state))
    .sort((one, other) => (other.job.finishedAt ?? 0) - (one.job.finishedAt ?? 0))
    .slice(0, ENDED_SHOWN);
  return [
    ...groups.filter(group => group.jobs.length > 0 || group.paused),
    ...(ended.length > 0
      ? [{ id: 'ended' as const, paused: false, jobs: ended.map(({ job }) => job.id) }]
      : []),
  ];
}

function listed(jobs: readonly string[]): Pick<QueueGroup, 'jobs' | 'more'> {
  const more = jobs.length - LISTED;
  return more > 0 ? { jobs: jobs.slice(0, LISTED), more } : { jobs };
}

/** How many jobs a lane has, and whether it is held. */
export function groupDescription({ paused, jobs, more = 0 }: QueueGroup): string {
  const total = jobs.length + more;
  const count = more > 0 ? t('the next {0} of {1}', jobs.length, total) : String(total);
  return paused ? t('held · {0}', count) : count;
}

export function groupLabel(id: QueueGroup['id']): string {
  switch (id) {
    case 'interactive':
      return t('Interactive');
    case 'batch':
      return t('Batch');
    case 'training':
      return t('Training');
    case 'ended':
      return t('Ended');
  }
}

/** A time as a person says it, rounded up: never "0 s" while something is left. */
export function durationText(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 60) return t('{0} s', seconds);
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? t('{0} min', minutes) : t('{0} h', Math.ceil(minutes / 60));
}

function stateText({ state }: Job): string {
  switch (state) {
    case 'queued':
      return t('queued');
    case 'running':
      return t('running');
    case 'paused':
      return t('paused');
    case 'done':
      return t('done');
    case 'partial':
      return t('done in part');
    case 'failed':
      return t('failed');
    case 'cancelled':
      return t('cancelled');
    case 'lost':
      return t('lost');
  }
}

/** Percent of what still runs: all of it is done only when the job has ended. */
const MOST_RUNNING = 99;

/** What stands behind a job's title: how far it is, or how it ended. */
export function jobDescription({ job, active }: JobEntry): string {
  const { runs } = job;
  const parts: string[] = [];
  if (hasEnded(job.state) || job.state !== 'running') parts.push(stateText(job));
  else parts.push(t('{0} %', Math.min(MOST_RUNNING, Math.floor(job.progress * 100))));
  if (runs.total > 1) parts.push(`${runs.done}/${runs.total}`);
  const left = active?.etaMs ?? null;
  const eta = runs.total > 1 ? job.etaMs : (left ?? job.etaMs);
  if (job.state === 'running' && eta !== null) parts.push(t('{0} left', durationText(eta)));
  if (job.placeholder) parts.push(t('placeholder'));
  return parts.join(' · ');
}

/** What a menu asks of a job: `job` and then what can be done with it. */
export function jobContext({ job }: JobEntry): string {
  const words = ['job'];
  if (!hasEnded(job.state)) words.push('open', job.paused ? 'held' : 'going');
  else if (job.state !== 'done') words.push('again');
  // Of a comparison no single picture is shown: its panel is.
  if (job.kind === 'compare') words.push('compare');
  else if (job.runs.done > 0) words.push('pictures');
  return words.join(' ');
}

/** What a row's tooltip says of a job, a paragraph each. Of a comparison no fault and no stage: they tell whose cell it is about. */
export function jobDetails({ job, active }: JobEntry): string[] {
  const blind = job.kind === 'compare';
  const lines = [job.title];
  if (job.error !== null) {
    lines.push(blind ? t('Some pictures could not be drawn.') : job.error.message);
  }
  if (active !== null)
    lines.push(blind ? blindName() : `${active.stage} ${active.value}/${active.max}`);
  return lines;
}

/** Where a job is moved within its lane; null where that changes nothing. */
export interface Move {
  id: string;
  /** Job that it will stand before; null = at the end. */
  before: string | null;
}

/**
 * What a drop means: a job takes the place of the one it is dropped on, and the others make room. Dropped on the lane itself it
 * goes to the end.
 * @param order ids of the lane in the order they are served
 */
export function moveTo(order: readonly string[], id: string, target: string | null): Move | null {
  const from = order.indexOf(id);
  if (from < 0) return null;
  if (target === null) return order.at(-1) === id ? null : { id, before: null };
  const to = order.indexOf(target);
  if (to < 0 || to === from) return null;
  return { id, before: to < from ? target : (order[to + 1] ?? null) };
}

/** One place up (-1) or down (1). */
export function moveBy(order: readonly string[], id: string, step: -1 | 1): Move | null {
  const from = order.indexOf(id);
  const target = from < 0 ? undefined : order[from + step];
  return target === undefined ? null : moveTo(order, id, target);
}
