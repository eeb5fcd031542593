import { leaderboardOf } from '../../src/project/votes/leaderboard.ts';
import type { VoteEvent } from '../../src/project/votes/vote-event.ts';
import { readVotes } from '../../src/project/votes/votes-file.ts';
import { randomOf } from './voter.ts';

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const uuid = (value: number): string => `01890000-0000-7000-8000-${hex(value, 12)}`;

/** Picks between two of eight contenders, as the panel writes them. */
export function manyVotes(count: number): VoteEvent[] {
  const random = randomOf(1);
  return Array.from({ length: count }, (_, at): VoteEvent => {
    const first = Math.floor(random() * 8);
    const second = (first + 1 + Math.floor(random() * 7)) % 8;
    const contenders = [first, second].map(place => ({
      digest: hex(place + 1, 64),
      name: `model ${place}`,
      workflow: 'sprite-sdxl',
      graph: hex(99, 64),
      checkpoint: `model-${place}.safetensors`,
      checkpointSha256: hex(place + 100, 64),
      vae: null,
      vaeSha256: null,
      loras: [{ name: 'pixel-art.safetensors', strength: 0.8, sha256: hex(7, 64) }],
      settings: { steps: 28, cfg: 7, sampler: 'euler', scheduler: 'normal' },
      seconds: 3.2,
      image: hex(at + 1000, 64),
    }));
    const picked = contenders[random() < 0.6 ? 0 : 1];
    return {
      v: 1,
      kind: 'vote',
      id: uuid(at),
      time: '2026-11-01T10:00:00.000Z',
      voter: 'someone',
      job: uuid(Math.floor(at / 64)),
      set: at % 64,
      contenders,
      best: picked === undefined ? [] : [picked.digest],
      recipe: hex(at + 5000, 64),
      prompt: 'a rusty sword with a long handle',
      seed: at,
      category: 'item',
      size: [32, 32],
      mode: 'full',
      durationMs: 2000,
      note: '',
    };
  });
}

/** Best of three, in milliseconds: reading a file of so many votes, and the leaderboard of its events. */
export function leaderboardTimes(count: number): {
  readMs: number;
  leaderboardMs: number;
  megabytes: number;
} {
  const text = manyVotes(count)
    .map(event => `${JSON.stringify(event)}\n`)
    .join('');
  let { readMs, leaderboardMs } = { readMs: Infinity, leaderboardMs: Infinity };
  for (let round = 0; round < 3; round += 1) {
    const start = performance.now();
    const { events } = readVotes(text);
    const read = performance.now();
    const board = leaderboardOf(events);
    const end = performance.now();
    if (board.rated !== count) throw new Error(`${board.rated} of ${count} votes were rated.`);
    readMs = Math.min(readMs, read - start);
    leaderboardMs = Math.min(leaderboardMs, end - read);
  }
  return { readMs, leaderboardMs, megabytes: text.length / 1e6 };
}
