import {
  type Job,
  type JobFilter,
  type JobSpec,
  type Lane,
  LANES,
  type RetryLost,
  type Target,
} from '../../protocol/jobs.ts';
import type { Recipe } from '../../protocol/recipe.ts';
import { demandKey } from '../../project/workflows/demands.ts';
import { promptIdOf } from './prompt-id.ts';
import { restate, SERVED } from './job-state.ts';
import { jobOfRow } from './rows.ts';
import type { RunTable } from './run-table.ts';
import type { Row, SqlValue } from './sqlite.ts';
import type { Writer } from './writer.ts';

/** A job to be written, its runs resolved. */
export interface NewJob {
  id: string;
  kind: string;
  lane: Lane;
  title: string;
  project: string | null;
  group: string | null;
  spec: JobSpec;
  specDigest: string;
  retryLost: RetryLost;
  runs: {
    name: string | null;
    recipe: Recipe;
    drawDigest: string;
    recipeDigest: string;
    warnings: string[];
  }[];
}

/** Jobs: what was asked for, their order and their pauses. Their states follow from their runs. */
export class JobTable {
  readonly #writer: Writer;
  readonly #runs: RunTable;

  constructor(writer: Writer, runs: RunTable) {
    this.#writer = writer;
    this.#runs = runs;
  }

  /** Writes a new job. The same id again returns what is there: `created` is false. */
  create(job: NewJob): { job: Job; created: boolean } {
    const present = this.get(job.id);
    if (present !== null) return { job: present, created: false };
    return this.#writer.write(() => {
      const now = Date.now();
      const last = this.#writer.database.get(
        `SELECT max(rank) AS rank FROM jobs WHERE lane = ? AND ${SERVED}`,
        LANES.indexOf(job.lane),
      );
      const words = [job.title, ...new Set(job.runs.map(run => run.recipe.prompt))].join('\n');
      this.#writer.database.run(
        `INSERT INTO jobs (id, kind, lane, title, project, grp, spec, spec_digest, retry_lost, state, rank, total, queued,
           words, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?)`,
        job.id,
        job.kind,
        LANES.indexOf(job.lane),
        job.title,
        job.project,
        job.group,
        JSON.stringify(job.spec),
        job.specDigest,
        job.retryLost,
        Number(last?.['rank'] ?? 0) + 1,
        job.runs.length,
        job.runs.length,
        words.slice(0, 20_000).toLowerCase(),
        now,
        now,
      );
      job.runs.forEach((run, index) => {
        this.#writer.database.run(
          `INSERT INTO runs (job, idx, name, state, prompt_id, recipe, checkpoint, demand, init, draw_digest, recipe_digest,
             warnings, created_at) VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          job.id,
          index,
          run.name,
          promptIdOf(job.id, index, 1),
          JSON.stringify(run.recipe),
          run.recipe.checkpoint,
          demandKey(run.recipe),
          run.recipe.init?.image ?? null,
          run.drawDigest,
          run.recipeDigest,
          JSON.stringify(run.warnings),
          now,
        );
        this.#runs.note(job.id, index, 1, null, 'queued', 'submitted');
      });
      this.#writer.events.record('job.created', job.id, {});
      const written = this.get(job.id);
      if (written === null) throw new Error(`job ${job.id} was not written`);
      return { job: written, created: true };
    });
  }

  get(id: string): Job | null {
    const row = this.#writer.database.get('SELECT * FROM jobs WHERE id = ?', id);
    return row === undefined ? null : jobOfRow(row);
  }

  specOf(id: string): JobSpec | null {
    const row = this.#writer.database.get('SELECT spec FROM jobs WHERE id = ?', id);
    return row === undefined ? null : (JSON.parse(String(row['spec'])) as JobSpec);
  }

  /** Digest of what was asked for under an id; null when there is no such job. */
  specDigestOf(id: string): string | null {
    const row = this.#writer.database.get('SELECT spec_digest FROM jobs WHERE id = ?', id);
    return row === undefined ? null : String(row['spec_digest']);
  }

  /**
   * Jobs, newest first.
   * @param cursor the `next` of the page before
   */
  list(
    filter: JobFilter,
    cursor: string | null,
    limit: number,
  ): { jobs: Job[]; next: string | null } {
    const where: string[] = [];
    const values: SqlValue[] = [];
    if (filter.states !== undefined && filter.states.length > 0) {
      where.push(`state IN (${filter.states.map(() => '?').join(', ')})`);
      values.push(...filter.states);
    }
    if (filter.lane !== undefined) {
      where.push('lane = ?');
      values.push(LANES.indexOf(filter.lane));
    }
    if (filter.project !== undefined) {
      where.push('project = ?');
      values.push(filter.project);
    }
    if (filter.group !== undefined) {
      where.push('grp = ?');
      values.push(filter.group);
    }
    for (const word of (filter.search ?? '').toLowerCase().split(/\s+/)) {
      if (word === '') continue;
      where.push('instr(words, ?) > 0');
      values.push(word);
    }
    const from = /^(\d+(?:\.\d+)?):([0-9a-f-]{36})$/.exec(cursor ?? '');
    if (from !== null) {
      where.push('(created_at, id) < (?, ?)');
      values.push(Number(from[1]), from[2] ?? '');
    }
    const rows = this.#writer.database.all(
      `SELECT * FROM jobs ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
       ORDER BY created_at DESC, id DESC LIMIT ?`,
      ...values,
      limit + 1,
    );
    const jobs = rows.slice(0, limit).map(jobOfRow);
    const last = jobs.at(-1);
    return {
      jobs,
      next: rows.length > limit && last !== undefined ? `${last.createdAt}:${last.id}` : null,
    };
  }

  count(): { unfinished: number; total: number } {
    const total = this.#writer.database.get('SELECT count(*) AS n FROM jobs');
    const unfinished = this.#writer.database.get(`SELECT count(*) AS n FROM jobs WHERE ${SERVED}`);
    return { unfinished: Number(unfinished?.['n'] ?? 0), total: Number(total?.['n'] ?? 0) };
  }

  /** Removes an ended job with its runs. @returns whether this call removed it */
  forget(id: string): boolean {
    return this.#writer.write(() => {
      const gone = this.#writer.database.run(
        `DELETE FROM jobs WHERE id = ? AND queued = 0 AND active = 0`,
        id,
      );
      if (gone === 0) return false;
      this.#writer.database.run('DELETE FROM runs WHERE job = ?', id);
      this.#writer.database.run('DELETE FROM transitions WHERE job = ?', id);
      this.#writer.database.run('DELETE FROM pinned_models WHERE job = ?', id);
      this.#writer.events.record('job.forgotten', id, {});
      return true;
    });
  }

  /** Pauses or resumes unfinished jobs. @returns how many changed */
  setPaused(target: Target, paused: boolean): number {
    return this.#writer.write(() => {
      let where = `paused = ? AND ${SERVED}`;
      const values: SqlValue[] = [paused ? 0 : 1];
      if ('job' in target) {
        where += ' AND id = ?';
        values.push(target.job);
      } else if ('group' in target) {
        where += ' AND grp = ?';
        values.push(target.group);
      }
      const ids = this.#writer.database
        .all(`SELECT id FROM jobs WHERE ${where}`, ...values)
        .map(row => String(row['id']));
      for (const id of ids) {
        this.#writer.database.run('UPDATE jobs SET paused = ? WHERE id = ?', paused ? 1 : 0, id);
        this.#writer.events.record('job.changed', id, {});
        restate(this.#writer, id);
      }
      return ids.length;
    });
  }

  /** Moves an unfinished job before another of its lane, or to the end. @returns whether its place changed */
  move(id: string, before: string | null): boolean {
    return this.#writer.write(() => {
      const job = this.#servedRow(id);
      if (job === undefined) return false;
      const lane = Number(job['lane']);
      const others = this.#writer.database
        .all(
          `SELECT id, rank FROM jobs WHERE lane = ? AND id <> ? AND ${SERVED} ORDER BY rank, id`,
          lane,
          id,
        )
        .map(row => ({ id: String(row['id']), rank: Number(row['rank']) }));
      const place =
        before === null ? others.length : others.findIndex(other => other.id === before);
      if (place < 0) return false;
      const lower = others[place - 1]?.rank ?? (others[0]?.rank ?? 1) - 2;
      const upper = others[place]?.rank ?? lower + 2;
      this.#writer.database.run('UPDATE jobs SET rank = ? WHERE id = ?', (lower + upper) / 2, id);
      if (upper - lower < 1e-6) this.#respace(lane);
      this.#writer.events.record('job.changed', id, {});
      return true;
    });
  }

  #servedRow(id: string): Row | undefined {
    return this.#writer.database.get(`SELECT lane, rank FROM jobs WHERE id = ? AND ${SERVED}`, id);
  }

  /** Halving ranks for ever would use up a double's digits. */
  #respace(lane: number): void {
    this.#writer.database
      .all(`SELECT id FROM jobs WHERE lane = ? AND ${SERVED} ORDER BY rank, id`, lane)
      .forEach((row, place) => {
        this.#writer.database.run(
          'UPDATE jobs SET rank = ? WHERE id = ?',
          place + 1,
          String(row['id']),
        );
      });
  }
}
