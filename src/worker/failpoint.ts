/** Places where a test may kill the worker, to prove what survives. */
export const FAIL_POINTS = [
  'before-post',
  'after-post',
  'while-sampling',
  'before-artifact',
  'before-commit',
  'after-commit',
] as const;

export type FailPoint = (typeof FAIL_POINTS)[number];

const chosen = process.env['DGX_PIXELS_FAIL_POINT'] ?? '';
const [name, count = '1'] = chosen.split(':');
let left = Number(count);

/** Kills this process at once, without any clean-up, when the environment names this place (`DGX_PIXELS_FAIL_POINT=name[:nth]`). */
export function failPoint(place: FailPoint): void {
  if (name !== place) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}
