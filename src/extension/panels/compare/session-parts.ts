import type * as vscode from 'vscode';
import type { WorkerClient } from '../../../client/worker-client.ts';
import type { SetPlace } from '../../../project/compare/sets.ts';
import type { CompareSpec } from '../../../protocol/compare.ts';
import type { Job } from '../../../protocol/jobs.ts';
import { t } from '../../l10n.ts';
import { Problem } from '../../problem.ts';
import type { Services } from '../../services.ts';
import type { CellAddress, Outcome, SetPhase } from '../messages/compare.ts';
import type { KnownCell, SetKnowledge } from './compare-state.ts';
import type { ContenderModels } from './contender-models.ts';

/** A set as a session's actions see it. */
export interface ViewedSet {
  place: SetPlace;
  cells: readonly KnownCell[];
  phase: SetPhase;
  knowledge: SetKnowledge;
}

/** What actions of a comparison's panel work with. */
export interface CompareView {
  services: Services;
  job: Job;
  spec: CompareSpec;
  models: ContenderModels;
  sets: readonly ViewedSet[];
  allOpen: boolean;
  /** @throws Problem `disconnected` */
  client: () => WorkerClient;
  /** The game's folder; null where none is open. */
  folder: vscode.Uri | null;
  /** Opens the panel of another comparison. */
  openPanel: (job: string) => void;
}

export const done = (message = ''): Outcome => ({ done: true, message });
export const notDone = (message = ''): Outcome => ({ done: false, message });

/** @throws Problem `invalid-params` for a set that the comparison does not have */
export function setOf(view: CompareView, set: number): ViewedSet {
  const found = view.sets[set];
  if (found === undefined) {
    throw new Problem('invalid-params', t('The comparison has no such set.'));
  }
  return found;
}

/**
 * A cell of an open set.
 * @throws Problem `invalid-params`; `blind` for a set that is not open
 */
export function openCellAt(view: CompareView, { set, place }: CellAddress): KnownCell {
  const { phase, cells } = setOf(view, set);
  if (phase !== 'open') throw blindSet();
  const cell = cells[place];
  if (cell === undefined) {
    throw new Problem('invalid-params', t('The set has no such picture.'));
  }
  return cell;
}

/** Refusal of what would tell who drew what. */
export function blindSet(): Problem {
  return new Problem('blind', t('Who drew this is not told before you voted on the set.'));
}
