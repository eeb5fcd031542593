/** Where a person is with an answer: nothing begun, or choosing which ones are equally good. */
export type Voting = { kind: 'idle' } | { kind: 'tie'; places: readonly number[] };

export const IDLE: Voting = { kind: 'idle' };

export type VoteKey =
  { name: 'pick'; place: number } | { name: 'tie' | 'noneGood' | 'confirm' | 'leave' };

export interface VoteStep {
  voting: Voting;
  /** The whole answer, as places from the left; empty for "none good". null while there is none. */
  best: readonly number[] | null;
  /** Whether the key did anything. */
  taken: boolean;
}

/**
 * The next step of an answer. Two are a tie at once; of three or four it is asked which ones, since "1 and 3" is another answer
 * than "all".
 */
export function voteStep(voting: Voting, key: VoteKey, contenders: number): VoteStep {
  const stay: VoteStep = { voting, best: null, taken: false };
  const answer = (...best: number[]): VoteStep => ({ voting: IDLE, best, taken: true });
  if (key.name === 'pick' && key.place >= contenders) return stay;
  if (voting.kind === 'idle') {
    switch (key.name) {
      case 'pick':
        return answer(key.place);
      case 'tie':
        return contenders === 2
          ? answer(0, 1)
          : { voting: { kind: 'tie', places: [] }, best: null, taken: true };
      case 'noneGood':
        return answer();
      default:
        return stay;
    }
  }
  const { places } = voting;
  switch (key.name) {
    case 'pick': {
      const others = places.filter(place => place !== key.place);
      const next =
        others.length < places.length ? others : [...others, key.place].sort((a, b) => a - b);
      return { voting: { kind: 'tie', places: next }, best: null, taken: true };
    }
    case 'confirm':
      return places.length < 2 ? { ...stay, taken: true } : answer(...places);
    case 'tie':
    case 'leave':
      return { voting: IDLE, best: null, taken: true };
    case 'noneGood':
      // Easily hit beside the digits, and a vote: only once the question is left.
      return { ...stay, taken: true };
  }
}
