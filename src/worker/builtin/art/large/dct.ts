/**
 * The scaled 8x8 cosine transform of Arai, Agui and Nakajima (1988), as in libjpeg's float version:
 * coefficients come out multiplied by `SCALES[u] * SCALES[v] * 8`.
 */
export const SCALES = [
  1, 1.387039845, 1.306562965, 1.175875602, 1, 0.785694958, 0.5411961, 0.275899379,
] as const;

function forwardLine(d: Float64Array, at: number, step: number): void {
  const d0 = d[at]!;
  const d1 = d[at + step]!;
  const d2 = d[at + 2 * step]!;
  const d3 = d[at + 3 * step]!;
  const d4 = d[at + 4 * step]!;
  const d5 = d[at + 5 * step]!;
  const d6 = d[at + 6 * step]!;
  const d7 = d[at + 7 * step]!;
  const t0 = d0 + d7;
  const t7 = d0 - d7;
  const t1 = d1 + d6;
  const t6 = d1 - d6;
  const t2 = d2 + d5;
  const t5 = d2 - d5;
  const t3 = d3 + d4;
  const t4 = d3 - d4;
  const e0 = t0 + t3;
  const e3 = t0 - t3;
  const e1 = t1 + t2;
  const e2 = t1 - t2;
  d[at] = e0 + e1;
  d[at + 4 * step] = e0 - e1;
  const z1 = (e2 + e3) * 0.707106781;
  d[at + 2 * step] = e3 + z1;
  d[at + 6 * step] = e3 - z1;
  const o0 = t4 + t5;
  const o1 = t5 + t6;
  const o2 = t6 + t7;
  const z5 = (o0 - o2) * 0.382683433;
  const z2 = 0.5411961 * o0 + z5;
  const z4 = 1.306562965 * o2 + z5;
  const z3 = o1 * 0.707106781;
  const z11 = t7 + z3;
  const z13 = t7 - z3;
  d[at + 5 * step] = z13 + z2;
  d[at + 3 * step] = z13 - z2;
  d[at + step] = z11 + z4;
  d[at + 7 * step] = z11 - z4;
}

function inverseLine(d: Float64Array, at: number, step: number): void {
  const d0 = d[at]!;
  const d1 = d[at + step]!;
  const d2 = d[at + 2 * step]!;
  const d3 = d[at + 3 * step]!;
  const d4 = d[at + 4 * step]!;
  const d5 = d[at + 5 * step]!;
  const d6 = d[at + 6 * step]!;
  const d7 = d[at + 7 * step]!;
  const a0 = d0 + d4;
  const a1 = d0 - d4;
  const a3 = d2 + d6;
  const a2 = (d2 - d6) * 1.414213562 - a3;
  const t0 = a0 + a3;
  const t3 = a0 - a3;
  const t1 = a1 + a2;
  const t2 = a1 - a2;
  const z13 = d5 + d3;
  const z10 = d5 - d3;
  const z11 = d1 + d7;
  const z12 = d1 - d7;
  const t7 = z11 + z13;
  const b11 = (z11 - z13) * 1.414213562;
  const z5 = (z10 + z12) * 1.847759065;
  const b10 = 1.0823922 * z12 - z5;
  const b12 = -2.61312593 * z10 + z5;
  const t6 = b12 - t7;
  const t5 = b11 - t6;
  const t4 = b10 + t5;
  d[at] = t0 + t7;
  d[at + 7 * step] = t0 - t7;
  d[at + step] = t1 + t6;
  d[at + 6 * step] = t1 - t6;
  d[at + 2 * step] = t2 + t5;
  d[at + 5 * step] = t2 - t5;
  d[at + 4 * step] = t3 + t4;
  d[at + 3 * step] = t3 - t4;
}

/** Transforms 64 values (row-major) in place. */
export function forwardDct(block: Float64Array): void {
  for (let i = 0; i < 8; i++) forwardLine(block, i * 8, 1);
  for (let i = 0; i < 8; i++) forwardLine(block, i, 8);
}

/** The way back, for coefficients multiplied by `SCALES[u] * SCALES[v] / 8`. */
export function inverseDct(block: Float64Array): void {
  for (let i = 0; i < 8; i++) inverseLine(block, i, 8);
  for (let i = 0; i < 8; i++) inverseLine(block, i * 8, 1);
}
