import type { VoteEvent } from '../../../project/votes/vote-event.ts';
import { t } from '../../l10n.ts';
import { codeOf } from '../../problem.ts';

/** Votes of a workspace folder: the vote store is one. */
export interface VoteLog {
  /** Resolves when what was voted before is read. */
  ready(): Promise<void>;
  readonly events: readonly VoteEvent[];
  readonly onDidChange: (listener: () => void) => { dispose(): void };
  /** @throws what the file system says; then nothing was written */
  append(event: VoteEvent): Promise<void>;
}

/** Where a person's votes go. */
export interface VotePlace {
  log: VoteLog;
  voter: string;
}

/** Codes of our own sentences, which name no model. */
const OURS = ['invalid-params', 'not-writable', 'disk-full', 'unreadable', 'not-found'];
const AWAY = ['disconnected', 'timeout', 'closed', 'shutting-down'];

/**
 * Why a vote was not written, as a sentence that names no contender: a worker's own words might.
 */
export function voteFault(error: unknown): string {
  const code = codeOf(error);
  if (error instanceof Error && error.name === 'Problem' && OURS.includes(code)) {
    return error.message;
  }
  if (AWAY.includes(code)) {
    return t(
      'The worker does not answer, and only it knows who drew these. Try again when it is back.',
    );
  }
  if (code === 'unknown-model' || code === 'unknown-workflow' || code === 'invalid-workflow') {
    return t(
      'A model or workflow of this set is gone, so a vote on its drafts cannot say whom it is for. Show the names instead.',
    );
  }
  return t('Nothing was written; the log says why.');
}
