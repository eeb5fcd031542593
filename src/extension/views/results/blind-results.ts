import { blindName } from '../../compare/blind-name.ts';
import type { ResultItem } from '../../panels/messages/results.ts';
import type { FoundImage } from './result-pager.ts';

/**
 * Keeps pictures of comparisons that a person has not voted on out of a search: side by side and in the order they were drawn, they
 * would tell which are of one contender. One entry stands for all of a comparison.
 */
export class BlindResults {
  readonly #ofJob: (job: string) => Promise<(run: number) => boolean>;
  readonly #jobs = new Map<string, Promise<(run: number) => boolean>>();
  /** By comparison: the picture in whose place the entry stands. */
  readonly #entries = new Map<string, string>();

  /** @param ofJob a look-up of the runs of a comparison whose contenders are not to be known */
  constructor(ofJob: (job: string) => Promise<(run: number) => boolean>) {
    this.#ofJob = ofJob;
  }

  /** Whether a picture is shown, or the entry in its place. @throws what the worker answers */
  async isShown(found: FoundImage): Promise<boolean> {
    const { job, run, image } = found;
    if (!(await this.isBlind(found))) return true;
    const key = `${run.index}/${image.index}`;
    const entry = this.#entries.get(job.id) ?? key;
    this.#entries.set(job.id, entry);
    return entry === key;
  }

  /** Whether a picture's contender is not to be known. @throws what the worker answers */
  async isBlind({ job, run }: Pick<FoundImage, 'job' | 'run'>): Promise<boolean> {
    if (job.kind !== 'compare') return false;
    let isBlind = this.#jobs.get(job.id);
    if (isBlind === undefined) {
      isBlind = this.#ofJob(job.id);
      this.#jobs.set(job.id, isBlind);
    }
    return (await isBlind)(run.index);
  }
}

/** The entry that stands for a comparison's pictures. Nothing in it is of any one of them. */
export function blindItem({ job, run }: FoundImage): ResultItem {
  const [width, height] = run.recipe.size;
  return {
    key: `${job.id}/blind`,
    job: job.id,
    run: 0,
    digest: '',
    prompt: `${blindName()} · ${job.title}`,
    width,
    height,
    seed: run.recipe.seed,
    placeholder: false,
    kept: false,
    blind: true,
    image: null,
  };
}
