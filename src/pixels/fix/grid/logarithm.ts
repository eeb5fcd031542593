/** The binary logarithm of a positive number by the area tangent's series: `Math.log2` may differ between engines. */
export function log2Of(value: number): number {
  let whole = 0;
  let rest = value;
  while (rest >= 1.5) {
    rest /= 2;
    whole++;
  }
  while (rest < 0.75) {
    rest *= 2;
    whole--;
  }
  const z = (rest - 1) / (rest + 1);
  const square = z * z;
  let sum = 0;
  for (let k = 13; k >= 1; k -= 2) sum = sum * square + 1 / k;
  return whole + 2 * z * sum * 1.4426950408889634;
}
