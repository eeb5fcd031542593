import type { FileStamp } from './file-table.ts';
import type { ModelKind } from './facts.ts';

/** A file that waits to be read. */
export interface Waiting {
  kind: ModelKind;
  name: string;
  file: FileStamp;
}

const HEADER_ORDER: readonly ModelKind[] = ['lora', 'checkpoint', 'vae'];

/** Names that were preferred and are kept in mind. */
const MAX_PREFERRED = 200;

function contentOf({ kind, file }: Waiting): string {
  return `${kind} ${file.path} ${file.bytes} ${file.mtime}`;
}

function isLower(one: readonly number[], other: readonly number[]): boolean {
  for (const [place, value] of one.entries()) {
    const difference = value - (other[place] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Files to read, first their headers and then whole, each content once, the urgent ones first. */
export class WorkList {
  readonly #headers: Record<ModelKind, Map<string, Waiting>> = {
    lora: new Map(),
    checkpoint: new Map(),
    vae: new Map(),
  };
  readonly #scans = new Map<string, Waiting>();
  /** Headers and files that are being read, and files that could not be. */
  readonly #taken = new Set<string>();
  readonly #preferred = new Set<string>();

  /** Files that wait. */
  get size(): number {
    return HEADER_ORDER.reduce((sum, kind) => sum + this.#headers[kind].size, this.#scans.size);
  }

  addHeader(work: Waiting): void {
    const content = contentOf(work);
    if (!this.#taken.has(`header ${content}`)) this.#headers[work.kind].set(content, work);
  }

  addScan(work: Waiting): void {
    const content = contentOf(work);
    if (!this.#taken.has(`scan ${content}`)) this.#scans.set(content, work);
  }

  /** True while a file waits to be read, header or whole. */
  waits(work: Waiting): boolean {
    const content = contentOf(work);
    return this.#headers[work.kind].has(content) || this.#scans.has(content);
  }

  /** The file may be asked for again. */
  headerDone(work: Waiting): void {
    this.#taken.delete(`header ${contentOf(work)}`);
  }

  /** A file that could not be read whole is not read again until it changes. */
  scanDone(work: Waiting): void {
    this.#taken.delete(`scan ${contentOf(work)}`);
  }

  /** Lets names go first. */
  prefer(names: Iterable<string>): void {
    for (const name of names) {
      this.#preferred.delete(name);
      this.#preferred.add(name);
    }
    for (const name of this.#preferred) {
      if (this.#preferred.size <= MAX_PREFERRED) break;
      this.#preferred.delete(name);
    }
  }

  /** The next file whose header is to be read: LoRAs, then checkpoints, then VAEs. */
  takeHeader(): Waiting | null {
    for (const kind of HEADER_ORDER) {
      const [first] = this.#headers[kind];
      if (first === undefined) continue;
      const [content, work] = first;
      this.#headers[kind].delete(content);
      this.#taken.add(`header ${content}`);
      return work;
    }
    return null;
  }

  /** The next file to be read whole: preferred ones, then LoRAs, then what recent runs used, then the rest, small ones first. */
  takeScan(recent: ReadonlySet<string>): Waiting | null {
    let best: { content: string; work: Waiting; rank: readonly number[] } | null = null;
    for (const [content, work] of this.#scans) {
      const rank = [
        this.#preferred.has(work.name) ? 0 : 1,
        work.kind === 'lora' ? 0 : 1,
        recent.has(work.name) ? 0 : 1,
        work.file.bytes,
      ];
      if (best === null || isLower(rank, best.rank)) best = { content, work, rank };
    }
    if (best === null) return null;
    this.#scans.delete(best.content);
    this.#taken.add(`scan ${best.content}`);
    return best.work;
  }
}
