import type { WireError } from '../../protocol/errors.ts';
import type {
  EngineStamp,
  Run,
  RunImage,
  RunState,
  RunTransition,
  Target,
} from '../../protocol/jobs.ts';
import { restate, SERVED } from './job-state.ts';
import { promptIdOf } from './prompt-id.ts';
import { type RunRecord, runOfRow, textOrNull } from './rows.ts';
import { counterOf, ENDED_STATES } from './run-states.ts';
import type { SqlValue } from './sqlite.ts';
import type { Writer } from './writer.ts';

/** Fields a transition may write beside the state. */
export interface RunUpdate {
  server?: string | null;
  posted?: 0 | 1 | 2;
  error?: WireError | null;
  images?: RunImage[];
  warnings?: string[];
  engine?: EngineStamp | null;
  recipeDigest?: string;
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

/**
 * Runs, and the only writer of their states: every transition is one transaction that says whether this very call made it.
 */
export class RunTable {
  readonly #writer: Writer;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  record(job: string, index: number): RunRecord | null {
    const row = this.#writer.database.get(
      'SELECT * FROM runs WHERE job = ? AND idx = ?',
      job,
      index,
    );
    return row === undefined ? null : runOfRow(row);
  }

  ofJob(job: string, from = 0, limit = Number.MAX_SAFE_INTEGER): Run[] {
    return this.#writer.database
      .all('SELECT * FROM runs WHERE job = ? AND idx >= ? ORDER BY idx LIMIT ?', job, from, limit)
      .map(row => runOfRow(row).run);
  }

  /** Runs the engines may know of. */
  active(): RunRecord[] {
    return this.#writer.database
      .all(
        `SELECT * FROM runs WHERE state IN ('parked', 'loading', 'running', 'finishing') ORDER BY job, idx`,
      )
      .map(runOfRow);
  }

  historyOf(job: string, index: number): RunTransition[] {
    return this.#writer.database
      .all('SELECT * FROM transitions WHERE job = ? AND idx = ? ORDER BY id', job, index)
      .map(row => ({
        at: Number(row['at']),
        attempt: Number(row['attempt']),
        from: textOrNull(row, 'from_state') as RunState | null,
        to: String(row['to_state']) as RunState,
        reason: String(row['reason']),
      }));
  }

  note(
    job: string,
    index: number,
    attempt: number,
    from: RunState | null,
    to: RunState,
    reason: string,
  ): void {
    this.#writer.database.run(
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
    return this.#writer.write(() => {
      const row = this.#writer.database.get(
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
      set('recipe_digest', update.recipeDigest);
      set(
        'cancel_asked',
        update.cancelAsked === undefined ? undefined : Number(update.cancelAsked),
      );
      set('lost_retries', update.lostRetries);
      set('started_at', update.startedAt);
      this.#writer.database.run(
        `UPDATE runs SET ${sets.join(', ')} WHERE job = ? AND idx = ?`,
        ...values,
        key.job,
        key.index,
      );
      this.note(key.job, key.index, attempt, state, to, reason);
      this.#writer.events.record('run.state', key.job, {
        run: key.index,
        attempt,
        state: to,
        ...(update.error ? { code: update.error.code.slice(0, 40) } : {}),
      });
      for (const image of update.images ?? []) this.#tellImage(key, image);
      this.#recount(key.job, state, to, update);
      return true;
    });
  }

  #recount(job: string, from: RunState, to: RunState, update: RunUpdate): void {
    const less = counterOf(from);
    const more = counterOf(to);
    if (less !== more) {
      this.#writer.database.run(
        `UPDATE jobs SET ${less} = ${less} - 1, ${more} = ${more} + 1 WHERE id = ?`,
        job,
      );
    }
    if (update.nextAttempt === true || (from === 'failed' && to === 'done')) {
      this.#writer.database.run(
        'UPDATE jobs SET error = (SELECT error FROM runs WHERE job = ? AND error IS NOT NULL LIMIT 1) WHERE id = ?',
        job,
        job,
      );
    }
    if (update.error) {
      this.#writer.database.run(
        'UPDATE jobs SET error = coalesce(error, ?) WHERE id = ?',
        JSON.stringify(update.error),
        job,
      );
    }
    if (update.images?.some(image => image.placeholder)) {
      this.#writer.database.run('UPDATE jobs SET placeholder = 1 WHERE id = ?', job);
    }
    restate(this.#writer, job);
  }

  /**
   * Exchanges the images of a run whose sprites were made anew; its state and times stay.
   * @param changed those of them that are another sprite now
   * @returns false when this attempt is no longer in that state
   */
  replaceImages(
    key: RunKey,
    state: RunState,
    images: readonly RunImage[],
    changed: readonly RunImage[],
    reason: string,
  ): boolean {
    return this.#writer.write(() => {
      const replaced = this.#writer.database.run(
        'UPDATE runs SET images = ? WHERE job = ? AND idx = ? AND attempt = ? AND state = ?',
        JSON.stringify(images),
        key.job,
        key.index,
        key.attempt,
        state,
      );
      if (replaced === 0) return false;
      this.note(key.job, key.index, key.attempt, state, state, reason);
      for (const image of changed) this.#tellImage(key, image);
      return true;
    });
  }

  #tellImage({ job, index: run }: RunKey, { index, sprite: digest }: RunImage): void {
    this.#writer.events.record('run.image', job, { run, index, digest });
  }

  /** Marks that the engine has confirmed the run; no transition. */
  confirmPosted(key: RunKey): void {
    this.#writer.write(() =>
      this.#writer.database.run(
        'UPDATE runs SET posted = 2 WHERE job = ? AND idx = ? AND attempt = ?',
        key.job,
        key.index,
        key.attempt,
      ),
    );
  }

  /** Notes that a person wants an active run stopped. @returns whether this call asked first */
  askCancel(key: RunKey): boolean {
    return (
      this.#writer.database.run(
        `UPDATE runs SET cancel_asked = 1 WHERE job = ? AND idx = ? AND attempt = ? AND cancel_asked = 0
           AND state IN ('parked', 'loading', 'running')`,
        key.job,
        key.index,
        key.attempt,
      ) === 1
    );
  }

  /** Runs that a command on a target concerns, restricted to states. */
  ofTarget(target: Target, states: readonly RunState[]): RunKey[] {
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
    return this.#writer.database
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
        this.#writer.database.get('SELECT 1 FROM jobs WHERE grp = ? LIMIT 1', target.group) !==
        undefined
      );
    }
    if (target.run === undefined) {
      return this.#writer.database.get('SELECT 1 FROM jobs WHERE id = ?', target.job) !== undefined;
    }
    return this.record(target.job, target.run) !== null;
  }
}
