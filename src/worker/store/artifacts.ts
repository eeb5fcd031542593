import type { Artifact } from '../../protocol/artifacts.ts';
import { text, textOrNull } from './rows.ts';
import type { Database, Row } from './sqlite.ts';

export interface NewArtifact {
  digest: string;
  bytes: number;
  mime: string;
  width: number | null;
  height: number | null;
  origin: { job: string; run: number; role: string } | null;
}

const PINNED = `(EXISTS (SELECT 1 FROM pins WHERE pins.digest = artifacts.digest)
  OR EXISTS (SELECT 1 FROM keeps WHERE keeps.digest = artifacts.digest))`;

/** Pictures of a job that has not ended, and those its runs start from. */
const IN_USE = `(EXISTS (SELECT 1 FROM jobs WHERE jobs.id = artifacts.origin_job AND (jobs.queued > 0 OR jobs.active > 0))
  OR EXISTS (SELECT 1 FROM runs WHERE runs.init = artifacts.digest
    AND runs.state IN ('queued', 'parked', 'loading', 'running', 'finishing')))`;

function originOf(row: Row): Artifact['origin'] {
  const job = textOrNull(row, 'origin_job');
  return job === null
    ? null
    : { job, run: Number(row['origin_run']), role: text(row, 'origin_role') };
}

function artifactOfRow(row: Row): Artifact {
  return {
    digest: String(row['digest']),
    bytes: Number(row['bytes']),
    mime: String(row['mime']),
    width: row['width'] === null ? null : Number(row['width']),
    height: row['height'] === null ? null : Number(row['height']),
    createdAt: Number(row['created_at']),
    pinned: Number(row['pinned']) === 1,
    origin: originOf(row),
  };
}

/** What is known of artifacts, and who needs them. Their bytes are in ArtifactFiles. */
export class ArtifactIndex {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Adds an artifact; one that is there already keeps its first origin. */
  add(artifact: NewArtifact): void {
    this.#database.run(
      `INSERT INTO artifacts (digest, bytes, mime, width, height, created_at, origin_job, origin_run, origin_role)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO UPDATE SET created_at = excluded.created_at`,
      artifact.digest,
      artifact.bytes,
      artifact.mime,
      artifact.width,
      artifact.height,
      Date.now(),
      artifact.origin?.job ?? null,
      artifact.origin?.run ?? null,
      artifact.origin?.role ?? null,
    );
  }

  get(digest: string): Artifact | null {
    const row = this.#database.get(
      `SELECT *, ${PINNED} AS pinned FROM artifacts WHERE digest = ?`,
      digest,
    );
    return row === undefined ? null : artifactOfRow(row);
  }

  total(): { count: number; bytes: number } {
    const row = this.#database.get(
      'SELECT count(*) AS n, coalesce(sum(bytes), 0) AS bytes FROM artifacts',
    );
    return { count: Number(row?.['n'] ?? 0), bytes: Number(row?.['bytes'] ?? 0) };
  }

  /** Bytes of a picture of some size, as the newest ones have on average; null when none is here. */
  typicalBytes(width: number, height: number): number | null {
    const row = this.#database.get(
      `SELECT avg(bytes) AS bytes FROM
         (SELECT bytes FROM artifacts WHERE width = ? AND height = ? ORDER BY created_at DESC LIMIT 50)`,
      width,
      height,
    );
    return typeof row?.['bytes'] === 'number' ? Math.round(row['bytes']) : null;
  }

  /** Replaces what a project needs. @returns digests that are not here */
  pin(project: string, digests: readonly string[]): { pinned: number; missing: string[] } {
    return this.#database.transaction(() => {
      this.#database.run('DELETE FROM pins WHERE project = ?', project);
      const missing: string[] = [];
      let pinned = 0;
      for (const digest of new Set(digests)) {
        if (this.#database.get('SELECT 1 FROM artifacts WHERE digest = ?', digest) === undefined) {
          missing.push(digest);
          continue;
        }
        this.#database.run('INSERT INTO pins (project, digest) VALUES (?, ?)', project, digest);
        pinned++;
      }
      return { pinned, missing };
    });
  }

  /** @returns whether this call changed it */
  keep(digest: string, keep: boolean): boolean {
    const changed = keep
      ? this.#database.run('INSERT OR IGNORE INTO keeps (digest) VALUES (?)', digest)
      : this.#database.run('DELETE FROM keeps WHERE digest = ?', digest);
    return changed === 1;
  }

  /** Oldest artifacts that nobody needs, until at most `toBytes` are left. */
  prunable(toBytes: number): { digest: string; bytes: number }[] {
    let excess = this.total().bytes - toBytes;
    if (excess <= 0) return [];
    const chosen: { digest: string; bytes: number }[] = [];
    const rows = this.#database.all(
      `SELECT digest, bytes FROM artifacts WHERE NOT ${PINNED} AND NOT ${IN_USE} ORDER BY created_at, digest`,
    );
    for (const row of rows) {
      if (excess <= 0) break;
      const bytes = Number(row['bytes']);
      chosen.push({ digest: String(row['digest']), bytes });
      excess -= bytes;
    }
    return chosen;
  }

  /** Removes an artifact unless it was pinned meanwhile. @returns whether this call removed it */
  remove(digest: string): boolean {
    return (
      this.#database.run(`DELETE FROM artifacts WHERE digest = ? AND NOT ${PINNED}`, digest) === 1
    );
  }
}
