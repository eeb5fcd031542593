/** Bits that grow, the lowest of each byte first. */
export class BitWriter {
  #bytes = new Uint8Array(4096);
  #length = 0;
  #pending = 0;
  #count = 0;

  /** @param count 0 to 24 */
  put(value: number, count: number): void {
    this.#pending |= value << this.#count;
    this.#count += count;
    while (this.#count >= 8) {
      this.#byte(this.#pending & 255);
      this.#pending >>>= 8;
      this.#count -= 8;
    }
  }

  #byte(value: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = value;
  }

  /** All bytes, the last filled up with zeros. */
  done(): Uint8Array<ArrayBuffer> {
    if (this.#count > 0) this.#byte(this.#pending & 255);
    this.#count = 0;
    this.#pending = 0;
    return this.#bytes.slice(0, this.#length);
  }
}
