import type { RunRecord } from '../store/rows.ts';
import type { Placement, PlacementServer } from './placement.ts';

interface Queue {
  readonly link: PlacementServer;
  /** Runs that its engine holds. */
  readonly holds: number;
  kick(): void;
}

/**
 * Leaves a run to a server that has nothing to do: it is not parked behind another one meanwhile.
 * @param others the servers but the one that asks
 * @returns false when none could begin it at once
 */
export function leaveToIdle(
  others: readonly Queue[],
  record: RunRecord,
  placement: Pick<Placement, 'verdict'>,
): boolean {
  const idle = others.find(
    ({ link, holds }) =>
      holds === 0 &&
      link.state === 'ready' &&
      link.inventory !== null &&
      placement.verdict(link, record) === 'yes',
  );
  idle?.kick();
  return idle !== undefined;
}
