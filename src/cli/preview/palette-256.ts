/** Steps of red, green and blue in xterm's cube, colours 16 to 231. */
const STEPS = [0, 95, 135, 175, 215, 255] as const;
const CUBE_START = 16;
const GREY_START = 232;
const GREYS = 24;

interface Entry {
  index: number;
  red: number;
  green: number;
  blue: number;
}

/** The colours that mean the same everywhere; the first 16 are each user's own. */
const ENTRIES: readonly Entry[] = [
  ...STEPS.flatMap((red, r) =>
    STEPS.flatMap((green, g) =>
      STEPS.map((blue, b) => ({ index: CUBE_START + 36 * r + 6 * g + b, red, green, blue })),
    ),
  ),
  ...Array.from({ length: GREYS }, (_, step) => {
    const level = 8 + 10 * step;
    return { index: GREY_START + step, red: level, green: level, blue: level };
  }),
];

const nearest = new Map<number, number>();

/**
 * The nearest of xterm's 256 colours, by the weights of "redmean" (T. Riemersma, *Colour metric*).
 * @param colour `0xRRGGBB`
 */
export function nearestOf256(colour: number): number {
  const known = nearest.get(colour);
  if (known !== undefined) return known;
  const red = colour >> 16;
  const green = (colour >> 8) & 0xff;
  const blue = colour & 0xff;
  let best = CUBE_START;
  let least = Infinity;
  for (const entry of ENTRIES) {
    const mean = (red + entry.red) / 2;
    const distance =
      (2 + mean / 256) * (red - entry.red) ** 2 +
      4 * (green - entry.green) ** 2 +
      (2 + (255 - mean) / 256) * (blue - entry.blue) ** 2;
    if (distance < least) {
      least = distance;
      best = entry.index;
    }
  }
  nearest.set(colour, best);
  return best;
}
