import type { Writer } from './writer.ts';

/** The file that a job was submitted with, of a name that servers may have different files under. */
export interface PinnedModel {
  kind: string;
  name: string;
  sha256: string;
  /** Server whose file it was. */
  server: string;
}

/** Files that jobs are bound to, by their content. */
export class PinnedModels {
  readonly #writer: Writer;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  of(job: string): PinnedModel[] {
    return this.#writer.database
      .all('SELECT kind, name, sha256, server FROM pinned_models WHERE job = ?', job)
      .map(row => ({
        kind: String(row['kind']),
        name: String(row['name']),
        sha256: String(row['sha256']),
        server: String(row['server']),
      }));
  }

  /** Binds a job to files; a name that is bound already stays so. */
  pin(job: string, models: readonly PinnedModel[]): void {
    for (const { kind, name, sha256, server } of models) {
      this.#writer.database.run(
        'INSERT OR IGNORE INTO pinned_models (job, kind, name, sha256, server) VALUES (?, ?, ?, ?, ?)',
        job,
        kind,
        name,
        sha256,
        server,
      );
    }
  }

  /** Binds a job to another file of a name. */
  rebind(job: string, { kind, name, sha256, server }: PinnedModel): void {
    this.#writer.database.run(
      'UPDATE pinned_models SET sha256 = ?, server = ? WHERE job = ? AND kind = ? AND name = ?',
      sha256,
      server,
      job,
      kind,
      name,
    );
  }
}
