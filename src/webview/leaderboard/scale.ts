import type { BoardRow } from '../../extension/panels/messages/leaderboard.ts';

/** A line that all intervals are drawn on: natural logarithms of strength from left to right. */
export interface Scale {
  low: number;
  high: number;
  ticks: readonly Tick[];
}

export interface Tick {
  /** Natural logarithm. */
  strength: number;
  /** `1/4`, `1`, `2`. */
  label: string;
}

/** What is always on it: half and twice the average. */
const LEAST = Math.LN2;
const MOST_TICKS = 7;
/** Percent of the width that stay free on each side, for half a tick's label. */
const MARGIN = 5;

/** A scale that holds the intervals of all rows. */
export function scaleOf(rows: readonly Pick<BoardRow, 'low' | 'high'>[]): Scale {
  const low = Math.min(-LEAST, ...rows.map(row => row.low));
  const high = Math.max(LEAST, ...rows.map(row => row.high));
  const [first, last] = [Math.ceil(low / Math.LN2), Math.floor(high / Math.LN2)];
  const step = Math.ceil((last - first + 1) / MOST_TICKS);
  const ticks: Tick[] = [];
  for (let power = Math.ceil(first / step) * step; power <= last; power += step) {
    const label = power < 0 ? `1/${2 ** -power}` : String(2 ** power);
    ticks.push({ strength: power * Math.LN2, label });
  }
  return { low, high, ticks };
}

/** Where a strength lies, in percent of the width. */
export function percentOf({ low, high }: Scale, strength: number): number {
  const share = (Math.min(high, Math.max(low, strength)) - low) / (high - low);
  return MARGIN + share * (100 - 2 * MARGIN);
}

/** How many times as often as the average a contender of this strength is picked, in two or three digits. */
export function timesText(strength: number): string {
  const times = Math.exp(strength);
  if (times >= 100) return times.toFixed(0);
  if (times >= 10) return times.toFixed(1);
  return times >= 0.1 ? times.toFixed(2) : times.toPrecision(1);
}
