import type { Writer } from './writer.ts';

/** Graphs that runs were made with, and what servers had when they last answered. */
export class KnowledgeTable {
  readonly #writer: Writer;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  saveGraph(digest: string, workflow: string, definition: unknown): void {
    this.#writer.database.run(
      'INSERT OR IGNORE INTO graphs (digest, workflow, definition) VALUES (?, ?, ?)',
      digest,
      workflow,
      JSON.stringify(definition),
    );
  }

  graph(digest: string): unknown {
    const row = this.#writer.database.get('SELECT definition FROM graphs WHERE digest = ?', digest);
    return row === undefined ? null : (JSON.parse(String(row['definition'])) as unknown);
  }

  saveInventory(server: string, inventory: unknown): void {
    this.#writer.database.run(
      `INSERT INTO inventories (server, inventory, at) VALUES (?, ?, ?)
       ON CONFLICT (server) DO UPDATE SET inventory = excluded.inventory, at = excluded.at`,
      server,
      JSON.stringify(inventory),
      Date.now(),
    );
  }

  inventory(server: string): unknown {
    const row = this.#writer.database.get(
      'SELECT inventory FROM inventories WHERE server = ?',
      server,
    );
    return row === undefined ? null : (JSON.parse(String(row['inventory'])) as unknown);
  }
}
