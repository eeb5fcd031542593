import { uuid7 } from '../../../client/uuid7.ts';
import { VOTES_VERSION } from '../../../project/votes/vote-event.ts';
import type { Ends } from '../../dispose.ts';
import { t } from '../../l10n.ts';
import { Problem } from '../../problem.ts';
import type { Outcome, SetPhase } from '../messages/compare.ts';
import type { Ballots } from './ballots.ts';
import { SEAL_MS } from '../../votes/sealed-votes.ts';
import { type CompareView, done, notDone, setOf } from './session-parts.ts';
import { voteOf } from './vote-of.ts';
import type { VotePlace } from './vote-place.ts';

export interface VotingParts {
  /** @throws Problem while the comparison is not known */
  view: () => CompareView;
  /** Where votes go, or why none can be written: a sentence. */
  votes: () => VotePlace | string;
  ballots: Ballots;
  onChange: () => void;
  /** Told when names of a set are shown. */
  onOpened: () => void;
}

/** A person's answers to the sets of one comparison: written first, then sealed for a moment, then the names are shown. */
export class SetVoting implements Ends {
  readonly #parts: VotingParts;
  readonly #seals = new Map<number, NodeJS.Timeout>();

  constructor(parts: VotingParts) {
    this.#parts = parts;
  }

  /**
   * Writes a person's answer.
   * @throws what the disk or the worker says; then nothing was written, and the set can be voted on as before
   */
  async vote(given: {
    set: number;
    best: readonly number[];
    note: string;
    durationMs: number;
  }): Promise<Outcome> {
    const { set, best, note, durationMs } = given;
    const view = this.#parts.view();
    const { place, cells, phase } = setOf(view, set);
    const votes = this.#parts.votes();
    if (typeof votes === 'string') return notDone(votes);
    if (phase !== 'votable') return notDone(notVotable(phase));
    const { ballots } = this.#parts;
    // Before anything is waited for: a second click meets a set that is not votable.
    ballots.seal(set);
    try {
      const client = view.client();
      const contenders = await Promise.all(
        cells.map(({ contender, run }) => {
          if (run === undefined) throw new Problem('invalid-params', t('A picture is gone.'));
          return view.models.of(client, contender, run);
        }),
      );
      const now = Date.now();
      const head = { id: uuid7(now), time: new Date(now).toISOString(), voter: votes.voter };
      const ballot = { ...head, best, note, durationMs };
      await votes.log.append(
        voteOf({ job: view.job.id, spec: view.spec }, place, cells, contenders, ballot),
      );
    } catch (error) {
      ballots.unseal(set);
      this.#parts.onChange();
      throw error;
    }
    ballots.refresh();
    this.#seals.set(
      set,
      setTimeout(() => void this.#open(set), SEAL_MS),
    );
    this.#parts.onChange();
    return done();
  }

  #unseal(set: number): void {
    clearTimeout(this.#seals.get(set));
    this.#seals.delete(set);
  }

  async #open(set: number): Promise<void> {
    this.#unseal(set);
    await this.#parts.ballots.open(set);
    this.#parts.onChange();
    this.#parts.onOpened();
  }

  /** Takes the vote that stands back. @throws what the disk says; then it stands */
  async undo(set: number): Promise<Outcome> {
    const { ballots } = this.#parts;
    const votes = this.#parts.votes();
    if (typeof votes === 'string') return notDone(votes);
    const vote = ballots.voteOn(set);
    if (vote === null) return notDone(t('There is no vote of yours on this set.'));
    const shown = ballots.knowledgeOf(set).opened;
    // The names must not come up while the undo is being written.
    this.#unseal(set);
    const now = Date.now();
    try {
      await votes.log.append({
        v: VOTES_VERSION,
        id: uuid7(now),
        time: new Date(now).toISOString(),
        voter: votes.voter,
        kind: 'undo',
        of: vote.id,
      });
    } catch (error) {
      if (!shown) await this.#open(set);
      throw error;
    }
    if (!shown) ballots.unseal(set);
    ballots.refresh();
    this.#parts.onChange();
    return done(
      shown
        ? t('Your vote is taken back. You know the names now, so the set cannot be voted on again.')
        : t('Your vote is taken back.'),
    );
  }

  /** Records that a set was looked at and left. */
  async skip(set: number): Promise<Outcome> {
    const view = this.#parts.view();
    const { phase } = setOf(view, set);
    const votes = this.#parts.votes();
    if (typeof votes === 'string') return notDone(votes);
    if (phase !== 'votable') return notDone(notVotable(phase));
    const now = Date.now();
    await votes.log.append({
      v: VOTES_VERSION,
      id: uuid7(now),
      time: new Date(now).toISOString(),
      voter: votes.voter,
      kind: 'skip',
      job: view.job.id,
      set,
    });
    this.#parts.ballots.refresh();
    this.#parts.onChange();
    return done();
  }

  /** Shows who drew what: at once after a vote; without one it can never be voted on. */
  async reveal(set: number): Promise<Outcome> {
    const view = this.#parts.view();
    const { phase } = setOf(view, set);
    if (phase === 'open') return done();
    await this.#open(set);
    return phase === 'voted' ? done() : done(t('The set is open and can no longer be voted on.'));
  }

  /** Lets all names be shown at once. */
  unsealAll(): void {
    for (const set of this.#seals.keys()) {
      this.#unseal(set);
      this.#parts.ballots.unseal(set);
    }
  }

  dispose(): void {
    for (const timer of this.#seals.values()) clearTimeout(timer);
  }
}

function notVotable(phase: SetPhase): string {
  switch (phase) {
    case 'drawing':
      return t('The set can be voted on when all its pictures are there.');
    case 'broken':
      return t('Some pictures of the set could not be drawn; draw them again to vote on it.');
    case 'voted':
    case 'open':
      return t('You voted on this set, or were shown its names; it cannot be voted on again.');
    case 'votable':
      return '';
  }
}
