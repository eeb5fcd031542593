import { halfBits } from './half.ts';

/**
 * Quantile function of the standard normal distribution: Acklam's rational approximation, relative error below 1.2e-9.
 * @param probability inside (0, 1)
 */
export function normalQuantile(probability: number): number {
  if (probability > 0.5) return -normalQuantile(1 - probability);
  if (probability < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(probability));
    return (
      polynomial(
        q,
        -7.784894002430293e-3,
        -3.223964580411365e-1,
        -2.400758277161838,
        -2.549732539343734,
        4.374664141464968,
        2.938163982698783,
      ) /
      polynomial(
        q,
        7.784695709041462e-3,
        3.224671290700398e-1,
        2.445134137142996,
        3.754408661907416,
        1,
      )
    );
  }
  const q = probability - 0.5;
  const r = q * q;
  return (
    (q *
      polynomial(
        r,
        -3.969683028665376e1,
        2.209460984245205e2,
        -2.759285104469687e2,
        1.38357751867269e2,
        -3.066479806614716e1,
        2.506628277459239,
      )) /
    polynomial(
      r,
      -5.447609879822406e1,
      1.615858368580409e2,
      -1.556989798598866e2,
      6.680131188771972e1,
      -1.328068155288572e1,
      1,
    )
  );
}

/** Horner's scheme, the highest power first. */
function polynomial(at: number, ...coefficients: number[]): number {
  return coefficients.reduce((sum, coefficient) => sum * at + coefficient, 0);
}

/** Half-precision values at the 65,536 mid-quantiles of normal(0, deviation): a uniform 16-bit number picks a normal one. */
export function quantileTable(deviation: number): Uint16Array {
  return Uint16Array.from({ length: 65_536 }, (_, place) =>
    halfBits(deviation * normalQuantile((place + 0.5) / 65_536)),
  );
}

/** FNV-1a: a seed of its own for each tensor, so that a tensor's values do not hang on its neighbours. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place++) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  }
  return hash >>> 0 || 1;
}

/** An endless row of table entries, two for each step of a 32-bit xorshift (Marsaglia 2003). */
export function normalSource(table: Uint16Array, seed: number): (target: Uint16Array) => void {
  let state = seed;
  return target => {
    for (let place = 0; place < target.length; place += 2) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      target[place] = table[state & 0xffff] ?? 0;
      // A typed array ignores what is written past its end.
      target[place + 1] = table[state >>> 16] ?? 0;
    }
  };
}
