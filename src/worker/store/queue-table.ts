import { type Lane, LANES } from '../../protocol/jobs.ts';
import { SERVED } from './job-state.ts';
import { type RunRecord, runOfRow } from './rows.ts';
import type { Writer } from './writer.ts';

/** What waits, in the order in which it is served. */
export class QueueTable {
  readonly #writer: Writer;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  pausedLanes(): Set<Lane> {
    return new Set(
      this.#writer.database
        .all('SELECT lane FROM lanes WHERE paused = 1')
        .flatMap(row => LANES[Number(row['lane'])] ?? []),
    );
  }

  /** @returns whether this call changed it */
  setLanePaused(lane: Lane, paused: boolean): boolean {
    if (this.pausedLanes().has(lane) === paused) return false;
    return this.#writer.write(() => {
      this.#writer.database.run(
        'INSERT INTO lanes (lane, paused) VALUES (?, ?) ON CONFLICT (lane) DO UPDATE SET paused = excluded.paused',
        LANES.indexOf(lane),
        paused ? 1 : 0,
      );
      this.#writer.events.record('lane.state', null, { lane, paused });
      return true;
    });
  }

  laneCounts(): { lane: Lane; queued: number; active: number }[] {
    const rows = this.#writer.database.all(
      `SELECT lane, sum(queued) AS queued, sum(active) AS active FROM jobs WHERE ${SERVED} GROUP BY lane`,
    );
    return LANES.map((lane, place) => {
      const row = rows.find(candidate => Number(candidate['lane']) === place);
      return { lane, queued: Number(row?.['queued'] ?? 0), active: Number(row?.['active'] ?? 0) };
    });
  }

  /** Waiting jobs of unpaused lanes in serving order, with how often each was overtaken. */
  waitingJobs(limit: number): { id: string; lane: Lane; overtaken: number }[] {
    const paused = [...this.pausedLanes()].map(lane => LANES.indexOf(lane));
    const lanes = LANES.map((_, place) => place).filter(place => !paused.includes(place));
    if (lanes.length === 0) return [];
    return this.#writer.database
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
        ? this.#writer.database.get(
            `SELECT * FROM runs WHERE job = ? AND state = 'queued' ORDER BY idx LIMIT 1`,
            job,
          )
        : this.#writer.database.get(
            `SELECT * FROM runs WHERE job = ? AND state = 'queued' AND checkpoint = ? ORDER BY idx LIMIT 1`,
            job,
            checkpoint,
          );
    return row === undefined ? null : runOfRow(row);
  }

  /** First queued run of a job for each of its demands, in order: of the runs between, none can be drawn elsewhere. */
  firstOfEachDemand(job: string): RunRecord[] {
    return this.#writer.database
      .all(
        `SELECT runs.* FROM runs
         JOIN (SELECT min(idx) AS first FROM runs WHERE job = ?1 AND state = 'queued' GROUP BY demand) ON runs.idx = first
         WHERE runs.job = ?1 ORDER BY idx`,
        job,
      )
      .map(runOfRow);
  }

  /** Queued runs of a job that demand the same as one of them. */
  queuedLike(job: string, index: number): RunRecord[] {
    return this.#writer.database
      .all(
        `SELECT * FROM runs WHERE job = ?1 AND state = 'queued'
           AND demand = (SELECT demand FROM runs WHERE job = ?1 AND idx = ?2) ORDER BY idx`,
        job,
        index,
      )
      .map(runOfRow);
  }

  countOvertaken(job: string): void {
    this.#writer.database.run('UPDATE jobs SET overtaken = overtaken + 1 WHERE id = ?', job);
  }

  /** Unfinished runs in serving order: active ones of a lane first. */
  list(
    from: number,
    limit: number,
  ): { record: RunRecord; title: string; lane: Lane; paused: boolean }[] {
    return this.#writer.database
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
}
