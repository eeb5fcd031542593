import { setTimeout as sleep } from 'node:timers/promises';
import { PixelsError } from '../../protocol/errors.ts';
import type { Lane } from '../../protocol/jobs.ts';
import type { Recipe } from '../../protocol/recipe.ts';
import type { ServerLink } from '../comfyui/server-link.ts';
import type { Log } from '../log.ts';
import type { Journal } from '../store/journal.ts';
import type { RunRecord } from '../store/rows.ts';
import type { Placement } from './placement.ts';
import type { Choice, FreeServer, Scheduler } from './scheduler.ts';

/** An idle ComfyUI does what `/free` asks for within this long; a prompt that comes sooner may overtake it. */
const FREEING_MS = 250;

export interface RunChooserParts {
  link: ServerLink;
  journal: Journal;
  scheduler: Scheduler;
  placement: Placement;
  /** Checkpoints that the other servers have loaded. */
  elsewhere: () => ReadonlySet<string>;
  /** Sees to it that a run fits into the server's memory: false = not before the server is idle; rejects when it never can. */
  makeRoom: (recipe: Recipe, idle: boolean) => true | Promise<boolean>;
  /** A run was found to be none for this server. */
  refused: () => void;
  log: Log;
}

/** Chooses what one server draws next, and sees to it that it can. */
export class RunChooser {
  readonly #parts: RunChooserParts;
  /** Contents of the files that the server has loaded under their names. */
  #loaded = new Map<string, string>();

  constructor(parts: RunChooserParts) {
    this.#parts = parts;
  }

  /** The server was restarted, or may have been: it has nothing in its cache. */
  forget(): void {
    this.#loaded.clear();
  }

  #server(checkpoint: string | null): FreeServer {
    const { link, placement, elsewhere } = this.#parts;
    return {
      draws: record => placement.verdict(link, record) === 'yes',
      loaded: checkpoint,
      elsewhere: elsewhere(),
    };
  }

  /** @param checkpoint of the server's newest run */
  choose(checkpoint: string | null): Choice | null {
    return this.#parts.scheduler.next(this.#server(checkpoint));
  }

  /** Lane of the most urgent run that waits for the server. */
  urgentLane(): Lane | null {
    return this.#parts.scheduler.urgentLane(this.#server(null));
  }

  /**
   * Readies the server for a run. Meanwhile much may happen: choose again before it is handed over.
   * @param idle whether the server holds nothing
   * @returns false when the server can take nothing at present
   */
  async prepare(record: RunRecord, idle: boolean): Promise<boolean> {
    const { link, placement, refused } = this.#parts;
    if (await placement.refresh(link.name, record)) {
      await link.refreshInventory().catch(() => undefined);
    }
    const verdict = placement.verdict(link, record);
    if (PixelsError.is(verdict)) refused();
    if (verdict !== 'yes') return true;
    if (!(await this.#makeRoom(record, idle))) return false;
    await this.#forgetReplaced(record);
    return true;
  }

  async #makeRoom({ run }: RunRecord, idle: boolean): Promise<boolean> {
    const { journal, makeRoom } = this.#parts;
    try {
      return await makeRoom(run.recipe, idle);
    } catch (error) {
      if (!PixelsError.is(error, 'engine-out-of-memory')) return false;
      const key = { job: run.job, index: run.index, attempt: run.attempt };
      const change = { error: error.toWire() };
      journal.runs.transition(key, ['queued'], 'failed', error.message, change);
      return true;
    }
  }

  /** ComfyUI finds loaded files by name: of one that was replaced it would draw with the old content. */
  async #forgetReplaced(record: RunRecord): Promise<void> {
    const { link, placement, log } = this.#parts;
    const contents = placement.contents(link.name, record);
    const replaced = [...contents].filter(([name, content]) => {
      const before = this.#loaded.get(name);
      return before !== undefined && before !== content;
    });
    if (replaced.length === 0) return;
    log.info({ server: link.name, files: replaced.map(([name]) => name) }, 'files were replaced');
    await link.api.free();
    await sleep(FREEING_MS);
    this.#loaded.clear();
  }

  /** The run is being handed over. */
  take(choice: Choice): void {
    const { link, scheduler, placement } = this.#parts;
    scheduler.take(choice);
    placement.bind(link.name, choice.record);
    for (const [name, content] of placement.contents(link.name, choice.record)) {
      this.#loaded.set(name, content);
    }
  }
}
