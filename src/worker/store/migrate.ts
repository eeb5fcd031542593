import { PixelsError } from '../../protocol/errors.ts';
import { journalMigration } from './migrations/2026-11-21-journal.ts';
import { modelsMigration } from './migrations/2026-11-22-models.ts';
import { placementMigration } from './migrations/2026-11-23-placement.ts';
import type { Migration } from './migrations/migration.ts';
import type { Database } from './sqlite.ts';

/** Every step of the schema in order. */
export const MIGRATIONS: readonly Migration[] = [
  journalMigration,
  modelsMigration,
  placementMigration,
];

/**
 * Brings a journal's schema up to date, each step in a transaction of its own.
 * @returns names of the steps applied now
 * @throws PixelsError `conflict` when the journal was written by a newer version
 */
export function migrate(
  database: Database,
  migrations: readonly Migration[] = MIGRATIONS,
): string[] {
  database.execute(
    'CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID',
  );
  const applied = new Set(
    database.all('SELECT name FROM migrations').map(row => String(row['name'])),
  );
  const unknown = [...applied].filter(name => !migrations.some(step => step.name === name));
  if (unknown.length > 0) {
    throw new PixelsError(
      'conflict',
      `The journal was written by a newer version of DGX-Pixels (it has ${unknown.join(', ')}). Update this one.`,
      { unknown },
    );
  }
  const now: string[] = [];
  for (const step of migrations) {
    if (applied.has(step.name)) continue;
    database.transaction(() => {
      database.execute(step.sql);
      database.run('INSERT INTO migrations (name, at) VALUES (?, ?)', step.name, Date.now());
    });
    now.push(step.name);
  }
  return now;
}
