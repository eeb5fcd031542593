import type { ArtImage } from '../../art/types.ts';

/** How pixels are weighed when a picture changes its size. */
export type ResampleMethod = 'nearest-exact' | 'bilinear' | 'area' | 'bicubic' | 'lanczos';

interface Tap {
  from: number;
  weights: Float64Array;
}

interface Kernel {
  /** Half width in source pixels at equal size. */
  radius: number;
  weigh: (distance: number) => number;
  /** Widened when shrinking, so that no source pixel is skipped. */
  widens: boolean;
}

const KERNELS: Record<Exclude<ResampleMethod, 'nearest-exact'>, Kernel> = {
  bilinear: { radius: 1, weigh: d => Math.max(0, 1 - d), widens: false },
  area: { radius: 0.5, weigh: d => (d <= 0.5 ? 1 : 0), widens: true },
  bicubic: { radius: 2, weigh: cubic, widens: false },
  lanczos: { radius: 3, weigh: d => (d < 3 ? sinc(d) * sinc(d / 3) : 0), widens: true },
};

/** Scales a picture; sizes in pixels, both at least 1. */
export function resample(
  image: ArtImage,
  width: number,
  height: number,
  method: ResampleMethod,
): ArtImage {
  if (method === 'nearest-exact') return nearest(image, width, height);
  const kernel = KERNELS[method];
  const across = tapsOf(image.width, width, kernel);
  const down = tapsOf(image.height, height, kernel);
  const narrow = new Float32Array(width * image.height * 4);
  for (let y = 0, at = 0; y < image.height; y += 1) {
    for (const { from, weights } of across) {
      for (let channel = 0; channel < 4; channel += 1, at += 1) {
        let sum = 0;
        for (let i = 0; i < weights.length; i += 1) {
          sum += weights[i]! * image.data[(y * image.width + from + i) * 4 + channel]!;
        }
        narrow[at] = sum;
      }
    }
  }
  const data = new Uint8ClampedArray(width * height * 4);
  const stride = width * 4;
  down.forEach(({ from, weights }, y) => {
    for (let x = 0; x < stride; x += 1) {
      let sum = 0;
      for (let i = 0; i < weights.length; i += 1) {
        sum += weights[i]! * narrow[(from + i) * stride + x]!;
      }
      data[y * stride + x] = sum;
    }
  });
  return { width, height, data };
}

function nearest(image: ArtImage, width: number, height: number): ArtImage {
  const source = new Uint32Array(image.data.buffer, image.data.byteOffset, image.data.length / 4);
  const target = new Uint32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(((y + 0.5) * image.height) / height) * image.width;
    for (let x = 0; x < width; x += 1) {
      target[y * width + x] = source[row + Math.floor(((x + 0.5) * image.width) / width)]!;
    }
  }
  return { width, height, data: new Uint8ClampedArray(target.buffer) };
}

function tapsOf(from: number, to: number, kernel: Kernel): Tap[] {
  const scale = from / to;
  const stretch = kernel.widens ? Math.max(1, scale) : 1;
  const reach = kernel.radius * stretch;
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach));
    const end = Math.min(from, Math.max(first + 1, Math.ceil(centre + reach)));
    const weights = Float64Array.from({ length: end - first }, (_unused, tap) =>
      kernel.weigh(Math.abs(first + tap + 0.5 - centre) / stretch),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return {
      from: first,
      weights: weights.map(w => (total === 0 ? 1 / weights.length : w / total)),
    };
  });
}

function cubic(d: number): number {
  const a = -0.75;
  if (d < 1) return (a + 2) * d ** 3 - (a + 3) * d ** 2 + 1;
  return d < 2 ? a * d ** 3 - 5 * a * d ** 2 + 8 * a * d - 4 * a : 0;
}

function sinc(d: number): number {
  return d === 0 ? 1 : Math.sin(Math.PI * d) / (Math.PI * d);
}
