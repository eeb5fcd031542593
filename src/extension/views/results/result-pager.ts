import type { MethodName, MethodParams, MethodResult } from '../../../protocol/methods.ts';
import type { Job, Run, RunImage } from '../../../protocol/jobs.ts';

/** The part of a client that paging needs. */
export interface Caller {
  request<M extends MethodName>(
    method: M,
    params: MethodParams<M>,
    options?: { signal?: AbortSignal },
  ): Promise<MethodResult<M>>;
}

/** A finished picture with where it is from. */
export interface FoundImage {
  job: Job;
  run: Run;
  image: RunImage;
}

const JOBS_PER_PAGE = 25;
const RUNS_PER_PAGE = 50;

/**
 * Pictures from the newest job to the oldest, some at a time: pages of jobs, and of their runs, are asked for as they are
 * needed. Those of a job come in the order of its runs.
 */
export class ResultPager {
  readonly #images: AsyncGenerator<FoundImage, void>;
  #ahead: FoundImage | null = null;
  #ended = false;

  /** @param search words of the prompt or title; empty = all */
  constructor(caller: Caller, search: string, signal?: AbortSignal) {
    this.#images = imagesOf(caller, search, signal);
  }

  /**
   * The next pictures.
   * @param wanted those that count; the others are left out
   * @returns at most `count`, and whether there are more
   * @throws what the worker answers
   */
  async next(
    count: number,
    wanted: (found: FoundImage) => boolean | Promise<boolean> = () => true,
  ): Promise<{ images: FoundImage[]; more: boolean }> {
    const images: FoundImage[] = [];
    while (images.length < count) {
      const found = await this.#take();
      if (found === null) return { images, more: false };
      if (await wanted(found)) images.push(found);
    }
    // One is looked ahead for, so that nobody is offered an empty page.
    for (;;) {
      this.#ahead ??= await this.#pull();
      if (this.#ahead === null) return { images, more: false };
      if (await wanted(this.#ahead)) return { images, more: true };
      this.#ahead = null;
    }
  }

  async #take(): Promise<FoundImage | null> {
    const found = this.#ahead ?? (await this.#pull());
    this.#ahead = null;
    return found;
  }

  async #pull(): Promise<FoundImage | null> {
    if (this.#ended) return null;
    const { value, done } = await this.#images.next();
    if (done === true) this.#ended = true;
    return value ?? null;
  }
}

async function* imagesOf(
  caller: Caller,
  search: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<FoundImage, void> {
  const options = signal === undefined ? {} : { signal };
  const filter = search === '' ? {} : { filter: { search } };
  let cursor: string | null = null;
  do {
    const page: MethodResult<'jobs.list'> = await caller.request(
      'jobs.list',
      { ...filter, ...(cursor !== null && { cursor }), limit: JOBS_PER_PAGE },
      options,
    );
    for (const job of page.jobs) {
      if (job.runs.done === 0) continue;
      let from: number | null = 0;
      while (from !== null) {
        const runs: MethodResult<'runs.list'> = await caller.request(
          'runs.list',
          { job: job.id, from, limit: RUNS_PER_PAGE },
          options,
        );
        for (const run of runs.runs) for (const image of run.images) yield { job, run, image };
        from = runs.next;
      }
    }
    cursor = page.next;
  } while (cursor !== null);
}
