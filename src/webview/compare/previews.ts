import type { CellAddress, LiveCell } from '../../extension/panels/messages/compare.ts';

/** Addresses of the live previews, one a cell; those that are no longer shown are given back. */
export class Previews {
  readonly #shown = new Map<string, { bytes: Uint8Array; url: string }>();

  /** Takes what is being drawn now. */
  take(live: readonly LiveCell[]): void {
    const gone = new Set(this.#shown.keys());
    for (const { set, place, preview } of live) {
      const key = `${set}/${place}`;
      if (preview === null) continue;
      gone.delete(key);
      const before = this.#shown.get(key);
      if (before?.bytes === preview.bytes) continue;
      if (before !== undefined) URL.revokeObjectURL(before.url);
      const blob = new Blob([preview.bytes as Uint8Array<ArrayBuffer>], { type: preview.mime });
      this.#shown.set(key, { bytes: preview.bytes, url: URL.createObjectURL(blob) });
    }
    for (const key of gone) {
      URL.revokeObjectURL(this.#shown.get(key)?.url ?? '');
      this.#shown.delete(key);
    }
  }

  of({ set, place }: CellAddress): string | null {
    return this.#shown.get(`${set}/${place}`)?.url ?? null;
  }
}
