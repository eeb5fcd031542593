import type { Fit } from './fit.ts';

/** Places by falling strength; equals in the order of their names. */
export function strongest(fit: Pick<Fit, 'strengths'>): number[] {
  return [...fit.strengths.keys()].sort(
    (a, b) => (fit.strengths[b] ?? 0) - (fit.strengths[a] ?? 0) || a - b,
  );
}
