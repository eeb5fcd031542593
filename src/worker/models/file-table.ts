import type { Recipe } from '../../protocol/recipe.ts';
import type { Database } from '../store/sqlite.ts';
import { READER_VERSION, type ModelFacts, type ModelKind } from './facts.ts';
import type { ScanResult } from './safetensors/scan.ts';

/** What tells one content of a path from another without reading it. */
export interface FileStamp {
  path: string;
  bytes: number;
  /** Nanoseconds since 1970, as text. */
  mtime: string;
  /** When it came to lie there, Unix milliseconds: unlike `mtime`, copying and renaming set it. Not remembered. */
  arrivedAt?: number;
}

/** What is known of one content of a file. */
export interface FileKnowledge {
  facts: ModelFacts | null;
  scan: ScanResult | null;
}

function parsed(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : null;
}

/** What was read of model files, remembered for as long as path, size and modification time stay the same. */
export class FileTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @returns null when this content was never read as a model of this kind */
  get({ path, bytes, mtime }: FileStamp, kind: ModelKind): FileKnowledge | null {
    const row = this.#database.get(
      'SELECT reader, facts, scan FROM model_files WHERE path = ? AND kind = ? AND bytes = ? AND mtime = ?',
      path,
      kind,
      bytes,
      mtime,
    );
    if (row === undefined) return null;
    const current = row['reader'] === READER_VERSION;
    return {
      facts: current ? (parsed(row['facts']) as ModelFacts | null) : null,
      scan: parsed(row['scan']) as ScanResult | null,
    };
  }

  /** Remembers this content and forgets an earlier one of the same path. */
  save({ path, bytes, mtime }: FileStamp, kind: ModelKind, { facts, scan }: FileKnowledge): void {
    this.#database.run(
      `INSERT INTO model_files (path, kind, bytes, mtime, reader, facts, scan, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (path, kind) DO UPDATE SET bytes = excluded.bytes, mtime = excluded.mtime, reader = excluded.reader,
         facts = excluded.facts, scan = excluded.scan, at = excluded.at`,
      path,
      kind,
      bytes,
      mtime,
      READER_VERSION,
      facts === null ? null : JSON.stringify(facts),
      scan === null ? null : JSON.stringify(scan),
      Date.now(),
    );
  }

  /** Names of models that the newest runs used. */
  recentModels(runs: number): Set<string> {
    const rows = this.#database.all(
      `SELECT r.recipe FROM runs r JOIN (SELECT id FROM jobs ORDER BY created_at DESC, id DESC LIMIT ?) j ON r.job = j.id
       LIMIT ?`,
      runs,
      runs,
    );
    const names = rows.flatMap(row => {
      const recipe = parsed(row['recipe']) as Recipe | null;
      if (recipe === null) return [];
      return [
        recipe.checkpoint,
        ...(recipe.vae === null ? [] : [recipe.vae]),
        ...recipe.loras.map(lora => lora.name),
      ];
    });
    return new Set(names);
  }
}
