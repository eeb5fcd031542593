import { CLEAR } from './pixels.ts';
import { splitColours } from './split-colours.ts';

/** Colour registers that terminals can be relied on to have. */
const REGISTERS = 256;

/** Red, green and blue in percent, as Sixel wants them. */
type Percents = readonly [red: number, green: number, blue: number];

export interface IndexedPicture {
  /** Per pixel a place in `registers`, or `CLEAR`. */
  places: Int32Array;
  registers: readonly Percents[];
}

/**
 * Gives every pixel a colour register. Up to 256 colours, as far as percent tell them apart, are all kept; of more the
 * 256 that come near to the picture's are chosen.
 * @param colours `0xRRGGBB` or `CLEAR` per pixel
 */
export function assignRegisters(colours: Int32Array): IndexedPicture {
  const exact = exactRegisters(colours);
  if (exact !== null) return exact;
  const fewer = splitColours(colours, REGISTERS);
  return { places: fewer.places, registers: fewer.colours.map(percents) };
}

function percents(colour: number): Percents {
  const [red = 0, green = 0, blue = 0] = [colour >> 16, (colour >> 8) & 0xff, colour & 0xff].map(
    channel => Math.round((channel * 100) / 255),
  );
  return [red, green, blue];
}

function exactRegisters(colours: Int32Array): IndexedPicture | null {
  const places = new Int32Array(colours.length);
  const registers = new Registers();
  let last = CLEAR;
  let place: number | null = CLEAR;
  for (const [pixel, colour] of colours.entries()) {
    if (colour !== last) {
      last = colour;
      place = registers.placeOf(colour);
      if (place === null) return null;
    }
    places[pixel] = place;
  }
  return { places, registers: registers.list };
}

class Registers {
  readonly list: Percents[] = [];
  readonly #placeOfColour = new Map<number, number>([[CLEAR, CLEAR]]);
  readonly #placeOfPercents = new Map<string, number>();

  /** @returns null when all registers are taken by others */
  placeOf(colour: number): number | null {
    const known = this.#placeOfColour.get(colour);
    if (known !== undefined) return known;
    const channels = percents(colour);
    const key = channels.join();
    let place = this.#placeOfPercents.get(key);
    if (place === undefined) {
      if (this.list.length === REGISTERS) return null;
      place = this.list.push(channels) - 1;
      this.#placeOfPercents.set(key, place);
    }
    this.#placeOfColour.set(colour, place);
    return place;
  }
}
