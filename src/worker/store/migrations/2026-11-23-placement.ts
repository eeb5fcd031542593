import type { Migration } from './migration.ts';

/** Which engines may draw a run: what it demands, and the very files that its job was submitted with. */
export const placementMigration: Migration = {
  name: '2026-11-23-placement',
  sql: `
    ALTER TABLE runs ADD COLUMN demand TEXT NOT NULL DEFAULT '';
    CREATE INDEX runs_waiting_by_demand ON runs (job, demand, idx) WHERE state = 'queued';

    CREATE TABLE pinned_models (
      job TEXT NOT NULL,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      server TEXT NOT NULL,
      PRIMARY KEY (job, kind, name)
    ) WITHOUT ROWID;
  `,
};
