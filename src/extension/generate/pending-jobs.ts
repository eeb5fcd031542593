/** A job whose sprites are not all saved yet. It outlives the window: what is drawn meanwhile is saved at the next start. */
export interface PendingJob {
  job: string;
  /** URI of the folder, as text. */
  folder: string;
  metadata: 'recipe' | 'digest' | 'full' | 'none';
  /** Number of runs that share a name, by name. */
  counts: Record<string, number>;
  /** Indices of runs whose files are written. */
  saved: number[];
}

/** Files that a job's sprites were saved as. */
export interface SavedJob {
  job: string;
  files: string[];
}

/** Where it is kept: `vscode.Memento` is one. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const PENDING = 'dgx-pixels.pending.1';
const SAVED = 'dgx-pixels.saved.1';
const ENDED = 'dgx-pixels.ended.1';
const ENDED_KEPT = 100;
const SAVED_KEPT = 300;

/** What this workspace still has to save, and what it saved where. */
export class PendingJobs {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  all(): readonly PendingJob[] {
    return (this.#memory.get(PENDING) as PendingJob[] | undefined) ?? [];
  }

  /** Adds a job, or replaces what is known of it. */
  async put(pending: PendingJob): Promise<void> {
    const others = this.all().filter(({ job }) => job !== pending.job);
    await this.#memory.update(PENDING, [...others, pending]);
  }

  async remove(job: string): Promise<void> {
    await this.#memory.update(
      PENDING,
      this.all().filter(pending => pending.job !== job),
    );
  }

  /** Notes that a job ended with runs that were not drawn: a retry draws them, and then they are saved like the others. */
  async end(pending: PendingJob): Promise<void> {
    const others = this.#ended().filter(({ job }) => job !== pending.job);
    await this.#memory.update(ENDED, [...others, pending].slice(-ENDED_KEPT));
    await this.remove(pending.job);
  }

  /** Makes an ended job pending again. @returns false for one that was not noted */
  async revive(job: string): Promise<boolean> {
    const ended = this.#ended().find(pending => pending.job === job);
    if (ended === undefined) return false;
    await this.put(ended);
    await this.#memory.update(
      ENDED,
      this.#ended().filter(pending => pending !== ended && pending.job !== job),
    );
    return true;
  }

  /** Files of a job, in the order they were written; they may have been moved since. */
  filesOf(job: string): readonly string[] {
    return this.#saved().find(saved => saved.job === job)?.files ?? [];
  }

  async addFile(job: string, file: string): Promise<void> {
    const files = [...this.filesOf(job), file];
    const others = this.#saved().filter(saved => saved.job !== job);
    await this.#memory.update(SAVED, [...others, { job, files }].slice(-SAVED_KEPT));
  }

  #ended(): readonly PendingJob[] {
    return (this.#memory.get(ENDED) as PendingJob[] | undefined) ?? [];
  }

  #saved(): readonly SavedJob[] {
    return (this.#memory.get(SAVED) as SavedJob[] | undefined) ?? [];
  }
}
