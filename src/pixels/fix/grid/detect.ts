import type { RgbaImage } from '../../image.ts';
import { type Candidate, candidatesOf, extentOf, sumsFor } from './candidates.ts';
import { type Profile, profileOf } from './edges.ts';
import { type ExactGrid, exactGrid, looksDrawn } from './exact.ts';
import { clipLines, driftOf, type Grid, spread } from './grid.ts';
import { evenLines } from './lines.ts';
import { log2Of } from './logarithm.ts';
import { deeper, type Strips, stripsAlong } from './strips.ts';

/** Smaller pictures have nothing to find a grid in. */
const LEAST_SIDE = 12;

/** Confidence below which the grid is not used when a size is wanted. */
const UNUSABLE = 0.12;

/** Confidence from which a grid is taken to be one. */
const TRUSTED = 0.5;

/** Weights of a candidate's score beside its coverage. */
const WEIGHTS = { residual: 0.1, octave: 0.05, size: { more: 0.2, full: 0.12 } };

/**
 * Finds the cells of pictures that share one grid, such as the frames of an animation.
 * @param images one or more of the same size
 * @param size cells wanted, a mere hint
 */
export function detectGrid(
  images: readonly RgbaImage[],
  size: readonly [width: number, height: number] | null,
): Grid {
  const { width, height } = images[0]!;
  const exact = exactGrid(images);
  if (exact !== null) return gridOfExact(exact, width, height, size);
  const drawn = images.every(looksDrawn);
  const pixels = (): Grid =>
    drawn
      ? gridOfExact({ pitch: 1, phase: [0, 0] }, width, height, null)
      : evenGrid(width, height, size);
  if (Math.min(width, height) < LEAST_SIDE) return pixels();
  const views = viewsOf(images);
  const [near] = views;
  const calm = views.at(-1)!;
  if (near!.profiles.every(({ total }) => total === 0)) return pixels();
  const spans = calm.profiles.map(profile => {
    const [from, to] = extentOf(profile);
    return to - from;
  }) as [number, number];
  const hints = size === null ? [] : hintsOf(spans, [width, height], size);
  const sums = sumsFor(images[0]!, calm.profiles);
  const ranked = views
    .flatMap(({ profiles, depth }) => candidatesOf(profiles, sums, hints, depth))
    .map(candidate => ({ candidate, score: scoreOf(candidate, spans, size) }))
    .sort((a, b) => b.score - a.score);
  const best = ranked[0]?.candidate;
  if (best === undefined) return pixels();
  const other = ranked.find(({ candidate }) => unlike(candidate, best))?.candidate;
  const confidence = confidenceOf(best);
  if (drawn && confidence < TRUSTED) return pixels();
  if (confidence < UNUSABLE && size !== null) {
    const even = evenGrid(width, height, size);
    even.report.runnerUp = { pitch: best.combs[0].pitch, coverage: best.coverage };
    even.report.confidence = confidence;
    return even;
  }
  return gridOf(best, width, height, confidence, other);
}

/** The edges of both axes, seen through strips of one depth. */
interface View {
  profiles: readonly [Profile, Profile];
  /** Pixels summed in a strip. */
  depth: number;
}

/** How deep strips are beside the shallowest: small cells need shallow ones, faint cells deep ones. */
const DEPTHS = [1, 4];

/** The edges of all pictures together, shallow strips first. */
function viewsOf(images: readonly RgbaImage[]): View[] {
  const strips = images.map(image => [stripsAlong(image, 'x'), stripsAlong(image, 'y')] as const);
  return DEPTHS.map(times => {
    const at = strips.map(pair => pair.map(one => (times === 1 ? one : deeper(one, times))));
    return {
      profiles: [joined(at.map(pair => pair[0]!)), joined(at.map(pair => pair[1]!))] as const,
      depth: at[0]![0]!.depth,
    };
  });
}

function joined(strips: readonly Strips[]): Profile {
  const [sum, ...others] = strips.map(profileOf);
  for (const { votes, total } of others) {
    for (let i = 0; i < votes.length; i++) sum!.votes[i]! += votes[i]!;
    sum!.total += total;
  }
  return sum!;
}

function unlike(one: Candidate, other: Candidate): boolean {
  return Math.abs(one.combs[0].pitch / other.combs[0].pitch - 1) > 0.02;
}

/** Pitches at which the content or the whole picture would have the cells wanted. */
function hintsOf(
  spans: readonly [number, number],
  sides: readonly [number, number],
  size: readonly [number, number],
): number[] {
  const content = Math.max(spans[0] / size[0], spans[1] / size[1]);
  const whole = Math.max(sides[0] / size[0], sides[1] / size[1]);
  return [content, whole, whole / 2, whole / 4];
}

function scoreOf(
  { combs, coverage, residual }: Candidate,
  spans: readonly [number, number],
  size: readonly [number, number] | null,
): number {
  const { residual: impure, octave, size: wanted } = WEIGHTS;
  const pitch = combs[0].pitch;
  const score = coverage - impure * Math.min(1.2, residual) + octave * log2Of(pitch);
  if (size === null) return score;
  const share = Math.max(spans[0] / combs[0].pitch / size[0], spans[1] / combs[1].pitch / size[1]);
  if (share > FULL.most) return score - wanted.more * Math.min(1.5, log2Of(share / FULL.most));
  return share >= FULL.least ? score + wanted.full : score;
}

/** Share of the cells wanted from which a sprite fills its canvas, as most do, and beyond which it is too large. */
const FULL = { least: 0.8, most: 1.06 };

/** Coverage above chance, discounted where cells are impure or the edges too few to tell. */
function confidenceOf({ coverage, residual, profiles: [x, y] }: Candidate): number {
  const clear = Math.max(0, Math.min(1, (coverage - 0.1) / 0.5));
  const pure = Math.max(0, 1 - Math.max(0, residual - 0.25) / 0.75);
  const enough = Math.min(1, (x.total + y.total) / 60);
  return clear * pure * enough;
}

function gridOf(
  { combs, coverage, residual, lines }: Candidate,
  width: number,
  height: number,
  confidence: number,
  other: Candidate | undefined,
): Grid {
  const columns = clipLines(lines[0], width);
  const rows = clipLines(lines[1], height);
  return {
    columns,
    rows,
    report: {
      method: 'fitted',
      pitch: [combs[0].pitch, combs[1].pitch],
      phase: [combs[0].phase, combs[1].phase],
      cells: [columns.length - 1, rows.length - 1],
      confidence,
      coverage,
      residual,
      runnerUp:
        other === undefined ? null : { pitch: other.combs[0].pitch, coverage: other.coverage },
      drift: Math.max(driftOf(columns), driftOf(rows)),
    },
  };
}

function gridOfExact(
  exact: ExactGrid,
  width: number,
  height: number,
  size: readonly [number, number] | null,
): Grid {
  const pitch = exactPitch(exact.pitch, width, height, size);
  const phase = exact.phase.map(place => place % pitch) as [number, number];
  const columns = clipLines(evenLines({ pitch, phase: phase[0] }, width), width);
  const rows = clipLines(evenLines({ pitch, phase: phase[1] }, height), height);
  return {
    columns,
    rows,
    report: {
      method: 'exact',
      pitch: [pitch, pitch],
      phase,
      cells: [columns.length - 1, rows.length - 1],
      confidence: 1,
      coverage: 1,
      residual: 0,
      runnerUp: null,
      drift: 0,
    },
  };
}

/** A part of the pitch where that makes the picture the size wanted: large shapes may well have no single cell. */
function exactPitch(
  pitch: number,
  width: number,
  height: number,
  size: readonly [number, number] | null,
): number {
  if (size === null) return pitch;
  const whole = width / size[0];
  return whole * size[1] === height && whole >= 1 && pitch % whole === 0 ? whole : pitch;
}

/** Nothing was found: the cells wanted over the middle of the picture, or the pixels themselves. */
function evenGrid(width: number, height: number, size: readonly [number, number] | null): Grid {
  const pitch = size === null ? 1 : Math.max(1, Math.min(width / size[0], height / size[1]));
  const cells: [number, number] = [
    Math.max(1, Math.floor(width / pitch + 1e-6)),
    Math.max(1, Math.floor(height / pitch + 1e-6)),
  ];
  const left = (width - cells[0] * pitch) / 2;
  const top = (height - cells[1] * pitch) / 2;
  return {
    columns: spread(cells[0] * pitch, cells[0]).map(line => left + line),
    rows: spread(cells[1] * pitch, cells[1]).map(line => top + line),
    report: {
      method: 'even',
      pitch: [pitch, pitch],
      phase: [left, top],
      cells,
      confidence: 0,
      coverage: 0,
      residual: 0,
      runnerUp: null,
      drift: 0,
    },
  };
}
