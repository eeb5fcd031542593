import { ESC } from './escape.ts';
import type { PixelSize } from './scale.ts';

/** The number of the Kitty query; the answer names it. */
export const KITTY_QUERY = 31;

/** Kitty's answer, device attributes, size of the text area (4) or of a cell (6). */
const ANSWER = new RegExp(
  `${ESC}_Gi=${KITTY_QUERY}[^;${ESC}]*;([^${ESC}]*)${ESC}\\\\|${ESC}\\[\\?([\\d;]*)c|${ESC}\\[([46]);(\\d+);(\\d+)t`,
  'u',
);

/** An answer that is cut short, not a key. */
const CUT_SHORT = new RegExp(`${ESC}(?:_[^${ESC}]*${ESC}?|\\[\\?[\\d;]*|\\[[46];[\\d;]*)$`, 'u');

/** Tells what a terminal answers from what its user types meanwhile. One character stands for one byte. */
export class TerminalAnswers {
  /** Whether it understands Kitty's graphics. */
  kitty = false;
  /** Device attributes: the last answer, as every terminal gives it; null until then. */
  attributes: readonly number[] | null = null;
  textArea: PixelSize | null = null;
  cell: PixelSize | null = null;
  /** Everything that is no answer, in its order. */
  typed = '';
  #rest = '';

  push(text: string): void {
    this.#rest += text;
    while (this.attributes === null) {
      const match = ANSWER.exec(this.#rest);
      if (match === null) return;
      this.typed += this.#rest.slice(0, match.index);
      this.#rest = this.#rest.slice(match.index + match[0].length);
      this.#take(match);
    }
    this.end();
  }

  /** No more is awaited: what is left was typed, but for half an answer. */
  end(): void {
    this.typed += this.attributes === null ? this.#rest.replace(CUT_SHORT, '') : this.#rest;
    this.#rest = '';
  }

  /** What was typed so far; half an answer may be among it. */
  get unclaimed(): string {
    return this.typed + this.#rest;
  }

  #take([, kitty, attributes, kind, height, width]: RegExpExecArray): void {
    if (kitty !== undefined) this.kitty = kitty === 'OK';
    if (attributes !== undefined) this.attributes = attributes.split(';').map(Number);
    if (kind === undefined) return;
    const size = { width: Number(width), height: Number(height) };
    if (kind === '6') this.cell = size;
    else this.textArea = size;
  }
}
