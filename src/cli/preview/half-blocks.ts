import type { RgbaImage } from '../../pixels/image.ts';
import { CSI } from './escape.ts';
import { nearestOf256 } from './palette-256.ts';
import { CLEAR, packColours } from './pixels.ts';

const UPPER = '▀';
const LOWER = '▄';
const RESET = `${CSI}0m`;

/**
 * A picture as text, two pixels in each cell; what is clear shows the terminal's background.
 * Clear cells at the end of a line are left out; every line ends with reset colours and a line feed.
 * @param trueColour 24-bit colours, else the nearest of xterm's 256
 */
export function halfBlocks(image: RgbaImage, trueColour: boolean): string {
  const colours = packColours(image);
  const lines: string[] = [];
  for (let y = 0; y < image.height; y += 2) {
    const top = colours.subarray(y * image.width, (y + 1) * image.width);
    const bottom = colours.subarray((y + 1) * image.width, (y + 2) * image.width);
    lines.push(`${line(top, bottom, trueColour)}\n`);
  }
  return lines.join('');
}

function line(top: Int32Array, bottom: Int32Array, trueColour: boolean): string {
  const pen = new Pen(trueColour);
  let clear = 0;
  for (const [column, above] of top.entries()) {
    const below = bottom[column] ?? CLEAR;
    if (above === CLEAR && below === CLEAR) {
      clear++;
      continue;
    }
    if (clear > 0) pen.draw(' '.repeat(clear), null, CLEAR);
    clear = 0;
    if (above === below) pen.draw(' ', null, below);
    else if (above === CLEAR) pen.draw(LOWER, below, CLEAR);
    else pen.draw(UPPER, above, below);
  }
  return pen.end();
}

/** Writes cells of one line, and of colours only what changes. */
class Pen {
  readonly #trueColour: boolean;
  #text = '';
  #foreground = CLEAR;
  #background = CLEAR;

  constructor(trueColour: boolean) {
    this.#trueColour = trueColour;
  }

  /** @param foreground null where none is seen */
  draw(text: string, foreground: number | null, background: number): void {
    let changes = '';
    if (foreground !== null && foreground !== this.#foreground) {
      changes = this.#select(38, foreground);
      this.#foreground = foreground;
    }
    if (background !== this.#background) {
      const change = background === CLEAR ? '49' : this.#select(48, background);
      changes = changes === '' ? change : `${changes};${change}`;
      this.#background = background;
    }
    this.#text += changes === '' ? text : `${CSI}${changes}m${text}`;
  }

  end(): string {
    const plain = this.#foreground === CLEAR && this.#background === CLEAR;
    return plain ? this.#text : this.#text + RESET;
  }

  #select(ground: 38 | 48, colour: number): string {
    return this.#trueColour
      ? `${ground};2;${colour >> 16};${(colour >> 8) & 0xff};${colour & 0xff}`
      : `${ground};5;${nearestOf256(colour)}`;
  }
}
