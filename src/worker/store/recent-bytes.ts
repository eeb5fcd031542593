/** The newest bytes by key, up to a total size; what was not asked for longest goes first. Callers never change what they get. */
export class RecentBytes {
  readonly #limit: number;
  readonly #entries = new Map<string, Uint8Array>();
  #total = 0;

  /** @param limit bytes kept in all */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(key: string, bytes: Uint8Array): void {
    this.delete(key);
    // One large picture must not push out all the others.
    if (bytes.byteLength > this.#limit / 4) return;
    this.#entries.set(key, bytes);
    this.#total += bytes.byteLength;
    for (const oldest of this.#entries.keys()) {
      if (this.#total <= this.#limit) break;
      this.delete(oldest);
    }
  }

  get(key: string): Uint8Array | undefined {
    const bytes = this.#entries.get(key);
    if (bytes === undefined) return undefined;
    // A Map keeps the order of insertion, so this makes it the newest.
    this.#entries.delete(key);
    this.#entries.set(key, bytes);
    return bytes;
  }

  delete(key: string): void {
    const bytes = this.#entries.get(key);
    if (bytes === undefined) return;
    this.#entries.delete(key);
    this.#total -= bytes.byteLength;
  }
}
