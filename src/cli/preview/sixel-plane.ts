/** From here on `!n` is no longer than the sixels it stands for. */
const LEAST_RUN = 4;

/** The sixel of each set of six bits: they are printed from `?` on. */
const SIXELS = Array.from({ length: 64 }, (_, bits) => String.fromCharCode(0x3f + bits));

function run(bits: number, length: number): string {
  const sixel = SIXELS[bits] ?? '';
  if (length === 1) return sixel;
  return length < LEAST_RUN ? sixel.repeat(length) : `!${length}${sixel}`;
}

/** The pixels of one colour in a band of six rows, packed while they come from left to right. */
export class SixelPlane {
  #text = '';
  /** The column that pixels are being set in. */
  #column = 0;
  #bits = 0;
  /** Equal columns in front of it, not yet in the text. */
  #runBits = 0;
  #runLength = 0;

  /**
   * @param column not left of the last one
   * @param bit `1 << row` of the band
   */
  set(column: number, bit: number): void {
    if (column !== this.#column) {
      this.#close(column);
      this.#column = column;
    }
    this.#bits |= bit;
  }

  /** The band's sixels of this colour; clear ones at the end are left out. */
  end(): string {
    this.#close(this.#column + 1);
    return this.#text + run(this.#runBits, this.#runLength);
  }

  #close(next: number): void {
    this.#append(this.#bits, 1);
    const gap = next - this.#column - 1;
    if (gap > 0) this.#append(0, gap);
    this.#bits = 0;
  }

  #append(bits: number, length: number): void {
    if (bits === this.#runBits) {
      this.#runLength += length;
      return;
    }
    this.#text += run(this.#runBits, this.#runLength);
    this.#runBits = bits;
    this.#runLength = length;
  }
}
