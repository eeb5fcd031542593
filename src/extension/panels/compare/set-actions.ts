import type { Outcome } from '../messages/compare.ts';
import { t } from '../../l10n.ts';
import type { KnownCell } from './compare-state.ts';
import { isOver, phaseOf } from './cell-run.ts';
import { type CompareView, done, notDone, setOf, type ViewedSet } from './session-parts.ts';

/**
 * The cells that are meant. Of a set that is not open all of them: what becomes of a single place would tell whose cell is filling, or
 * whose failed.
 */
function meant({ cells, phase }: ViewedSet, place: number | null): readonly KnownCell[] {
  return place === null || phase !== 'open' ? cells : cells.slice(place, place + 1);
}

/** Draws again what failed, was cancelled or lost. @throws what the worker answers */
export async function retryCells(
  view: CompareView,
  { set, place }: { set: number; place: number | null },
): Promise<Outcome> {
  const cells = meant(setOf(view, set), place).filter(({ run }) => {
    const phase = phaseOf(run);
    return isOver(phase) && phase !== 'done';
  });
  if (cells.length === 0) return notDone(t('There is nothing to draw again here.'));
  const client = view.client();
  for (const { index } of cells) {
    await client.request('jobs.retry', { target: { job: view.job.id, run: index } });
  }
  return done(t('It is drawn again.'));
}

/** Cancels what is not drawn yet. @throws what the worker answers */
export async function cancelCells(
  view: CompareView,
  { set, place }: { set: number; place: number | null },
): Promise<Outcome> {
  const cells = meant(setOf(view, set), place).filter(({ run }) => !isOver(phaseOf(run)));
  if (cells.length === 0) return notDone(t('There is nothing to cancel here.'));
  const client = view.client();
  for (const { index } of cells) {
    await client.request('jobs.cancel', { target: { job: view.job.id, run: index } });
  }
  return done(t('Cancelled.'));
}
