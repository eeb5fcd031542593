import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskVotes } from '../../src/extension/votes/disk-votes.ts';
import { VoteLog } from '../../src/extension/votes/vote-log.ts';
import { manyVotes } from './leaderboard-times.ts';

/** Times in milliseconds, the best of three. */
export interface FileTimes {
  /** Reading the file as the editor does. */
  openMs: number;
  /** Longest time in which the editor's other work had to wait for that. */
  stallMs: number;
  /** Writing one more vote, until it is on the disk. */
  appendMs: number;
}

/** A file of so many votes, as the extension reads and writes it. */
export async function votesFileTimes(count: number): Promise<FileTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'dgxp-votes-'));
  const path = join(folder, 'votes.jsonl');
  try {
    const [extra, ...votes] = manyVotes(count + 1).reverse();
    writeFileSync(path, votes.map(event => `${JSON.stringify(event)}\n`).join(''));
    const best = { openMs: Infinity, stallMs: Infinity, appendMs: Infinity };
    for (let round = 0; round < 3; round += 1) {
      const log = new VoteLog(new DiskVotes(path));
      const watch = stallWatch();
      const start = performance.now();
      await log.refresh();
      best.openMs = Math.min(best.openMs, performance.now() - start);
      best.stallMs = Math.min(best.stallMs, watch.end());
      if (log.value.events.length < count) throw new Error('votes were lost');
      const begun = performance.now();
      if (extra !== undefined) await log.append(extra);
      best.appendMs = Math.min(best.appendMs, performance.now() - begun);
    }
    return best;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures the longest time, in milliseconds, between two turns of the event loop. */
function stallWatch(): { end: () => number } {
  let longest = 0;
  let last = performance.now();
  const turn = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  return {
    end: () => {
      clearImmediate(next);
      return longest;
    },
  };
}
