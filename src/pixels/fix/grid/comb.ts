import { type Profile, RESOLUTION } from './edges.ts';

/** Even lines along an axis: one at `phase`, then every `pitch` pixels. */
export interface Comb {
  pitch: number;
  phase: number;
}

/** Even lines of both axes. */
export interface Fit {
  combs: [x: Comb, y: Comb];
  /** Share of the edges near them, less what chance would give. */
  coverage: number;
}

/** Phases tried within a pitch. */
const PHASES = 48;

/** Rounds of fitting the lines to the votes near them. */
const ROUNDS = 4;

/** Sums over the votes near a comb's lines, for a weighted straight line through (line number, place). */
interface Moments {
  weight: number;
  line: number;
  place: number;
  lineLine: number;
  linePlace: number;
}

/**
 * Fits even lines to both axes' votes by iterated weighted least squares.
 * @param shared whether both axes have one pitch, as square cells have
 */
export function fitCombs(
  profiles: readonly [Profile, Profile],
  pitches: readonly [x: number, y: number],
  shared: boolean,
): [x: Comb, y: Comb] {
  const combs: [Comb, Comb] = [
    { pitch: pitches[0], phase: bestPhase(profiles[0], pitches[0]) },
    { pitch: pitches[1], phase: bestPhase(profiles[1], pitches[1]) },
  ];
  for (let round = 0; round < ROUNDS; round++) {
    const width = [0.32, 0.22, 0.17, 0.15][round]!;
    const x = momentsOf(profiles[0], combs[0], width);
    const y = momentsOf(profiles[1], combs[1], width);
    if (shared) {
      const spread = spreadOf(x) + spreadOf(y);
      const pitch = spread > 1 ? (slopeOf(x) + slopeOf(y)) / spread : combs[0].pitch;
      combs[0] = combOf(x, pitch, combs[0]);
      combs[1] = combOf(y, pitch, combs[1]);
    } else {
      combs[0] = combOf(x, spreadOf(x) > 1 ? slopeOf(x) / spreadOf(x) : combs[0].pitch, combs[0]);
      combs[1] = combOf(y, spreadOf(y) > 1 ? slopeOf(y) / spreadOf(y) : combs[1].pitch, combs[1]);
    }
  }
  return combs;
}

function bestPhase({ votes }: Profile, pitch: number): number {
  const folded = new Float64Array(PHASES);
  const step = 1 / (pitch * RESOLUTION);
  for (let i = 0; i < votes.length; i++) {
    if (votes[i] === 0) continue;
    const turn = i * step;
    folded[Math.floor((turn - Math.floor(turn)) * PHASES) % PHASES]! += votes[i]!;
  }
  let best = 0;
  let most = -1;
  for (let i = 0; i < PHASES; i++) {
    let sum = 0;
    for (let k = -4; k <= 4; k++) {
      sum += folded[(i + k + PHASES) % PHASES]! * (5 - Math.abs(k));
    }
    if (sum > most) [best, most] = [i, sum];
  }
  return ((best + 0.5) / PHASES) * pitch;
}

function momentsOf({ votes }: Profile, { pitch, phase }: Comb, width: number): Moments {
  const sums = { weight: 0, line: 0, place: 0, lineLine: 0, linePlace: 0 };
  for (let i = 0; i < votes.length; i++) {
    if (votes[i] === 0) continue;
    const place = i / RESOLUTION;
    const turn = (place - phase) / pitch;
    const line = Math.round(turn);
    const off = (turn - line) / width;
    if (off >= 1 || off <= -1) continue;
    const fall = 1 - off * off;
    const weight = votes[i]! * fall * fall;
    sums.weight += weight;
    sums.line += weight * line;
    sums.place += weight * place;
    sums.lineLine += weight * line * line;
    sums.linePlace += weight * line * place;
  }
  return sums;
}

function spreadOf({ weight, line, lineLine }: Moments): number {
  return weight > 0 ? lineLine - (line * line) / weight : 0;
}

function slopeOf({ weight, line, place, linePlace }: Moments): number {
  return weight > 0 ? linePlace - (line * place) / weight : 0;
}

/** The comb of a pitch through the middle of the votes; one that ran away is left as it was. */
function combOf({ weight, line, place }: Moments, pitch: number, old: Comb): Comb {
  if (weight <= 0 || !(pitch > old.pitch * 0.9 && pitch < old.pitch * 1.1)) return old;
  const through = (place - pitch * line) / weight;
  return { pitch, phase: through - Math.floor(through / pitch) * pitch };
}

/** Share of a cell on each side of a line that counts as near; a pixel where cells are small. */
const TOLERANCE = 0.12;

/** Share of an axis's votes near the lines of a comb, less what chance would give: 1 is all, 0 chance. */
export function axisCoverage({ votes, total }: Profile, { pitch, phase }: Comb): number {
  if (total === 0) return 0;
  const width = Math.max(TOLERANCE, 1 / pitch);
  let near = 0;
  for (let i = 0; i < votes.length; i++) {
    if (votes[i] === 0) continue;
    const turn = (i / RESOLUTION - phase) / pitch;
    const off = turn - Math.round(turn);
    if (off < width && off > -width) near += votes[i]!;
  }
  return (near / total - 2 * width) / (1 - 2 * width);
}
