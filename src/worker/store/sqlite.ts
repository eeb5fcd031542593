import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { PixelsError } from '../../protocol/errors.ts';

export type SqlValue = null | number | string | Uint8Array;
export type Row = Record<string, unknown>;

/**
 * Loads Node's own SQLite.
 * @throws PixelsError with one sentence when this Node has none
 */
function loadSqlite(): typeof import('node:sqlite') {
  const sqlite = process.getBuiltinModule('node:sqlite') as
    typeof import('node:sqlite') | undefined;
  if (sqlite === undefined) {
    throw new PixelsError(
      'internal',
      `This Node (${process.version}) has no node:sqlite, which the job journal needs; use Node 22.13 or newer.`,
    );
  }
  return sqlite;
}

/** A thin cover over a SQLite connection: cached statements and nested-safe transactions. */
export class Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #depth = 0;

  constructor(path: string, options: { readOnly?: boolean } = {}) {
    const { DatabaseSync: Connection } = loadSqlite();
    this.#connection = new Connection(path, { readOnly: options.readOnly ?? false });
  }

  /** Runs statements that return nothing and are not repeated. */
  execute(sql: string): void {
    this.#connection.exec(sql);
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** @returns the number of rows changed */
  run(sql: string, ...values: SqlValue[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  /** @returns the row id of the inserted row */
  insert(sql: string, ...values: SqlValue[]): number {
    return Number(this.#statement(sql).run(...values).lastInsertRowid);
  }

  get(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.#statement(sql).get(...values);
  }

  all(sql: string, ...values: SqlValue[]): Row[] {
    return this.#statement(sql).all(...values);
  }

  /** Runs `work` as one transaction: all of it happens, or, when it throws, nothing. Inner transactions join the outer one. */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    this.#connection.exec('BEGIN IMMEDIATE');
    this.#depth++;
    try {
      const result = work();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      try {
        this.#connection.exec('ROLLBACK');
      } catch {
        // SQLite has rolled back by itself, e.g. on a full disk.
      }
      throw error;
    } finally {
      this.#depth--;
    }
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }
}
