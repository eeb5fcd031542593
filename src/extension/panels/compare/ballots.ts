import { standingVotes } from '../../../project/votes/standing.ts';
import type { Vote, VoteEvent } from '../../../project/votes/vote-event.ts';
import { SEAL_MS } from '../../votes/sealed-votes.ts';
import type { SetKnowledge } from './compare-state.ts';
import type { OpenedSets } from './opened-sets.ts';

/** A vote that was taken back later than this was taken back after the names were shown; it was written in the time before. */
const SURELY_SHOWN_MS = SEAL_MS + 5_000;

export interface BallotParts {
  job: string;
  voter: string;
  /** Every event of the workspace. */
  events: () => readonly VoteEvent[];
  opened: OpenedSets;
  /** Only looks: the panel alone shows names and remembers that it did, a while after a vote. */
  looksOnly?: boolean;
}

/** A person's votes on the sets of one comparison, and which of its sets they were shown. */
export class Ballots {
  readonly #parts: BallotParts;
  readonly #sealed = new Set<number>();
  #votes = new Map<number, Vote>();
  #skipped = new Set<number>();
  #shownElsewhere = new Set<number>();

  constructor(parts: BallotParts) {
    this.#parts = parts;
    this.refresh();
  }

  /** Reads the events anew. */
  refresh(): void {
    const { job, voter, events, looksOnly } = this.#parts;
    const own = events().filter(
      event => event.voter === voter && (event.kind === 'undo' || event.job === job),
    );
    this.#votes = new Map(standingVotes(own).map(vote => [vote.set, vote]));
    this.#skipped = new Set(own.flatMap(event => (event.kind === 'skip' ? [event.set] : [])));
    this.#shownElsewhere = takenBackLate(own);
    const shown = [...this.#votes.keys()].filter(set => !this.#isSealed(set));
    if (looksOnly === true) return;
    if (shown.some(set => !this.#parts.opened.has(set))) void this.#parts.opened.open(shown);
  }

  /** The vote that stands. */
  voteOn(set: number): Vote | null {
    return this.#votes.get(set) ?? null;
  }

  /** Keeps the names of a set back although a vote is on its way or written. */
  seal(set: number): void {
    this.#sealed.add(set);
  }

  /** The vote was taken back, or never written. */
  unseal(set: number): void {
    this.#sealed.delete(set);
  }

  /** Shows the names from now on. */
  async open(set: number): Promise<void> {
    this.#sealed.delete(set);
    await this.#parts.opened.open([set]);
  }

  knowledgeOf(set: number): SetKnowledge {
    const vote = this.voteOn(set);
    const sealed = this.#isSealed(set);
    return {
      sealed,
      opened:
        !sealed && (vote !== null || this.#parts.opened.has(set) || this.#shownElsewhere.has(set)),
      vote: vote && { best: placesOf(vote), note: vote.note },
      skipped: vote === null && this.#skipped.has(set),
    };
  }

  #isSealed(set: number): boolean {
    if (this.#sealed.has(set)) return true;
    const vote = this.#votes.get(set);
    if (this.#parts.looksOnly !== true || vote === undefined) return false;
    return !this.#parts.opened.has(set) && Date.now() - Date.parse(vote.time) < SEAL_MS;
  }
}

/** The places that a vote names best. */
function placesOf({ contenders, best }: Vote): number[] {
  return contenders.flatMap(({ digest }, place) => (best.includes(digest) ? [place] : []));
}

/** Sets whose names were shown before a vote on them was taken back, perhaps on another machine. */
function takenBackLate(events: readonly VoteEvent[]): Set<number> {
  const votes = new Map(
    events.flatMap(event => (event.kind === 'vote' ? [[event.id, event] as const] : [])),
  );
  const late = events.flatMap(event => {
    const vote = event.kind === 'undo' ? votes.get(event.of) : undefined;
    if (vote === undefined) return [];
    return Date.parse(event.time) - Date.parse(vote.time) > SURELY_SHOWN_MS ? [vote.set] : [];
  });
  return new Set(late);
}
