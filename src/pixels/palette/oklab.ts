/**
 * OKLab (Björn Ottosson, 2020) of 8-bit sRGB with nothing but + - * / and comparisons: `Math.cbrt` and `Math.pow` may differ
 * in the last bit between engines, and a palette decided by them would too.
 */

/** Lightness 0 to 1, green-red and blue-yellow about -0.4 to 0.4. */
export type Oklab = readonly [lightness: number, a: number, b: number];

/** Linear light, 0 to 1, of each 8-bit sRGB value. */
const LINEAR = Float64Array.from({ length: 256 }, (_, value) => linearOf(value / 255));

/** Linear light half way between each 8-bit sRGB value and the next. */
const EDGES = Float64Array.from({ length: 255 }, (_, value) => linearOf((value + 0.5) / 255));

/** @param red, green, blue whole, 0 to 255 */
export function oklabOf(red: number, green: number, blue: number): Oklab {
  const lab = new Float64Array(3);
  writeOklab(lab, 0, red, green, blue);
  return [lab[0]!, lab[1]!, lab[2]!];
}

/** As `oklabOf`, into three places of `target` from `at`: no allocation. */
export function writeOklab(
  target: Float64Array,
  at: number,
  red: number,
  green: number,
  blue: number,
): void {
  const r = LINEAR[red]!;
  const g = LINEAR[green]!;
  const b = LINEAR[blue]!;
  const long = cubeRoot(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = cubeRoot(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = cubeRoot(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  target[at] = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short;
  target[at + 1] = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
  target[at + 2] = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
}

/** The nearest 8-bit sRGB colour, channel by channel; what lies outside the gamut is clipped. */
export function rgbOfOklab(
  lightness: number,
  a: number,
  b: number,
): [red: number, green: number, blue: number] {
  const long = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
  const medium = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
  const short = cube(lightness - 0.0894841775 * a - 1.291485548 * b);
  return [
    byteOf(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    byteOf(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    byteOf(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}

function linearOf(value: number): number {
  if (value <= 0.04045) return value / 12.92;
  const x = (value + 0.055) / 1.055;
  return x * x * fifthRoot(x * x);
}

/** Newton's method from above, for 0 < x <= 1. */
function fifthRoot(x: number): number {
  let root = 1;
  for (let i = 0; i < 40; i++) root -= (root - x / (root * root * root * root)) / 5;
  return root;
}

/** Halley's method on 1/8 to 1, for 0 <= x <= 1. */
function cubeRoot(x: number): number {
  if (x < 1e-9) return 0;
  let scale = 1;
  while (x < 0.125) {
    x *= 8;
    scale *= 0.5;
  }
  let root = 0.4 + 0.62 * x;
  for (let i = 0; i < 4; i++) {
    const third = root * root * root;
    root *= (third + x + x) / (third + third + x);
  }
  return root * scale;
}

function cube(x: number): number {
  return x * x * x;
}

/** Binary search: the number of edges at or below the light. */
function byteOf(light: number): number {
  let low = 0;
  let high = 255;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (EDGES[middle]! <= light) low = middle + 1;
    else high = middle;
  }
  return low;
}
