import type { CellSource } from '../../pixels/fix/cells/source.ts';
import type { Size } from '../../protocol/recipe.ts';

/** The cells of a picture, and what else must be known to do without its pixels. */
export interface PictureCells {
  source: CellSource;
  raw: { width: number; height: number };
  black: boolean;
}

/** Bytes of cells that are kept: those of some thousand sprites, or of four pictures without cells. */
const MOST_BYTES = 16 * 1024 * 1024;

function bytesOf({ source: { frames, grid } }: PictureCells): number {
  const pixels = frames.reduce((sum, { data }) => sum + data.byteLength, 0);
  return pixels + grid.columns.byteLength + grid.rows.byteLength;
}

/** Cells of the pictures that were looked at last: to fix them again needs neither the file nor a search. */
export class KnownCells {
  readonly #cells = new Map<string, PictureCells>();
  #bytes = 0;

  /** @param size cells wanted, which the search is told */
  get(digest: string, size: Size): PictureCells | null {
    const key = keyOf(digest, size);
    const found = this.#cells.get(key);
    if (found === undefined) return null;
    // The newest stand last.
    this.#cells.delete(key);
    this.#cells.set(key, found);
    return found;
  }

  set(digest: string, size: Size, cells: PictureCells): void {
    const key = keyOf(digest, size);
    this.#drop(key);
    const bytes = bytesOf(cells);
    if (bytes > MOST_BYTES) return;
    this.#cells.set(key, cells);
    this.#bytes += bytes;
    for (const oldest of this.#cells.keys()) {
      if (this.#bytes <= MOST_BYTES) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const cells = this.#cells.get(key);
    if (cells === undefined) return;
    this.#cells.delete(key);
    this.#bytes -= bytesOf(cells);
  }
}

function keyOf(digest: string, [width, height]: Size): string {
  return `${digest} ${width}x${height}`;
}
