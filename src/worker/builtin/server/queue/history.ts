import type { QueueItem } from './prompt-queue.ts';

export type StatusMessage = readonly [event: string, data: Record<string, unknown>];

export interface HistoryEntry {
  prompt: QueueItem;
  outputs: Record<string, unknown>;
  status: { status_str: 'success' | 'error'; completed: boolean; messages: StatusMessage[] };
  meta: Record<string, unknown>;
}

const LIMIT = 10_000;

/** Finished prompts in memory, in the order they ended; the oldest goes beyond 10,000. */
export class History {
  readonly #entries = new Map<string, HistoryEntry>();

  add(promptId: string, entry: HistoryEntry): void {
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > LIMIT && oldest.done !== true) this.#entries.delete(oldest.value);
    this.#entries.set(promptId, entry);
  }

  get(promptId: string): HistoryEntry | undefined {
    return this.#entries.get(promptId);
  }

  entries(): IterableIterator<[string, HistoryEntry]> {
    return this.#entries.entries();
  }

  /** Without an offset, the last `maxItems`; an offset counts from the oldest. */
  page(maxItems: number | undefined, offset: number | undefined): Record<string, HistoryEntry> {
    const all = [...this.#entries];
    const start = offset ?? (maxItems === undefined ? 0 : Math.max(0, all.length - maxItems));
    const from = Math.max(0, start);
    const end = maxItems === undefined ? all.length : from + Math.max(1, maxItems);
    return Object.fromEntries(all.slice(from, end));
  }

  delete(promptId: string): void {
    this.#entries.delete(promptId);
  }

  clear(): void {
    this.#entries.clear();
  }
}
