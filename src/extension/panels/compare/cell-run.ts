import type { Run, RunImage, RunState } from '../../../protocol/jobs.ts';
import type { CellPhase } from '../messages/compare.ts';

const PHASES: Readonly<Record<RunState, CellPhase>> = {
  queued: 'waiting',
  parked: 'waiting',
  loading: 'drawing',
  running: 'drawing',
  finishing: 'drawing',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  lost: 'lost',
};

/** The picture of a cell; null while it is not drawn. */
export function imageOf(run: Run | undefined): RunImage | null {
  return run?.state === 'done' ? (run.images[0] ?? null) : null;
}

/** Where a cell stands; one that the engine is done with and that has no picture is lost. */
export function phaseOf(run: Run | undefined): CellPhase {
  if (run === undefined) return 'lost';
  const phase = PHASES[run.state];
  return phase === 'done' && imageOf(run) === null ? 'lost' : phase;
}

/** Whether nothing more comes of a cell by itself. */
export function isOver(phase: CellPhase): boolean {
  return phase !== 'waiting' && phase !== 'drawing';
}

/** Seconds that a cell took to draw; null while that is not known. */
export function secondsOf(run: Run | undefined): number | null {
  if (run?.startedAt == null || run.finishedAt === null || imageOf(run) === null) return null;
  return Math.max(0, run.finishedAt - run.startedAt) / 1000;
}
