import type { WorkerClient } from '../../client/worker-client.ts';
import { cellAt } from '../../project/compare/cells.ts';
import { setsOf } from '../../project/compare/sets.ts';
import type { CompareSpec } from '../../protocol/compare.ts';
import { LIMITS } from '../../protocol/limits.ts';
import { Ballots } from '../panels/compare/ballots.ts';
import type { SessionParts } from '../panels/compare/compare-session.ts';
import { OpenedSets } from '../panels/compare/opened-sets.ts';
import type { Services } from '../services.ts';

interface Asked {
  spec: CompareSpec;
  project: string | null;
}

/** Which runs of comparisons this person may not know the contender of. */
export class BlindRuns {
  readonly #services: Services;
  readonly #parts: Pick<SessionParts, 'folderOf' | 'votesIn'>;
  readonly #asked = new Map<string, Promise<Asked | null>>();

  constructor(services: Services, parts: Pick<SessionParts, 'folderOf' | 'votesIn'>) {
    this.#services = services;
    this.#parts = parts;
  }

  /**
   * A look-up of the runs of a comparison.
   * @returns whether the run of an index is of a set that is not open
   * @throws what the worker answers
   */
  async ofJob(client: WorkerClient, job: string): Promise<(run: number) => boolean> {
    const asked = await this.#askOnce(client, job);
    if (asked === null) return () => false;
    const { spec, project } = asked;
    const ballots = await this.#ballots(job, project);
    return run => {
      try {
        return !ballots.knowledgeOf(cellAt(spec, run).set).opened;
      } catch {
        return false;
      }
    };
  }

  /** Whether a comparison has sets that are not open. @throws what the worker answers */
  async hasBlind(client: WorkerClient, job: string): Promise<boolean> {
    const asked = await this.#askOnce(client, job);
    if (asked === null) return false;
    const ballots = await this.#ballots(job, asked.project);
    return setsOf(asked.spec).some(({ set }) => !ballots.knowledgeOf(set).opened);
  }

  /**
   * Whether a picture is a cell of a set that is not open, of a comparison that is still remembered.
   * @param digest of the artifact
   * @throws what the worker answers
   */
  async isBlindPicture(client: WorkerClient, digest: string): Promise<boolean> {
    const compared = this.#services.jobs.jobs.filter(({ job }) => job.kind === 'compare');
    for (const { job } of compared) {
      if (!(await this.hasBlind(client, job.id))) continue;
      const isBlind = await this.ofJob(client, job.id);
      let from: number | null = 0;
      while (from !== null) {
        const page: {
          runs: { index: number; images: { sprite: string; raw: string }[] }[];
          next: number | null;
        } = await client.request('runs.list', { job: job.id, from, limit: LIMITS.pageEntries });
        const found = page.runs.find(({ images }) =>
          images.some(({ sprite, raw }) => sprite === digest || raw === digest),
        );
        if (found !== undefined && isBlind(found.index)) return true;
        from = page.next;
      }
    }
    return false;
  }

  #askOnce(client: WorkerClient, job: string): Promise<Asked | null> {
    const known = this.#asked.get(job);
    if (known !== undefined) return known;
    const asking = client
      .request('jobs.get', { id: job })
      .then(({ job: { project }, spec }) => (spec.kind === 'compare' ? { spec, project } : null));
    this.#asked.set(job, asking);
    asking.catch(() => this.#asked.delete(job));
    return asking;
  }

  async #ballots(job: string, project: string | null): Promise<Ballots> {
    const folder = this.#parts.folderOf(project);
    const votes = folder === null ? null : this.#parts.votesIn(folder);
    await votes?.log.ready().catch(() => undefined);
    return new Ballots({
      job,
      voter: votes?.voter ?? '',
      events: () => votes?.log.events ?? [],
      opened: new OpenedSets(this.#services.context.workspaceState, job),
      looksOnly: true,
    });
  }
}
