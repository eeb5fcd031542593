import type { WireError } from '../../protocol/errors.ts';
import {
  type EngineStamp,
  type Job,
  type JobFilter,
  type JobSpec,
  type Lane,
  LANES,
  type RetryLost,
  type Run,
  type RunImage,
  type RunState,
  type RunTransition,
  type Target,
} from '../../protocol/jobs.ts';
import type { Recipe } from '../../protocol/recipe.ts';
import { EventLog } from './event-log.ts';
import { promptIdOf } from './prompt-id.ts';
import { counterOf, ENDED_STATES, jobStateOf } from './run-states.ts';
import { jobOfRow, type RunRecord, runOfRow } from './rows.ts';
import type { Database, Row, SqlValue } from './sqlite.ts';

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

/** Fields a transition may write beside the state. */
export interface RunUpdate {
  server?: string | null;
  posted?: 0 | 1 | 2;
  error?: WireError | null;
  images?: RunImage[];
  warnings?: string[];
  engine?: EngineStamp | null;
  cancelAsked?: boolean;
  lostRetries?: number;
  startedAt?: number | null;
  /** Begins a new attempt with a prompt id of its own. */
  nextAttempt?: boolean;
}

/** Which run, and which of its attempts; a late answer about an earlier attempt changes nothing. */
export interface RunKey {
  job: string;
  index: number;
  attempt: number;
}

const SERVED = '(queued > 0 OR active > 0)';

/**
 * The durable record of jobs and runs, and the only writer of their states. Every transition is one transaction that says
 * whether this very call made it; events follow the commit.
 */
export class Journal {
  readonly #database: Database;
  readonly events: EventLog;
  #writing = 0;

  constructor(database: Database) {
    this.#database = database;
    this.events = new EventLog(database);
  }

  /** One transaction; its events are published after the commit. */
  write<T>(work: () => T): T {
    this.#writing++;
    try {
      const result = this.#database.transaction(work);
      if (this.#writing === 1) this.events.committed();
      return result;
    } catch (error) {
      if (this.#writing === 1) this.events.rolledBack();
      throw error;
    } finally {
      this.#writing--;
    }
  }

  // Jobs

  /** Writes a new job. The same id again returns what is there: `created` is false. */
  createJob(job: NewJob): { job: Job; created: boolean } {
    const present = this.job(job.id);
    if (present !== null) return { job: present, created: false };
    return this.write(() => {
      const now = Date.now();
      const last = this.#database.get(
        `SELECT max(rank) AS rank FROM jobs WHERE lane = ? AND ${SERVED}`,
        LANES.indexOf(job.lane),
      );
      const words = [job.title, ...new Set(job.runs.map(run => run.recipe.prompt))].join('\n');
      this.#database.run(
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
        this.#database.run(
          `INSERT INTO runs (job, idx, name, state, prompt_id, recipe, checkpoint, draw_digest, recipe_digest, warnings,
             created_at) VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?)`,
          job.id,
          index,
          run.name,
          promptIdOf(job.id, index, 1),
          JSON.stringify(run.recipe),
          run.recipe.checkpoint,
          run.drawDigest,
          run.recipeDigest,
          JSON.stringify(run.warnings),
          now,
        );
        this.#note(job.id, index, 1, null, 'queued', 'submitted');
      });
      this.events.record('job.created', job.id, {});
      return { job: this.job(job.id) as Job, created: true };
    });
  }

  job(id: string): Job | null {
    const row = this.#database.get('SELECT * FROM jobs WHERE id = ?', id);
    return row === undefined ? null : jobOfRow(row);
  }

  specOf(id: string): JobSpec | null {
    const row = this.#database.get('SELECT spec FROM jobs WHERE id = ?', id);
    return row === undefined ? null : (JSON.parse(String(row['spec'])) as JobSpec);
  }

  /** Digest of what was asked for under an id; null when there is no such job. */
  specDigestOf(id: string): string | null {
    const row = this.#database.get('SELECT spec_digest FROM jobs WHERE id = ?', id);
    return row === undefined ? null : String(row['spec_digest']);
  }

  /**
   * Jobs, newest first.
   * @param cursor the `next` of the page before
   */
  listJobs(
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
    const rows = this.#database.all(
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

  /** Jobs with unfinished runs in the order they are served. */
  unfinishedJobs(): Job[] {
    return this.#database
      .all(`SELECT * FROM jobs WHERE ${SERVED} ORDER BY lane, rank, id`)
      .map(jobOfRow);
  }

  countJobs(): { unfinished: number; total: number } {
    const total = this.#database.get('SELECT count(*) AS n FROM jobs');
    const unfinished = this.#database.get(`SELECT count(*) AS n FROM jobs WHERE ${SERVED}`);
    return { unfinished: Number(unfinished?.['n'] ?? 0), total: Number(total?.['n'] ?? 0) };
  }

  /** Removes an ended job with its runs. @returns whether this call removed it */
  forgetJob(id: string): boolean {
    return this.write(() => {
      const gone = this.#database.run(
        `DELETE FROM jobs WHERE id = ? AND queued = 0 AND active = 0`,
        id,
      );
      if (gone === 0) return false;
      this.#database.run('DELETE FROM runs WHERE job = ?', id);
      this.#database.run('DELETE FROM transitions WHERE job = ?', id);
      this.events.record('job.forgotten', id, {});
      return true;
    });
  }

  // Runs

  record(job: string, index: number): RunRecord | null {
    const row = this.#database.get('SELECT * FROM runs WHERE job = ? AND idx = ?', job, index);
    return row === undefined ? null : runOfRow(row);
  }

  runsOf(job: string, from = 0, limit = Number.MAX_SAFE_INTEGER): Run[] {
    return this.#database
      .all('SELECT * FROM runs WHERE job = ? AND idx >= ? ORDER BY idx LIMIT ?', job, from, limit)
      .map(row => runOfRow(row).run);
  }

  /** Runs the engines may know of. */
  activeRuns(): RunRecord[] {
    return this.#database
      .all(
        `SELECT * FROM runs WHERE state IN ('parked', 'loading', 'running', 'finishing') ORDER BY job, idx`,
      )
      .map(runOfRow);
  }

  historyOf(job: string, index: number): RunTransition[] {
    return this.#database
      .all('SELECT * FROM transitions WHERE job = ? AND idx = ? ORDER BY id', job, index)
      .map(row => ({
        at: Number(row['at']),
        attempt: Number(row['attempt']),
        from: row['from_state'] === null ? null : (String(row['from_state']) as RunState),
        to: String(row['to_state']) as RunState,
        reason: String(row['reason']),
      }));
  }

  #note(
    job: string,
    index: number,
    attempt: number,
    from: RunState | null,
    to: RunState,
    reason: string,
  ): void {
    this.#database.run(
      'INSERT INTO transitions (job, idx, attempt, at, from_state, to_state, reason) VALUES (?, ?, ?, ?, ?, ?, ?)',
      job,
      index,
      attempt,
      Date.now(),
      from,
      to,
      reason.slice(0, 500),
    );
  }

  /**
   * Moves a run to another state if this attempt of it is in one of the given states.
   * @returns whether this call did it; false changes nothing
   */
  transition(
    key: RunKey,
    from: readonly RunState[],
    to: RunState,
    reason: string,
    update: RunUpdate = {},
  ): boolean {
    return this.write(() => {
      const row = this.#database.get(
        'SELECT state, attempt FROM runs WHERE job = ? AND idx = ?',
        key.job,
        key.index,
      );
      const state = row?.['state'] as RunState | undefined;
      if (state === undefined || row?.['attempt'] !== key.attempt || !from.includes(state)) {
        return false;
      }
      const attempt = key.attempt + (update.nextAttempt === true ? 1 : 0);
      const ended = ENDED_STATES.includes(to);
      const now = Date.now();
      const sets = ['state = ?', 'attempt = ?', 'finished_at = ?'];
      const values: SqlValue[] = [to, attempt, ended ? now : null];
      const set = (column: string, value: SqlValue | undefined): void => {
        if (value === undefined) return;
        sets.push(`${column} = ?`);
        values.push(value);
      };
      const json = (value: unknown): string | null | undefined =>
        value === undefined ? undefined : value === null ? null : JSON.stringify(value);
      if (update.nextAttempt === true) set('prompt_id', promptIdOf(key.job, key.index, attempt));
      set('server', update.server);
      set('posted', update.posted);
      set('error', json(update.error));
      set('images', json(update.images));
      set('warnings', json(update.warnings));
      set('engine', json(update.engine));
      set(
        'cancel_asked',
        update.cancelAsked === undefined ? undefined : Number(update.cancelAsked),
      );
      set('lost_retries', update.lostRetries);
      set('started_at', update.startedAt);
      this.#database.run(
        `UPDATE runs SET ${sets.join(', ')} WHERE job = ? AND idx = ?`,
        ...values,
        key.job,
        key.index,
      );
      this.#note(key.job, key.index, attempt, state, to, reason);
      this.events.record('run.state', key.job, {
        run: key.index,
        attempt,
        state: to,
        ...(update.error ? { code: update.error.code.slice(0, 40) } : {}),
      });
      for (const image of update.images ?? []) {
        this.events.record('run.image', key.job, {
          run: key.index,
          index: image.index,
          digest: image.sprite,
        });
      }
      this.#recount(key.job, state, to, update);
      return true;
    });
  }

  #recount(job: string, from: RunState, to: RunState, update: RunUpdate): void {
    const less = counterOf(from);
    const more = counterOf(to);
    if (less !== more) {
      this.#database.run(
        `UPDATE jobs SET ${less} = ${less} - 1, ${more} = ${more} + 1 WHERE id = ?`,
        job,
      );
    }
    if (update.nextAttempt === true) {
      this.#database.run(
        'UPDATE jobs SET error = (SELECT error FROM runs WHERE job = ? AND error IS NOT NULL LIMIT 1) WHERE id = ?',
        job,
        job,
      );
    }
    if (update.error) {
      this.#database.run(
        'UPDATE jobs SET error = coalesce(error, ?) WHERE id = ?',
        JSON.stringify(update.error),
        job,
      );
    }
    if (update.images?.some(image => image.placeholder)) {
      this.#database.run('UPDATE jobs SET placeholder = 1 WHERE id = ?', job);
    }
    this.#restate(job);
  }

  /** Writes the state that follows from the counters and tells of it when it changed or a run ended. */
  #restate(id: string): void {
    const row = this.#database.get('SELECT * FROM jobs WHERE id = ?', id);
    if (row === undefined) return;
    const job = jobOfRow(row);
    const state = jobStateOf(job.runs, job.paused);
    const now = Date.now();
    const ended = job.runs.queued === 0 && job.runs.active === 0;
    this.#database.run(
      'UPDATE jobs SET state = ?, updated_at = ?, finished_at = ? WHERE id = ?',
      state,
      now,
      ended ? now : null,
      id,
    );
    const doneNow = job.runs.done;
    if (state !== job.state || ended) {
      this.events.record('job.state', id, { state, done: doneNow, total: job.runs.total });
    }
  }

  /** Marks that the engine has confirmed the run; no transition. */
  confirmPosted(key: RunKey): void {
    this.#database.run(
      'UPDATE runs SET posted = 2 WHERE job = ? AND idx = ? AND attempt = ?',
      key.job,
      key.index,
      key.attempt,
    );
  }

  /** Notes that a person wants an active run stopped. @returns whether this call asked first */
  askCancel(key: RunKey): boolean {
    return (
      this.#database.run(
        `UPDATE runs SET cancel_asked = 1 WHERE job = ? AND idx = ? AND attempt = ? AND cancel_asked = 0
           AND state IN ('parked', 'loading', 'running')`,
        key.job,
        key.index,
        key.attempt,
      ) === 1
    );
  }

  // Targets of commands

  /** Runs that a command on a target concerns, restricted to states. */
  runsOfTarget(target: Target, states: readonly RunState[]): RunKey[] {
    const marks = states.map(() => '?').join(', ');
    const values: SqlValue[] = [...states];
    let where = `state IN (${marks})`;
    if ('job' in target) {
      where += ' AND job = ?';
      values.push(target.job);
      if (target.run !== undefined) {
        where += ' AND idx = ?';
        values.push(target.run);
      }
    } else if ('group' in target) {
      where += ' AND job IN (SELECT id FROM jobs WHERE grp = ?)';
      values.push(target.group);
    } else if (states.every(state => !ENDED_STATES.includes(state))) {
      where += ` AND job IN (SELECT id FROM jobs WHERE ${SERVED})`;
    }
    return this.#database
      .all(`SELECT job, idx, attempt FROM runs WHERE ${where} ORDER BY job, idx`, ...values)
      .map(row => ({
        job: String(row['job']),
        index: Number(row['idx']),
        attempt: Number(row['attempt']),
      }));
  }

  /** True when the target names something that exists. */
  targetExists(target: Target): boolean {
    if ('all' in target) return true;
    if ('group' in target) {
      return (
        this.#database.get('SELECT 1 FROM jobs WHERE grp = ? LIMIT 1', target.group) !== undefined
      );
    }
    if (target.run === undefined) {
      return this.#database.get('SELECT 1 FROM jobs WHERE id = ?', target.job) !== undefined;
    }
    return this.record(target.job, target.run) !== null;
  }

  /** Pauses or resumes unfinished jobs. @returns how many changed */
  setPaused(target: Target, paused: boolean): number {
    return this.write(() => {
      let where = `paused = ? AND ${SERVED}`;
      const values: SqlValue[] = [paused ? 0 : 1];
      if ('job' in target) {
        where += ' AND id = ?';
        values.push(target.job);
      } else if ('group' in target) {
        where += ' AND grp = ?';
        values.push(target.group);
      }
      const ids = this.#database
        .all(`SELECT id FROM jobs WHERE ${where}`, ...values)
        .map(row => String(row['id']));
      for (const id of ids) {
        this.#database.run('UPDATE jobs SET paused = ? WHERE id = ?', paused ? 1 : 0, id);
        this.events.record('job.changed', id, {});
        this.#restate(id);
      }
      return ids.length;
    });
  }

  /** Moves an unfinished job before another of its lane, or to the end. @returns whether its place changed */
  moveJob(id: string, before: string | null): boolean {
    return this.write(() => {
      const job = this.#servedRow(id);
      if (job === undefined) return false;
      const lane = Number(job['lane']);
      const others = this.#database
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
      this.#database.run('UPDATE jobs SET rank = ? WHERE id = ?', (lower + upper) / 2, id);
      if (upper - lower < 1e-6) this.#respace(lane);
      this.events.record('job.changed', id, {});
      return true;
    });
  }

  #servedRow(id: string): Row | undefined {
    return this.#database.get(`SELECT lane, rank FROM jobs WHERE id = ? AND ${SERVED}`, id);
  }

  /** Halving ranks for ever would use up a double's digits. */
  #respace(lane: number): void {
    this.#database
      .all(`SELECT id FROM jobs WHERE lane = ? AND ${SERVED} ORDER BY rank, id`, lane)
      .forEach((row, place) => {
        this.#database.run('UPDATE jobs SET rank = ? WHERE id = ?', place + 1, String(row['id']));
      });
  }

  // Lanes

  pausedLanes(): Set<Lane> {
    return new Set(
      this.#database
        .all('SELECT lane FROM lanes WHERE paused = 1')
        .flatMap(row => LANES[Number(row['lane'])] ?? []),
    );
  }

  /** @returns whether this call changed it */
  setLanePaused(lane: Lane, paused: boolean): boolean {
    if (this.pausedLanes().has(lane) === paused) return false;
    return this.write(() => {
      this.#database.run(
        'INSERT INTO lanes (lane, paused) VALUES (?, ?) ON CONFLICT (lane) DO UPDATE SET paused = excluded.paused',
        LANES.indexOf(lane),
        paused ? 1 : 0,
      );
      this.events.record('lane.state', null, { lane, paused });
      return true;
    });
  }

  laneCounts(): { lane: Lane; queued: number; active: number }[] {
    const rows = this.#database.all(
      `SELECT lane, sum(queued) AS queued, sum(active) AS active FROM jobs WHERE ${SERVED} GROUP BY lane`,
    );
    return LANES.map((lane, place) => {
      const row = rows.find(candidate => Number(candidate['lane']) === place);
      return { lane, queued: Number(row?.['queued'] ?? 0), active: Number(row?.['active'] ?? 0) };
    });
  }

  // Serving

  /** Waiting jobs of unpaused lanes in serving order, with how often each was overtaken. */
  waitingJobs(limit: number): { id: string; lane: Lane; overtaken: number }[] {
    const paused = [...this.pausedLanes()].map(lane => LANES.indexOf(lane));
    const lanes = LANES.map((_, place) => place).filter(place => !paused.includes(place));
    if (lanes.length === 0) return [];
    return this.#database
      .all(
        `SELECT id, lane, overtaken FROM jobs WHERE queued > 0 AND paused = 0 AND lane IN (${lanes.join(', ')})
         ORDER BY lane, rank, id LIMIT ?`,
        limit,
      )
      .map(row => ({
        id: String(row['id']),
        lane: LANES[Number(row['lane'])] ?? 'batch',
        overtaken: Number(row['overtaken']),
      }));
  }

  /** First queued run of a job, optionally of one checkpoint. */
  firstQueued(job: string, checkpoint?: string): RunRecord | null {
    const row =
      checkpoint === undefined
        ? this.#database.get(
            `SELECT * FROM runs WHERE job = ? AND state = 'queued' ORDER BY idx LIMIT 1`,
            job,
          )
        : this.#database.get(
            `SELECT * FROM runs WHERE job = ? AND state = 'queued' AND checkpoint = ? ORDER BY idx LIMIT 1`,
            job,
            checkpoint,
          );
    return row === undefined ? null : runOfRow(row);
  }

  countOvertaken(job: string): void {
    this.#database.run('UPDATE jobs SET overtaken = overtaken + 1 WHERE id = ?', job);
  }

  /** Unfinished runs in serving order: active ones of a lane first. */
  queue(
    from: number,
    limit: number,
  ): { record: RunRecord; title: string; lane: Lane; paused: boolean }[] {
    return this.#database
      .all(
        `SELECT runs.*, jobs.title AS job_title, jobs.lane AS job_lane, jobs.paused AS job_paused
         FROM jobs JOIN runs ON runs.job = jobs.id
         WHERE (jobs.queued > 0 OR jobs.active > 0) AND runs.state IN ('queued', 'parked', 'loading', 'running', 'finishing')
         ORDER BY jobs.lane, runs.state = 'queued', jobs.rank, jobs.id, runs.idx LIMIT ? OFFSET ?`,
        limit,
        from,
      )
      .map(row => ({
        record: runOfRow(row),
        title: String(row['job_title']),
        lane: LANES[Number(row['job_lane'])] ?? 'batch',
        paused: Number(row['job_paused']) === 1,
      }));
  }

  // Graphs and what was learnt of servers

  saveGraph(digest: string, workflow: string, definition: unknown): void {
    this.#database.run(
      'INSERT OR IGNORE INTO graphs (digest, workflow, definition) VALUES (?, ?, ?)',
      digest,
      workflow,
      JSON.stringify(definition),
    );
  }

  graph(digest: string): unknown {
    const row = this.#database.get('SELECT definition FROM graphs WHERE digest = ?', digest);
    return row === undefined ? null : (JSON.parse(String(row['definition'])) as unknown);
  }

  saveInventory(server: string, inventory: unknown): void {
    this.#database.run(
      `INSERT INTO inventories (server, inventory, at) VALUES (?, ?, ?)
       ON CONFLICT (server) DO UPDATE SET inventory = excluded.inventory, at = excluded.at`,
      server,
      JSON.stringify(inventory),
      Date.now(),
    );
  }

  inventory(server: string): unknown {
    const row = this.#database.get('SELECT inventory FROM inventories WHERE server = ?', server);
    return row === undefined ? null : (JSON.parse(String(row['inventory'])) as unknown);
  }

  meta(key: string): string | null {
    const row = this.#database.get('SELECT value FROM meta WHERE key = ?', key);
    return row === undefined ? null : String(row['value']);
  }

  setMeta(key: string, value: string): void {
    this.#database.run(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      key,
      value,
    );
  }
}
