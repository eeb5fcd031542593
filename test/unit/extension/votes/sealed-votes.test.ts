import { describe, expect, it } from 'vitest';
import { SEAL_MS, withoutSealed } from '../../../../src/extension/votes/sealed-votes.ts';
import type { VoteEvent } from '../../../../src/project/votes/vote-event.ts';
import { skip, undo, vote } from '../../project/votes/events.ts';

const now = Date.parse('2026-11-01T10:00:00.000Z');
const ago = (ms: number) => ({ time: new Date(now - ms).toISOString() });
const old = vote(1, ['a', 'b'], ['a'], ago(SEAL_MS));
const fresh = vote(2, ['a', 'b'], ['b'], ago(200));
const fresher = vote(3, ['a', 'b'], ['a'], ago(0));

describe('votes that a board does not count yet', () => {
  it('are those whose names are held back, until they come up', () => {
    expect(withoutSealed([old, fresh, fresher], 'ann', now)).toEqual({
      events: [old],
      wait: SEAL_MS,
    });
    expect(withoutSealed([old, fresh], 'ann', now).wait).toBe(SEAL_MS - 200);
    expect(withoutSealed([old, fresh], 'ann', now + SEAL_MS).events).toEqual([old, fresh]);
  });

  it('are no other person’s, nor those of a clock that goes ahead, nor skips and undone ones', () => {
    const events: VoteEvent[] = [
      old,
      { ...fresh, voter: 'bob' },
      vote(4, ['a', 'b'], ['b'], ago(-60_000)),
      { ...skip(5, 9), ...ago(10) },
      { ...undo(6, 1), ...ago(10) },
    ];
    const told = withoutSealed(events, 'ann', now);
    expect(told.wait).toBeNull();
    // The same list: what was worked out of it stands.
    expect(told.events).toBe(events);
  });
});
