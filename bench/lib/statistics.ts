export interface Summary {
  min: number;
  p50: number;
  p99: number;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Smallest, median and 99th percentile of samples in any unit. */
export function summarise(samples: readonly number[]): Summary {
  const sorted = samples.toSorted((a, b) => a - b);
  return { min: quantile(sorted, 0), p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}

/** The round with the lowest median: what the code can do when no neighbour takes its turn. */
export function bestRound(rounds: readonly Summary[]): Summary {
  const [best] = rounds.toSorted((a, b) => a.p50 - b.p50);
  return best ?? { min: NaN, p50: NaN, p99: NaN };
}
