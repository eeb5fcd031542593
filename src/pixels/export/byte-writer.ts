const text = new TextEncoder();

/** Bytes that grow, little-endian as most picture formats are. */
export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  #room(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }

  u8(value: number): this {
    const at = this.#room(1);
    this.#view.setUint8(at, value);
    return this;
  }

  u16(value: number): this {
    const at = this.#room(2);
    this.#view.setUint16(at, value, true);
    return this;
  }

  u24(value: number): this {
    return this.u16(value & 0xffff).u8(value >>> 16);
  }

  u32(value: number): this {
    const at = this.#room(4);
    this.#view.setUint32(at, value, true);
    return this;
  }

  i16(value: number): this {
    return this.u16(value & 0xffff);
  }

  i32(value: number): this {
    return this.u32(value >>> 0);
  }

  zeros(count: number): this {
    this.#room(count);
    return this;
  }

  bytes(values: Uint8Array): this {
    // The room may be in a new array.
    const at = this.#room(values.length);
    this.#bytes.set(values, at);
    return this;
  }

  utf8(value: string): this {
    return this.bytes(text.encode(value));
  }

  /** A copy of what was written. */
  done(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }
}
