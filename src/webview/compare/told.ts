import type {
  CellAddress,
  CellDetails,
  Comparison,
} from '../../extension/panels/messages/compare.ts';
import type { Pictures } from './pictures.ts';
import { nextToVote } from './rows.ts';

/** Bytes of pixels of a set above which the next one is not fetched before it is wanted. */
const AHEAD_BYTES = 4 * 2 ** 20;

/** What the host told of open cells, asked for once for each of their pictures. */
export class Told {
  readonly #ask: (cell: CellAddress) => Promise<CellDetails>;
  readonly #try: (work: () => Promise<unknown>) => Promise<void>;
  readonly #onTold: () => void;
  readonly #details = new Map<string, CellDetails | null>();

  constructor(
    ask: (cell: CellAddress) => Promise<CellDetails>,
    trying: (work: () => Promise<unknown>) => Promise<void>,
    onTold: () => void,
  ) {
    this.#ask = ask;
    this.#try = trying;
    this.#onTold = onTold;
  }

  /** By place; null while it is not told. */
  of(comparison: Comparison, set: number): (CellDetails | null)[] {
    const cells = comparison.sets[set]?.cells ?? [];
    return cells.map(({ open, pictures }, place) => {
      if (open?.phase !== 'done') return null;
      const key = `${set}/${place}/${pictures ?? ''}`;
      const known = this.#details.get(key);
      if (known === undefined) this.#load(key, { set, place });
      return known ?? null;
    });
  }

  #load(key: string, cell: CellAddress): void {
    this.#details.set(key, null);
    void this.#try(async () => {
      this.#details.set(key, await this.#ask(cell));
      this.#onTold();
    });
  }
}

/** Fetches the sprites of the set that is likely shown next, when they are small. */
export function fetchAhead(pictures: Pictures, comparison: Comparison, at: number): void {
  const next = nextToVote(comparison, at);
  const set = next === null ? undefined : comparison.sets[next];
  const size = comparison.prompts[set?.prompt ?? 0]?.size;
  if (next === null || set === undefined || size === undefined) return;
  if (size[0] * size[1] * 4 * set.cells.length > AHEAD_BYTES) return;
  for (const [place, cell] of set.cells.entries()) {
    if (cell.pictures !== null) {
      pictures.get({ set: next, place, pictures: cell.pictures }, 'fixed');
    }
  }
}
