import type { CellAddress } from '../messages/compare.ts';

/**
 * Names of cells' pictures for the page: place and a number that grows with each new picture there. They say nothing of what is in the
 * picture, so that no digest of a blind cell leaves the host.
 */
export class PictureNames {
  readonly #shown = new Map<string, { digest: string; number: number }>();

  /** @param digest of the sprite that the place shows now */
  nameOf({ set, place }: CellAddress, digest: string): string {
    const key = `${set}.${place}`;
    const before = this.#shown.get(key);
    if (before?.digest === digest) return `${key}.${before.number}`;
    const number = (before?.number ?? 0) + 1;
    this.#shown.set(key, { digest, number });
    return `${key}.${number}`;
  }
}
