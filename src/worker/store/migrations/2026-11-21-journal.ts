import type { Migration } from './migration.ts';

/** Jobs, runs, their history, events, artifacts, pins and what was learnt of servers. */
export const journalMigration: Migration = {
  name: '2026-11-21-journal',
  sql: `
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE jobs (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      lane INTEGER NOT NULL,
      title TEXT NOT NULL,
      project TEXT,
      grp TEXT,
      spec TEXT NOT NULL,
      spec_digest TEXT NOT NULL,
      retry_lost TEXT NOT NULL,
      state TEXT NOT NULL,
      paused INTEGER NOT NULL DEFAULT 0,
      rank REAL NOT NULL,
      overtaken INTEGER NOT NULL DEFAULT 0,
      total INTEGER NOT NULL,
      queued INTEGER NOT NULL,
      active INTEGER NOT NULL DEFAULT 0,
      done INTEGER NOT NULL DEFAULT 0,
      failed INTEGER NOT NULL DEFAULT 0,
      cancelled INTEGER NOT NULL DEFAULT 0,
      lost INTEGER NOT NULL DEFAULT 0,
      error TEXT,
      placeholder INTEGER NOT NULL DEFAULT 0,
      words TEXT NOT NULL,
      created_at REAL NOT NULL,
      updated_at REAL NOT NULL,
      finished_at REAL
    ) WITHOUT ROWID;
    CREATE INDEX jobs_by_age ON jobs (created_at DESC, id DESC);
    CREATE INDEX jobs_by_state ON jobs (state, created_at DESC, id DESC);
    CREATE INDEX jobs_by_project ON jobs (project, created_at DESC, id DESC) WHERE project IS NOT NULL;
    CREATE INDEX jobs_by_group ON jobs (grp, created_at DESC, id DESC) WHERE grp IS NOT NULL;
    CREATE INDEX jobs_waiting ON jobs (lane, rank, id) WHERE queued > 0;
    CREATE INDEX jobs_unfinished ON jobs (lane, rank, id) WHERE queued > 0 OR active > 0;

    CREATE TABLE runs (
      job TEXT NOT NULL,
      idx INTEGER NOT NULL,
      name TEXT,
      state TEXT NOT NULL,
      attempt INTEGER NOT NULL DEFAULT 1,
      prompt_id TEXT NOT NULL,
      server TEXT,
      posted INTEGER NOT NULL DEFAULT 0,
      lost_retries INTEGER NOT NULL DEFAULT 0,
      cancel_asked INTEGER NOT NULL DEFAULT 0,
      recipe TEXT NOT NULL,
      checkpoint TEXT NOT NULL,
      init TEXT,
      draw_digest TEXT NOT NULL,
      recipe_digest TEXT NOT NULL,
      error TEXT,
      images TEXT NOT NULL DEFAULT '[]',
      warnings TEXT NOT NULL DEFAULT '[]',
      engine TEXT,
      created_at REAL NOT NULL,
      started_at REAL,
      finished_at REAL,
      PRIMARY KEY (job, idx)
    ) WITHOUT ROWID;
    CREATE INDEX runs_queued ON runs (job, idx) WHERE state = 'queued';
    CREATE INDEX runs_active ON runs (server) WHERE state IN ('parked', 'loading', 'running', 'finishing');

    CREATE INDEX runs_by_init ON runs (init) WHERE init IS NOT NULL;

    CREATE TABLE transitions (
      id INTEGER PRIMARY KEY,
      job TEXT NOT NULL,
      idx INTEGER NOT NULL,
      attempt INTEGER NOT NULL,
      at REAL NOT NULL,
      from_state TEXT,
      to_state TEXT NOT NULL,
      reason TEXT NOT NULL
    );
    CREATE INDEX transitions_of_run ON transitions (job, idx, id);

    CREATE TABLE graphs (digest TEXT PRIMARY KEY, workflow TEXT NOT NULL, definition TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE events (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      type TEXT NOT NULL,
      job TEXT,
      body TEXT NOT NULL
    );

    CREATE TABLE lanes (lane INTEGER PRIMARY KEY, paused INTEGER NOT NULL);

    CREATE TABLE artifacts (
      digest TEXT PRIMARY KEY,
      bytes INTEGER NOT NULL,
      mime TEXT NOT NULL,
      width INTEGER,
      height INTEGER,
      created_at REAL NOT NULL,
      origin_job TEXT,
      origin_run INTEGER,
      origin_role TEXT
    ) WITHOUT ROWID;
    CREATE INDEX artifacts_by_age ON artifacts (created_at);
    CREATE TABLE pins (project TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (project, digest)) WITHOUT ROWID;
    CREATE INDEX pins_by_digest ON pins (digest);
    CREATE TABLE keeps (digest TEXT PRIMARY KEY) WITHOUT ROWID;

    CREATE TABLE step_times (
      key TEXT PRIMARY KEY,
      step_ms REAL NOT NULL,
      load_ms REAL NOT NULL,
      rest_ms REAL NOT NULL,
      samples INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE inventories (server TEXT PRIMARY KEY, inventory TEXT NOT NULL, at REAL NOT NULL) WITHOUT ROWID;
  `,
};
