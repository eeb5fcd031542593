import type { Migration } from './migration.ts';

/** What was read of model files. */
export const modelsMigration: Migration = {
  name: '2026-11-22-models',
  sql: `
    CREATE TABLE model_files (
      path TEXT NOT NULL,
      kind TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      mtime TEXT NOT NULL,
      reader INTEGER NOT NULL,
      facts TEXT,
      scan TEXT,
      at REAL NOT NULL,
      PRIMARY KEY (path, kind)
    ) WITHOUT ROWID;
  `,
};
