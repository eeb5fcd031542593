import type { RgbaImage } from '../../src/pixels/image.ts';
import { normal, type Random, randomOf } from './random.ts';

const EDGE = 1024;

type Rgb = readonly [number, number, number];

/** Pictures without cells: scenes as a camera sees them, gradients and noise. */
export function scenes(count: number): { name: string; image: RgbaImage }[] {
  const kinds = [landscape, portrait, gradient, noise, texture, bokeh, strokes] as const;
  return Array.from({ length: count }, (_, i) => {
    const kind = kinds[i % kinds.length]!;
    const random = randomOf(0x5ce7e + i * 977);
    return { name: `${kind.name} ${i}`, image: kind(random) };
  });
}

/** Fractal noise by midpoints: `octaves` layers of bilinear noise, each half as strong. */
function fractal(random: Random, coarse: number, octaves: number): Float32Array {
  const field = new Float32Array(EDGE * EDGE);
  let step = coarse;
  let weight = 1;
  for (let octave = 0; octave < octaves && step >= 1; octave++) {
    // Steps that no grid shares, so that the layers do not line up.
    const side = Math.ceil(EDGE / step) + 3;
    const knots = Float32Array.from({ length: side * side }, () => normal(random));
    const shift = random() * step;
    for (let y = 0; y < EDGE; y++) {
      const py = (y + shift) / step;
      const row = Math.floor(py);
      const fy = smooth(py - row);
      for (let x = 0; x < EDGE; x++) {
        const px = (x + shift) / step;
        const column = Math.floor(px);
        const fx = smooth(px - column);
        const at = row * side + column;
        const top = knots[at]! + fx * (knots[at + 1]! - knots[at]!);
        const low = knots[at + side]! + fx * (knots[at + side + 1]! - knots[at + side]!);
        field[y * EDGE + x]! += weight * (top + fy * (low - top));
      }
    }
    step /= 1.9;
    weight *= 0.55;
  }
  return field;
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}

function paint(color: (x: number, y: number) => Rgb, sensor: number, random: Random): RgbaImage {
  const data = new Uint8ClampedArray(EDGE * EDGE * 4);
  for (let y = 0, at = 0; y < EDGE; y++) {
    for (let x = 0; x < EDGE; x++, at += 4) {
      const [r, g, b] = color(x, y);
      const grain = sensor > 0 ? sensor * (random() + random() + random() - 1.5) * 2 : 0;
      data[at] = r + grain;
      data[at + 1] = g + grain;
      data[at + 2] = b + grain;
      data[at + 3] = 255;
    }
  }
  return { width: EDGE, height: EDGE, data };
}

function between(random: Random, least: number, most: number): number {
  return least + random() * (most - least);
}

function anyColor(random: Random): Rgb {
  return [random() * 255, random() * 255, random() * 255];
}

function mix(one: Rgb, other: Rgb, share: number): Rgb {
  return [
    one[0] + share * (other[0] - one[0]),
    one[1] + share * (other[1] - one[1]),
    one[2] + share * (other[2] - one[2]),
  ];
}

/** Sky, hills behind hills, rough ground. */
function landscape(random: Random): RgbaImage {
  const rough = fractal(random, 300, 9);
  const sky = [anyColor(random), anyColor(random)] as const;
  const hills = Array.from({ length: 4 }, (_, i) => ({
    color: anyColor(random),
    base: 350 + i * 150 + random() * 60,
    row: Math.floor(random() * EDGE),
    height: between(random, 30, 110),
  }));
  return paint(
    (x, y) => {
      let color = mix(sky[0], sky[1], y / EDGE);
      for (const { color: hill, base, row, height } of hills) {
        if (y > base + height * rough[row * EDGE + x]!) {
          const shade = 0.25 * rough[y * EDGE + x]!;
          color = mix(hill, shade > 0 ? [255, 250, 230] : [10, 10, 30], Math.abs(shade));
        }
      }
      return color;
    },
    between(random, 2, 8),
    random,
  );
}

/** A few shaded ovals on a soft ground. */
function portrait(random: Random): RgbaImage {
  const rough = fractal(random, 200, 8);
  const ovals = Array.from({ length: 14 }, () => ({
    x: random() * EDGE,
    y: random() * EDGE,
    rx: between(random, 20, 260),
    ry: between(random, 20, 260),
    color: anyColor(random),
    soft: between(random, 0.01, 0.15),
  }));
  const ground = [anyColor(random), anyColor(random)] as const;
  return paint(
    (x, y) => {
      let color = mix(ground[0], ground[1], (x + y) / (2 * EDGE));
      for (const oval of ovals) {
        const dx = (x - oval.x) / oval.rx;
        const dy = (y - oval.y) / oval.ry;
        const inside = (1 - dx * dx - dy * dy) / oval.soft;
        if (inside <= 0) continue;
        const lit = mix(oval.color, [0, 0, 0], Math.max(0, 0.4 * (dx + dy)));
        color = mix(color, lit, Math.min(1, inside));
      }
      return mix(color, [128, 128, 128], 0.12 * Math.tanh(rough[y * EDGE + x]!));
    },
    between(random, 1, 6),
    random,
  );
}

function gradient(random: Random): RgbaImage {
  const colors = [anyColor(random), anyColor(random), anyColor(random)] as const;
  const [ax, ay] = [random() - 0.5, random() - 0.5];
  const round = random() < 0.5;
  return paint(
    (x, y) => {
      const dx = x / EDGE - 0.5;
      const dy = y / EDGE - 0.5;
      const t = round ? Math.min(1, Math.hypot(dx, dy) * 1.4) : 0.5 + dx * ax + dy * ay;
      return t < 0.5 ? mix(colors[0], colors[1], 2 * t) : mix(colors[1], colors[2], 2 * t - 1);
    },
    random() < 0.5 ? 0 : between(random, 1, 5),
    random,
  );
}

function noise(random: Random): RgbaImage {
  const plain = random() < 0.4;
  const rough = fractal(random, plain ? 3 : between(random, 8, 60), 6);
  const [one, other] = [anyColor(random), anyColor(random)];
  const sensor = plain ? between(random, 20, 90) : 4;
  return paint((x, y) => mix(one, other, 0.5 + 0.3 * rough[y * EDGE + x]!), sensor, random);
}

/** Grains of stone: the nearest of scattered points decides the colour. */
function texture(random: Random): RgbaImage {
  const grid = Math.round(between(random, 12, 50));
  const step = EDGE / grid;
  const side = grid + 2;
  const points = Array.from({ length: side * side }, (_, i) => ({
    x: ((i % side) - 0.5 + random()) * step,
    y: (Math.floor(i / side) - 0.5 + random()) * step,
    color: anyColor(random),
  }));
  const rough = fractal(random, 40, 5);
  return paint(
    (x, y) => {
      let nearest = Infinity;
      let color: Rgb = [0, 0, 0];
      const column = Math.floor(x / step) + 1;
      const row = Math.floor(y / step) + 1;
      for (let r = Math.max(0, row - 1); r <= Math.min(side - 1, row + 1); r++) {
        for (let c = Math.max(0, column - 1); c <= Math.min(side - 1, column + 1); c++) {
          const point = points[r * side + c]!;
          const distance = (point.x - x) ** 2 + (point.y - y) ** 2;
          if (distance < nearest) [nearest, color] = [distance, point.color];
        }
      }
      return mix(color, [20, 20, 20], 0.2 + 0.12 * rough[y * EDGE + x]!);
    },
    between(random, 1, 6),
    random,
  );
}

/** Discs of light out of focus. */
function bokeh(random: Random): RgbaImage {
  const discs = Array.from({ length: 60 }, () => ({
    x: random() * EDGE,
    y: random() * EDGE,
    radius: between(random, 10, 90),
    color: anyColor(random),
  }));
  return paint(
    (x, y) => {
      let color: Rgb = [18, 20, 34];
      for (const { x: cx, y: cy, radius, color: light } of discs) {
        const inside = radius - Math.hypot(x - cx, y - cy);
        if (inside > 0) color = mix(color, light, 0.5 * Math.min(1, inside / 3));
      }
      return color;
    },
    between(random, 1, 5),
    random,
  );
}

/** Slanting brush strokes with hard edges. */
function strokes(random: Random): RgbaImage {
  const rough = fractal(random, 120, 5);
  const lines = Array.from({ length: 70 }, () => {
    const angle = random() * Math.PI;
    return {
      nx: Math.cos(angle),
      ny: Math.sin(angle),
      at: between(random, -EDGE, EDGE * 1.4),
      half: between(random, 2, 30),
      from: random() * EDGE,
      length: between(random, 80, 700),
      color: anyColor(random),
    };
  });
  return paint(
    (x, y) => {
      let color: Rgb = [200, 190, 170];
      for (const { nx, ny, at, half, from, length, color: ink } of lines) {
        const across = Math.abs(nx * x + ny * y - at + 6 * rough[y * EDGE + x]!);
        const along = ny * x - nx * y + EDGE;
        if (across < half && along > from && along < from + length) color = ink;
      }
      return color;
    },
    between(random, 1, 4),
    random,
  );
}
