import type { Comparison } from '../../extension/panels/messages/compare.ts';
import { IDLE, type VoteKey, voteStep, type Voting } from './vote.ts';

/** A whole answer, as it is sent. */
export interface Answer {
  set: number;
  best: readonly number[];
  note: string;
  durationMs: number;
}

/** What a key came to. `refused`: the set cannot be voted on. `elsewhere`: it was not about the answer. */
export type Pressed = 'taken' | 'refused' | 'elsewhere';

/** The answer that is being given, the notes that are being written, and since when each set is judged. */
export class Ballot {
  readonly #send: (answer: Answer) => Promise<unknown>;
  readonly #onChange: () => void;
  readonly #notes = new Map<number, string>();
  /** When each set was first shown complete, in milliseconds of the page's clock. */
  readonly #shown = new Map<number, number>();
  voting: Voting = IDLE;
  /** An answer is on its way. */
  busy = false;

  constructor(send: (answer: Answer) => Promise<unknown>, onChange: () => void) {
    this.#send = send;
    this.#onChange = onChange;
  }

  noteOf(set: number): string {
    return this.#notes.get(set) ?? '';
  }

  write(set: number, note: string): void {
    this.#notes.set(set, note);
    this.#onChange();
  }

  /** A set is shown with all its pictures. */
  shown(set: number, now: number): void {
    if (!this.#shown.has(set)) this.#shown.set(set, now);
  }

  wasShown(set: number): boolean {
    return this.#shown.has(set);
  }

  /** Leaves a tie that was begun. */
  reset(): void {
    if (this.voting.kind === 'idle') return;
    this.voting = IDLE;
    this.#onChange();
  }

  press(key: VoteKey, comparison: Comparison, at: number, now: number): Pressed {
    const set = comparison.sets[at];
    const leaves = key.name === 'leave' || key.name === 'confirm';
    if (set?.phase !== 'votable' || !comparison.canVote) return leaves ? 'elsewhere' : 'refused';
    const since = this.#shown.get(at);
    // Nothing is judged before it was seen, nor twice.
    if (this.busy || since === undefined) return key.name === 'leave' ? 'elsewhere' : 'taken';
    const { voting, best, taken } = voteStep(this.voting, key, set.cells.length);
    this.voting = voting;
    this.#onChange();
    if (best === null) return taken || key.name !== 'leave' ? 'taken' : 'elsewhere';
    const note = this.noteOf(at).trim();
    void this.#vote({ set: at, best, note, durationMs: Math.round(now - since) });
    return 'taken';
  }

  async #vote(answer: Answer): Promise<void> {
    this.busy = true;
    this.#onChange();
    await this.#send(answer);
    this.busy = false;
    this.#onChange();
  }
}
