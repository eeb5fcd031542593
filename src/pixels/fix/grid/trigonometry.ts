/*
 * Sine and cosine by Taylor polynomials on an eighth of the circle: `Math.sin` may differ in the last bit between engines.
 */

const HALF_PI = 1.5707963267948966;

/**
 * Cosines and sines of a whole turn in `count` steps.
 * @param count a multiple of 8
 */
export function circle(count: number): { cos: Float64Array; sin: Float64Array } {
  const cos = new Float64Array(count);
  const sin = new Float64Array(count);
  const quarter = count / 4;
  for (let i = 0; i <= quarter / 2; i++) {
    const angle = (HALF_PI * i) / quarter;
    const square = angle * angle;
    let even = 0;
    let odd = 0;
    for (let k = 16; k >= 2; k -= 2) {
      even = (1 - even) * (square / (k * (k - 1)));
      odd = (1 - odd) * (square / (k * (k + 1)));
    }
    cos[i] = 1 - even;
    sin[i] = angle * (1 - odd);
    cos[quarter - i] = sin[i]!;
    sin[quarter - i] = cos[i]!;
  }
  for (let i = quarter + 1; i <= 2 * quarter; i++) {
    cos[i] = -sin[i - quarter]!;
    sin[i] = cos[i - quarter]!;
  }
  for (let i = 2 * quarter + 1; i < count; i++) {
    cos[i] = -cos[i - 2 * quarter]!;
    sin[i] = -sin[i - 2 * quarter]!;
  }
  return { cos, sin };
}
