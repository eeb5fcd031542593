import type { Rectangle, RgbaImage } from '../../image.ts';

/*
 * Edges of cells run along the picture's sides, however blurred or wobbly they are; edges of photographs and drawings run any
 * way. That tells a grid from a chance or resampled one where the edges' places alone do not.
 */

/** Rows and columns between the samples, without a common divisor with most pitches. */
const ROW_STEP = 3;
const COLUMN_STEP = 5;

/** Gradient from which a sample is an edge: in lower quartiles of all, which noise sets, and at the least (Sobel: 4 per 8-bit step). */
const GATE = { quartiles: 5, least: 24 };

/** Gradient from which edges weigh no more than others. */
const STRONG = 200;

/** Part of the larger gradient that the smaller may be: 14 degrees off the axis. */
const UPRIGHT = 0.25;

/** Edge samples below which nothing can be told. */
const FEW = 60;

/** Most samples: no window has more. */
const MOST_SAMPLES = 1 << 17;

/** Gradients of one picture at a time, kept so that they need not be allocated anew. */
const larger = new Uint16Array(MOST_SAMPLES);
const smaller = new Uint16Array(MOST_SAMPLES);

/**
 * Share of the edges, by strength, that run along an axis: about 0.9 and more for cells, a third by chance.
 * @param window of 1024x1024 pixels at the most
 * @returns null when there are too few edges
 */
export function uprightShare(image: RgbaImage, window: Rectangle): number | null {
  const samples = sampleGradients(image, window);
  const gate = GATE.quartiles * quartileOf(samples) + GATE.least;
  let all = 0;
  let upright = 0;
  let count = 0;
  for (let i = 0; i < samples; i++) {
    const strength = larger[i]!;
    if (strength < gate) continue;
    const weight = strength < STRONG ? strength : STRONG;
    all += weight;
    count++;
    if (smaller[i]! < UPRIGHT * strength) upright += weight;
  }
  return count < FEW ? null : upright / all;
}

/** Lower quartile of the first samples' larger gradients. */
function quartileOf(samples: number): number {
  const histogram = new Uint32Array(1024);
  for (let i = 0; i < samples; i++) histogram[larger[i]!]!++;
  let below = 0;
  for (let value = 0; value < histogram.length; value++) {
    below += histogram[value]!;
    if (below * 4 > samples) return value;
  }
  return 0;
}

/** Of places spread over the window, the larger and the smaller of both axes' gradients of brightness; tells how many. */
function sampleGradients({ width, height, data }: RgbaImage, window: Rectangle): number {
  const left = Math.max(1, window.x);
  const right = Math.min(width - 1, window.x + window.width);
  const bottom = Math.min(height - 1, window.y + window.height);
  const at = (pixel: number): number => {
    const from = pixel * 4;
    return data[from + 3]! < 128 ? 0 : data[from]! + 2 * data[from + 1]! + data[from + 2]!;
  };
  let count = 0;
  for (let y = Math.max(1, window.y); y < bottom; y += ROW_STEP) {
    for (let x = left + ((2 * y) % COLUMN_STEP); x < right; x += COLUMN_STEP) {
      const here = y * width + x;
      const a = at(here - width - 1);
      const c = at(here - width + 1);
      const f = at(here + width - 1);
      const i = at(here + width + 1);
      const across = Math.abs(c + 2 * at(here + 1) + i - a - 2 * at(here - 1) - f) >> 2;
      const down = Math.abs(f + 2 * at(here + width) + i - a - 2 * at(here - width) - c) >> 2;
      larger[count] = Math.min(1023, across > down ? across : down);
      smaller[count] = Math.min(1023, across > down ? down : across);
      count++;
    }
  }
  return count;
}
