import type { RgbaImage } from '../../image.ts';
import { TRUSTED } from '../warnings.ts';
import { type Candidate, candidatesOf, CLOSE, extentOf, sumsFor, windowOf } from './candidates.ts';
import { clarityOf, credibilityOf, exactConfidence } from './confidence.ts';
import { type Profile, profileOf } from './edges.ts';
import { type ExactGrid, exactGrid, looksDrawn, spriteSized, surelyDrawn } from './exact.ts';
import { clipLines, driftOf, evenThrough, type Grid, spread } from './grid.ts';
import { evenLines } from './lines.ts';
import { log2Of } from './logarithm.ts';
import { noiseOf } from './purity.ts';
import { deeper, type Strips, stripsAlong } from './strips.ts';
import { uprightShare } from './upright.ts';

/** Smaller pictures have nothing to find a grid in. */
const LEAST_SIDE = 12;

/** Clarity below which the grid is not used when a size is wanted. */
const UNUSABLE = 0.12;

/** Pixels that are cells. */
const PIXELS: ExactGrid = { pitch: [1, 1], phase: [0, 0], span: [0, 0], lines: Infinity };

/** Weights in a candidate's score, which is about 1 for a clear grid. */
const WEIGHTS = {
  /** Of the even lines' coverage; the rest is that of the lines that follow the edges. */
  even: 0.35,
  residual: 0.5,
  /** For each doubling of the pitch: every fraction of a pitch explains a picture as well. */
  octave: 0.04,
  /** Against cells that are not square. */
  stretched: 0.07,
  /** For each doubling of the content beyond the size wanted. */
  over: 0.15,
  /** For a content that nearly fills the size wanted, and for one that does so exactly. */
  full: 0.01,
  exact: 0.01,
  /** The latter where hardly any lines are seen, so that the edges tell little. */
  plain: 0.25,
};

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
    drawn ? gridOfExact(PIXELS, width, height, null) : evenGrid(width, height, size);
  if (Math.min(width, height) < LEAST_SIDE) return pixels();
  const asWanted = size !== null && width <= size[0] && height <= size[1];
  if (drawn && (asWanted || images.every(surelyDrawn))) return pixels();
  const views = viewsOf(images);
  const [near] = views;
  const calm = views.at(-1)!;
  if (near!.profiles.every(({ total }) => total === 0)) return pixels();
  const extents = [extentOf(calm.profiles[0]), extentOf(calm.profiles[1])] as const;
  const spans: [number, number] = [extents[0][1] - extents[0][0], extents[1][1] - extents[1][0]];
  const hints = size === null ? [] : hintsOf(spans, [width, height], size);
  const { content, around } = sumsFor(images[0]!, extents);
  const noise = noiseOf(around);
  const ranked = views
    .flatMap(({ profiles, depth }) => candidatesOf(profiles, content, noise, hints, depth))
    .map(candidate => ({ candidate, score: scoreOf(candidate, spans, size) }))
    .sort((a, b) => b.score - a.score);
  const best = ranked[0]?.candidate;
  if (best === undefined) return pixels();
  const other = ranked.find(({ candidate }) => unlike(candidate, best))?.candidate;
  const clarity = clarityOf(best);
  if (drawn && clarity < TRUSTED) return pixels();
  const upright = uprightShare(images[0]!, windowOf(images[0]!, extents, CLOSE));
  const confidence = clarity * credibilityOf(best, upright);
  if (drawn && confidence < TRUSTED && spriteSized(images[0]!)) return pixels();
  if (clarity < UNUSABLE && size !== null) {
    const even = evenGrid(width, height, size);
    even.report.runnerUp = { pitch: best.combs[0].pitch, coverage: best.coverage };
    even.report.confidence = confidence;
    return even;
  }
  return gridOf(best, extents, [width, height], confidence, other);
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
  return one.combs.some(({ pitch }, axis) => Math.abs(pitch / other.combs[axis]!.pitch - 1) > 0.02);
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
  { combs, coverage, followed, residual, shown }: Candidate,
  spans: readonly [number, number],
  size: readonly [number, number] | null,
): number {
  const score =
    WEIGHTS.even * coverage +
    (1 - WEIGHTS.even) * followed -
    WEIGHTS.residual * Math.min(1.2, residual) +
    WEIGHTS.octave * log2Of((combs[0].pitch + combs[1].pitch) / 2) -
    (combs[0].pitch === combs[1].pitch ? 0 : WEIGHTS.stretched);
  if (size === null) return score;
  const share = Math.max(spans[0] / combs[0].pitch / size[0], spans[1] / combs[1].pitch / size[1]);
  if (share > FULL.most) return score - WEIGHTS.over * Math.min(1.5, log2Of(share / FULL.most));
  if (share < FULL.least) return score;
  const exact = share > 2 - FULL.exact && share < FULL.exact;
  const lines = shown[0] + shown[1];
  const few = PLAIN / (PLAIN + lines * lines);
  return score + WEIGHTS.full + (exact ? WEIGHTS.exact + WEIGHTS.plain * few : 0);
}

/** Share of the cells wanted from which a sprite fills its canvas, as most do, and beyond which it is too large. */
const FULL = { least: 0.8, most: 1.06, exact: 1.035 };

/** Square of the lines that halve the weight of the size. */
const PLAIN = 20;

function gridOf(
  { combs, coverage, residual, lines }: Candidate,
  extents: readonly [x: readonly [number, number], y: readonly [number, number]],
  [width, height]: readonly [number, number],
  confidence: number,
  other: Candidate | undefined,
): Grid {
  const even = evenThrough(lines, combs, extents);
  const columns = clipLines(lines[0], width);
  const rows = clipLines(lines[1], height);
  return {
    columns,
    rows,
    report: {
      method: 'fitted',
      pitch: [even[0].pitch, even[1].pitch],
      phase: [even[0].phase, even[1].phase],
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
  const pitch = exactPitch(exact, width, height, size);
  const phase: [number, number] = [exact.phase[0] % pitch[0], exact.phase[1] % pitch[1]];
  const columns = clipLines(evenLines({ pitch: pitch[0], phase: phase[0] }, width), width);
  const rows = clipLines(evenLines({ pitch: pitch[1], phase: phase[1] }, height), height);
  return {
    columns,
    rows,
    report: {
      method: 'exact',
      pitch,
      phase,
      cells: [columns.length - 1, rows.length - 1],
      confidence: exactConfidence(exact.lines),
      coverage: 1,
      residual: 0,
      runnerUp: null,
      drift: 0,
    },
  };
}

/**
 * A part of the pitch where that makes the picture the size wanted, or its content where hardly any lines are seen: large
 * shapes may well have no single cell.
 */
function exactPitch(
  { pitch, span, lines }: ExactGrid,
  width: number,
  height: number,
  size: readonly [width: number, height: number] | null,
): [x: number, y: number] {
  if (size === null) return pitch;
  const divides = (part: number): boolean =>
    part >= 1 && pitch[0] % part === 0 && pitch[1] % part === 0;
  const whole = width / size[0];
  if (whole * size[1] === height && divides(whole)) return [whole, whole];
  const content = Math.max(span[0] / size[0], span[1] / size[1]);
  return lines <= FEW_LINES && divides(content) ? [content, content] : pitch;
}

/** Lines that may all have fallen on every other line, or rarer, of smaller cells. */
const FEW_LINES = 8;

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
