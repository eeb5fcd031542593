import type { EventLog } from './event-log.ts';
import { JobTable } from './job-table.ts';
import { KnowledgeTable } from './knowledge-table.ts';
import { PinnedModels } from './pinned-models.ts';
import { QueueTable } from './queue-table.ts';
import { RunTable } from './run-table.ts';
import type { Database } from './sqlite.ts';
import { Writer } from './writer.ts';

/** The durable record of jobs and runs, in parts that share one writer. */
export class Journal {
  readonly jobs: JobTable;
  readonly runs: RunTable;
  readonly queue: QueueTable;
  readonly knowledge: KnowledgeTable;
  readonly pinned: PinnedModels;
  readonly #writer: Writer;

  /** @param data the data folder, named in messages about its disk */
  constructor(database: Database, data: string) {
    this.#writer = new Writer(database, data);
    this.runs = new RunTable(this.#writer);
    this.jobs = new JobTable(this.#writer, this.runs);
    this.queue = new QueueTable(this.#writer);
    this.knowledge = new KnowledgeTable(this.#writer);
    this.pinned = new PinnedModels(this.#writer);
  }

  get events(): EventLog {
    return this.#writer.events;
  }

  /** Runs `work` as one transaction; what it records is published after the commit. */
  write<T>(work: () => T): T {
    return this.#writer.write(work);
  }
}
