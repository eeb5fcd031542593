/** 8-bit red, green, blue. */
export type Rgb = readonly [number, number, number];

/** Lightness 0-1 and two opponent axes, after OKLab (Ottosson 2020). */
export type Lab = readonly [number, number, number];

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

export function lerp(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** Reads `rgb`, `rrggbb` (without `#`). */
export function fromHex(hex: string): Rgb {
  const full = hex.length === 3 ? [...hex].map(c => c + c).join('') : hex;
  const value = Number.parseInt(full, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Newton's iteration, because Math.cbrt may differ in the last bit between engines. */
function cubeRoot(value: number): number {
  if (value <= 0) return 0;
  let root = value > 0.05 ? (1 + 2 * value) / 3 : 0.35;
  for (let i = 0; i < 7; i++) root = (2 * root + value / (root * root)) / 3;
  return root;
}

/**
 * OKLab of an 8-bit colour. The transfer curve is a plain square (a power of 2.4 is not
 * exact across platforms); the error does not matter for choosing shades.
 */
export function toLab(rgb: Rgb): Lab {
  const r = (rgb[0] / 255) * (rgb[0] / 255);
  const g = (rgb[1] / 255) * (rgb[1] / 255);
  const b = (rgb[2] / 255) * (rgb[2] / 255);
  const l = cubeRoot(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = cubeRoot(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = cubeRoot(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function channel(linear: number): number {
  return Math.round(Math.sqrt(clamp(linear, 0, 1)) * 255);
}

/** The nearest 8-bit colour of an OKLab value, clipped per channel. */
export function fromLab(lab: Lab): Rgb {
  const l = lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2];
  const m = lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2];
  const s = lab[0] - 0.0894841775 * lab[1] - 1.291485548 * lab[2];
  const l3 = l * l * l;
  const m3 = m * m * m;
  const s3 = s * s * s;
  return [
    channel(4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3),
    channel(-1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3),
    channel(-0.0041960863 * l3 - 0.7034186147 * m3 + 1.707614701 * s3),
  ];
}

export function mixLab(from: Lab, to: Lab, share: number): Lab {
  return [lerp(from[0], to[0], share), lerp(from[1], to[1], share), lerp(from[2], to[2], share)];
}

/** Squared OKLab distance with lightness at half weight less than hue (flat areas differ by hue). */
export function labDistance(a: Lab, b: Lab): number {
  const l = a[0] - b[0];
  const u = a[1] - b[1];
  const v = a[2] - b[2];
  return l * l + u * u + v * v;
}

/** One integer per colour, for maps and comparisons. */
export function packRgb(rgb: Rgb): number {
  return (rgb[0] << 16) | (rgb[1] << 8) | rgb[2];
}
