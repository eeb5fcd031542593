import type { BoardPair } from '../../extension/panels/messages/leaderboard.ts';

/** Two contenders seen from one of them. */
export interface Meeting {
  better: number;
  worse: number;
  tied: number;
  neither: number;
}

/** How a contender did against another; null for two that never met. */
export function meeting(pairs: readonly BoardPair[], own: string, other: string): Meeting | null {
  for (const { first, second, firstBetter, secondBetter, tied, neither } of pairs) {
    if (first === own && second === other) {
      return { better: firstBetter, worse: secondBetter, tied, neither };
    }
    if (first === other && second === own) {
      return { better: secondBetter, worse: firstBetter, tied, neither };
    }
  }
  return null;
}
