/** Pictures that are shown from their bytes; later ones are read from their files like all others. */
const KEPT = 64;

/** Finished pictures whose bytes came by message, as addresses of blobs, the newest kept. */
export class FreshPictures {
  readonly #urls = new Map<string, string>();

  add(key: string, png: Uint8Array): void {
    this.#remove(key);
    this.#urls.set(key, URL.createObjectURL(new Blob([png.slice()], { type: 'image/png' })));
    const [oldest] = this.#urls.keys();
    if (this.#urls.size > KEPT && oldest !== undefined) this.#remove(oldest);
  }

  urlOf(key: string): string | null {
    return this.#urls.get(key) ?? null;
  }

  #remove(key: string): void {
    const url = this.#urls.get(key);
    if (url === undefined) return;
    URL.revokeObjectURL(url);
    this.#urls.delete(key);
  }
}
