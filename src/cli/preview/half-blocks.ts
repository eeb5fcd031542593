import type { RgbaImage } from '../../pixels/image.ts';
import { CSI } from './escape.ts';
import { nearestOf256 } from './palette-256.ts';
import { CLEAR, packColours } from './pixels.ts';

const UPPER = Buffer.from('▀');
const LOWER = Buffer.from('▄');
const SPACE = Buffer.from(' ');
const BEGIN = Buffer.from(CSI);
const END = Buffer.from('m');
const SEPARATOR = Buffer.from(';');
const DEFAULT_BACKGROUND = Buffer.from('49');
const TRUE_COLOUR = { foreground: Buffer.from('38;2'), background: Buffer.from('48;2') };
const OF_256 = { foreground: Buffer.from('38;5'), background: Buffer.from('48;5') };
const RESET = Buffer.from(`${CSI}0m`);
const LINE_FEED = Buffer.from('\n');

/** `;0` to `;255`: writing numbers is most of the work. */
const PARAMETERS = Array.from({ length: 256 }, (_, value) => Buffer.from(`;${value}`));

/** `ESC [ 38;2;255;255;255;48;2;255;255;255 m` and a block. */
const MOST_PER_CELL = 40;
/** Reset and line feed. */
const MOST_PER_LINE = 5;

/**
 * A picture as text, two pixels in each cell; what is clear shows the terminal's background.
 * Clear cells at the end of a line are left out; every line ends with reset colours and a line feed.
 * @param trueColour 24-bit colours, else the nearest of xterm's 256
 */
export function halfBlocks(image: RgbaImage, trueColour: boolean): string {
  const { width, height } = image;
  const colours = packColours(image);
  const lines = Math.ceil(height / 2);
  const pen = new Pen(lines * (width * MOST_PER_CELL + MOST_PER_LINE), trueColour);
  for (let top = 0; top < colours.length; top += 2 * width) {
    let clear = 0;
    for (let at = top; at < top + width; at++) {
      const above = colours[at] ?? CLEAR;
      const below = colours[at + width] ?? CLEAR;
      if (above === CLEAR && below === CLEAR) {
        clear++;
        continue;
      }
      for (; clear > 0; clear--) pen.draw(SPACE, null, CLEAR);
      // Never a coloured space: whoever copies or captures a line loses those at its end.
      if (above === CLEAR) pen.draw(LOWER, below, CLEAR);
      else pen.draw(UPPER, above, below);
    }
    pen.endLine();
  }
  return pen.toString();
}

/** Writes cells, and of colours only what changes. */
class Pen {
  readonly #trueColour: boolean;
  readonly #bytes: Buffer;
  #length = 0;
  #foreground = CLEAR;
  #background = CLEAR;

  constructor(most: number, trueColour: boolean) {
    this.#bytes = Buffer.allocUnsafe(most);
    this.#trueColour = trueColour;
  }

  /** @param foreground null where none is seen */
  draw(block: Buffer, foreground: number | null, background: number): void {
    const changesForeground = foreground !== null && foreground !== this.#foreground;
    const changesBackground = background !== this.#background;
    if (changesForeground || changesBackground) {
      this.#write(BEGIN);
      if (changesForeground) this.#select('foreground', foreground);
      if (changesForeground && changesBackground) this.#write(SEPARATOR);
      if (changesBackground && background === CLEAR) this.#write(DEFAULT_BACKGROUND);
      else if (changesBackground) this.#select('background', background);
      this.#write(END);
      this.#background = background;
      if (changesForeground) this.#foreground = foreground;
    }
    this.#write(block);
  }

  endLine(): void {
    if (this.#foreground !== CLEAR || this.#background !== CLEAR) this.#write(RESET);
    this.#foreground = CLEAR;
    this.#background = CLEAR;
    this.#write(LINE_FEED);
  }

  toString(): string {
    return this.#bytes.toString('utf8', 0, this.#length);
  }

  #write(bytes: Buffer): void {
    for (const byte of bytes) this.#bytes[this.#length++] = byte;
  }

  #select(ground: 'foreground' | 'background', colour: number): void {
    if (!this.#trueColour) {
      this.#write(OF_256[ground]);
      this.#parameter(nearestOf256(colour));
      return;
    }
    this.#write(TRUE_COLOUR[ground]);
    this.#parameter(colour >> 16);
    this.#parameter((colour >> 8) & 0xff);
    this.#parameter(colour & 0xff);
  }

  #parameter(value: number): void {
    this.#write(PARAMETERS[value] ?? SEPARATOR);
  }
}
