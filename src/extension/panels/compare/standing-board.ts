import type { VoteEvent } from '../../../project/votes/vote-event.ts';
import type { Run } from '../../../protocol/jobs.ts';
import type { Ends } from '../../dispose.ts';
import { t } from '../../l10n.ts';
import type { Log } from '../../log.ts';
import { withoutSealed } from '../../votes/sealed-votes.ts';
import { imageOf } from './cell-run.ts';
import { type Caller, type ContenderModels, type ModelNews, newsText } from './contender-models.ts';
import { nextOf, type Standing, standingOf } from './standing.ts';

export interface BoardParts {
  models: ContenderModels;
  events: () => readonly VoteEvent[];
  voter: string;
  runs: () => ReadonlyMap<number, Run>;
  /** null while no worker answers. */
  client: () => Caller | null;
  onChange: () => void;
  log: Log;
}

/** Milliseconds in which votes and cells are gathered: a rating of many votes takes a while. */
const GATHER_MS = 300;

/** Keeps what the votes say of a comparison's contenders, and what became of their models. */
export class StandingBoard implements Ends {
  readonly #parts: BoardParts;
  #standing: Standing | null = null;
  #news: readonly (ModelNews | null)[] = [];
  #timer: NodeJS.Timeout | null = null;
  /** Whether every contender has drawn something, so that runs tell nothing new of them. */
  #settled = false;
  #drawn = -1;
  #ended = false;

  constructor(parts: BoardParts) {
    this.#parts = parts;
    this.#soon();
  }

  votesChanged(): void {
    this.#soon();
  }

  /** A model was added, removed or replaced. */
  modelsChanged(): void {
    const client = this.#parts.client();
    if (client === null) return;
    this.#parts.models
      .readInventory(client)
      .then(() => this.#soon())
      .catch((error: unknown) => this.#parts.log.debug(`models were not read: ${String(error)}`));
  }

  /** Cells were drawn: the first of each contender tells the hashes of its models. */
  runsChanged(): void {
    if (this.#settled) return;
    const drawn = [...this.#parts.runs().values()].filter(run => imageOf(run) !== null).length;
    if (drawn !== this.#drawn) this.#soon();
    this.#drawn = drawn;
  }

  /** What is told: names only once every set is open. */
  text(allOpen: boolean): string {
    const standing = this.#standing;
    const told =
      standing === null
        ? t('No verdict yet: nothing was voted on.')
        : allOpen
          ? standing.told
          : standing.blind;
    const news = this.#news.filter(each => each !== null);
    if (news.length === 0) return told;
    const words = allOpen
      ? [...new Set(news.map(newsText))]
      : [
          t(
            'A model of these contenders was removed or replaced since it drew; votes count for the file that drew.',
          ),
        ];
    return [told, ...words].join(' ');
  }

  next(votable: readonly { set: number; skipped: boolean }[]): number | null {
    return nextOf(votable, this.#standing);
  }

  dispose(): void {
    this.#ended = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  /** @param after milliseconds */
  #soon(after = 0): void {
    if (this.#ended) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#read().catch((error: unknown) =>
        this.#parts.log.warn('contenders could not be rated', error),
      );
    }, after + GATHER_MS);
  }

  async #read(): Promise<void> {
    const { models, runs, client: clientOf, onChange } = this.#parts;
    const client = clientOf();
    if (client === null || this.#ended) return;
    const [known, news] = await Promise.all([
      models.all(client, runs()),
      models.news(client, runs()),
    ]);
    const digests = known.flatMap(each => (each === null ? [] : [each.digest]));
    const distinct = new Set(digests).size === known.length;
    // Another comparison of the same contenders may be voted on beside this one.
    const { events, wait } = withoutSealed(this.#parts.events(), this.#parts.voter, Date.now());
    if (wait !== null) this.#soon(wait);
    this.#standing = distinct ? standingOf(events, digests) : null;
    this.#news = news;
    this.#settled = distinct && models.allDrew(runs());
    onChange();
  }
}
