import { CLEAR } from './pixels.ts';

/** Colours are first told apart by the upper five bits of each channel. */
const BINS = 1 << 15;

type Channels = [red: number, green: number, blue: number];

const RED = 0;
const GREEN = 1;
const BLUE = 2;

/** The pixels of a bin: how many, and the sums of their channels. */
interface Bins {
  counts: Float64Array;
  sums: [Float64Array, Float64Array, Float64Array];
}

/** Bins that share one colour. */
interface Box {
  members: Uint16Array;
  mean: Channels;
  /** Sum of squared distances from the mean. */
  error: number;
  /** The channel in which the bins differ most. */
  channel: typeof RED | typeof GREEN | typeof BLUE;
}

export interface FewerColours {
  /** Per pixel a place in `colours`, or `CLEAR`. */
  places: Int32Array;
  /** `0xRRGGBB` */
  colours: number[];
}

/**
 * Reduces the colours of a picture: the box of colours with the largest squared error is split at its mean until there
 * are enough (the variance-based method of S. J. Wan et al., 1988, along the three axes).
 * @param colours `0xRRGGBB` or `CLEAR` per pixel
 */
export function splitColours(colours: Int32Array, most: number): FewerColours {
  const boxes = splitBoxes(fillBins(colours), most);
  const placeOfBin = new Int32Array(BINS);
  for (const [place, { members }] of boxes.entries()) {
    for (const bin of members) placeOfBin[bin] = place;
  }
  const places = new Int32Array(colours.length).fill(CLEAR);
  for (let pixel = 0; pixel < colours.length; pixel++) {
    const colour = colours[pixel] ?? CLEAR;
    if (colour !== CLEAR) places[pixel] = placeOfBin[binOf(colour)] ?? CLEAR;
  }
  const rounded = ({ mean: [red, green, blue] }: Box) =>
    (Math.round(red) << 16) | (Math.round(green) << 8) | Math.round(blue);
  return { places, colours: boxes.map(rounded) };
}

function binOf(colour: number): number {
  return ((colour >> 9) & 0x7c00) | ((colour >> 6) & 0x3e0) | ((colour >> 3) & 0x1f);
}

function add(sums: Float64Array, bin: number, value: number): void {
  sums[bin] = (sums[bin] ?? 0) + value;
}

function fillBins(colours: Int32Array): Bins {
  const counts = new Float64Array(BINS);
  const red = new Float64Array(BINS);
  const green = new Float64Array(BINS);
  const blue = new Float64Array(BINS);
  for (const colour of colours) {
    if (colour === CLEAR) continue;
    const bin = binOf(colour);
    add(counts, bin, 1);
    add(red, bin, colour >> 16);
    add(green, bin, (colour >> 8) & 0xff);
    add(blue, bin, colour & 0xff);
  }
  return { counts, sums: [red, green, blue] };
}

function splitBoxes(bins: Bins, most: number): Box[] {
  const used = Uint16Array.from(bins.counts.keys()).filter(bin => bins.counts[bin] !== 0);
  const boxes = used.length > 0 ? [makeBox(bins, used)] : [];
  while (boxes.length < most) {
    let worst: Box | null = null;
    for (const box of boxes) if (box.error > (worst?.error ?? 0)) worst = box;
    if (worst === null) break;
    const { channel, mean, members } = worst;
    const isLow = (bin: number) => meanOf(bins, channel, bin) <= mean[channel];
    const low = members.filter(isLow);
    const high = members.filter(bin => !isLow(bin));
    if (low.length === 0 || high.length === 0) {
      worst.error = 0;
      continue;
    }
    boxes[boxes.indexOf(worst)] = makeBox(bins, low);
    boxes.push(makeBox(bins, high));
  }
  return boxes;
}

function meanOf({ counts, sums }: Bins, channel: Box['channel'], bin: number): number {
  return (sums[channel][bin] ?? 0) / (counts[bin] ?? 1);
}

function makeBox(bins: Bins, members: Uint16Array): Box {
  const { counts, sums } = bins;
  let count = 0;
  for (const bin of members) count += counts[bin] ?? 0;
  const mean: Channels = [0, 0, 0];
  const errors: Channels = [0, 0, 0];
  for (const channel of [RED, GREEN, BLUE] as const) {
    let sum = 0;
    let squares = 0;
    for (const bin of members) {
      const ofBin = sums[channel][bin] ?? 0;
      sum += ofBin;
      squares += (ofBin * ofBin) / (counts[bin] ?? 1);
    }
    mean[channel] = sum / count;
    errors[channel] = squares - sum * mean[channel];
  }
  const [red, green, blue] = errors;
  const channel = green >= red && green >= blue ? GREEN : red >= blue ? RED : BLUE;
  // A single bin has nothing to split, whatever rounding leaves.
  const error = members.length > 1 ? red + green + blue : 0;
  return { members, mean, error, channel };
}
