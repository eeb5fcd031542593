import { PixelsError } from '../../protocol/errors.ts';
import type { Lane } from '../../protocol/jobs.ts';
import type { Recipe } from '../../protocol/recipe.ts';
import type { PromptState } from '../comfyui/prompt-state.ts';
import type { ComfyMessage } from '../comfyui/frames.ts';
import type { ServerLink } from '../comfyui/server-link.ts';
import { failPoint } from '../failpoint.ts';
import type { Log } from '../log.ts';
import type { ModelHash } from '../models/run-models.ts';
import type { Journal } from '../store/journal.ts';
import type { RunRecord } from '../store/rows.ts';
import { ACTIVE_STATES } from '../store/run-states.ts';
import type { StepTimes } from '../store/step-times.ts';
import type { Collector } from './collect.ts';
import { fetchEarly, Homecoming } from './homecoming.ts';
import { leaveToIdle } from './idle-server.ts';
import type { LiveRuns } from './live-runs.ts';
import type { Placement } from './placement.ts';
import { RunFollower, type RunNews } from './run-follower.ts';
import { RunGraphs } from './run-graphs.ts';
import { type InitImage, RunPoster } from './run-poster.ts';
import { RunChooser } from './run-chooser.ts';
import { type Choice, isBefore, type Scheduler } from './scheduler.ts';
import { trackRun, type TrackedRun } from './tracked-run.ts';

/** One run executes and one is parked, so that the engine never waits and reordering stays possible. */
const HELD_RUNS = 2;
/** After this silence the engine is asked. */
const SILENCE_MS = 3_000;
const WATCH_MS = 1_000;
/** How long "unknown" must last before it is believed: a POST may still be on its way. */
const SETTLE_MS = 2_000;

export interface ServerQueueParts {
  link: ServerLink;
  modelHash: ModelHash;
  placement: Placement;
  /** Sees to it that a run fits into the server's memory: false = not before the server is idle; rejects when it never can. */
  makeRoom: (recipe: Recipe, idle: boolean) => true | Promise<boolean>;
  journal: Journal;
  scheduler: Scheduler;
  collector: Collector;
  live: LiveRuns;
  stepTimes: StepTimes;
  news: RunNews;
  /** All servers' queues, this one among them. */
  queues: () => readonly ServerQueue[];
  /** A waiting run was found to be none for this server. */
  refused: () => void;
  log: Log;
  /** Bytes and mime type of an init image. */
  readInit: (digest: string) => Promise<InitImage>;
  /** False while the worker drains: nothing new is handed out. */
  mayStart: () => boolean;
}

/**
 * Everything between the journal and one engine: hands runs over, follows them, asks about silent ones, and brings their results
 * home. Every decision is written to the journal before it is acted upon, so that a kill at any place leaves a state from which the truth
 * can be found.
 */
export class ServerQueue {
  readonly #parts: ServerQueueParts;
  readonly #follower: RunFollower;
  readonly #homecoming: Homecoming;
  readonly #poster: RunPoster;
  readonly #chooser: RunChooser;
  readonly #held = new Map<string, TrackedRun>();
  #collecting = 0;
  #loaded: string | null = null;
  #filling = false;
  #fillAgain = false;
  #watching = false;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(parts: ServerQueueParts) {
    const { link, journal, collector, live, stepTimes, news } = parts;
    this.#parts = parts;
    const graphs = new RunGraphs(journal);
    this.#follower = new RunFollower({
      server: link.name,
      journal,
      graphs,
      live,
      stepTimes,
      news,
      fetchEarly: (run, images) => {
        fetchEarly(link.api, run, images);
      },
    });
    this.#poster = new RunPoster(link, graphs, parts.readInit);
    this.#chooser = new RunChooser({
      ...parts,
      elsewhere: () => this.#loadedElsewhere(),
    });
    this.#homecoming = new Homecoming({
      link,
      journal,
      collector,
      graphs,
      follower: this.#follower,
      modelHash: parts.modelHash,
    });
  }

  get name(): string {
    return this.#parts.link.name;
  }

  get link(): ServerLink {
    return this.#parts.link;
  }

  /** Checkpoint of the newest run. */
  get loaded(): string | null {
    return this.#loaded;
  }

  #loadedElsewhere(): Set<string> {
    return new Set(
      this.#others.flatMap(queue => (queue.link.state === 'ready' ? (queue.loaded ?? []) : [])),
    );
  }

  /** Runs the engine holds, those whose results are being fetched included. */
  get busy(): number {
    return this.#held.size + this.#collecting;
  }

  /** Ids `job:index` of what executes and what is parked. */
  holding(): { executing: string | null; parked: string | null } {
    const idOf = (run: TrackedRun | undefined): string | null =>
      run === undefined ? null : `${run.key.job}:${run.key.index}`;
    const held = [...this.#held.values()];
    return {
      executing: idOf(held.find(run => run.phase === 'executing')),
      parked: idOf(held.find(run => run.phase === 'parked' || run.phase === 'posting')),
    };
  }

  /** Takes over runs that an earlier process handed to this server, and begins. */
  start(adopted: readonly { record: RunRecord; lane: Lane }[]): void {
    for (const { record, lane } of adopted) {
      const run = trackRun(record, lane, 'uncertain');
      this.#held.set(run.promptId, run);
      this.#loaded = record.run.recipe.checkpoint;
    }
    this.#timer = setInterval(() => void this.#watch(), WATCH_MS);
  }

  /** Stops following; what the engine holds goes on there and is taken over at the next start. */
  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  /** The connection is there (again): ask about everything that is held, then hand out more. */
  async ready(): Promise<void> {
    this.#poster.forgetUploads();
    this.#chooser.forget();
    await this.#watch(true);
    this.kick();
  }

  /** Something changed that may let a run be handed out. */
  kick(): void {
    if (this.#filling) {
      this.#fillAgain = true;
      return;
    }
    this.#filling = true;
    void this.#fill()
      .catch((error: unknown) => {
        this.#parts.log.error({ error, server: this.name }, 'handing out runs failed');
      })
      .finally(() => {
        this.#filling = false;
        if (this.#fillAgain) {
          this.#fillAgain = false;
          this.kick();
        }
      });
  }

  async #fill(): Promise<void> {
    const { link, mayStart, placement } = this.#parts;
    let prepared: string | null = null;
    while (!this.#closed && mayStart() && link.state === 'ready' && link.inventory !== null) {
      if ([...this.#held.values()].some(run => run.phase === 'uncertain')) return;
      if (this.#held.size >= HELD_RUNS && !(await this.#makeRoomForUrgent())) return;
      const choice = this.#chooser.choose(this.#loaded);
      if (choice === null) return;
      if (this.holds > 0 && leaveToIdle(this.#others, choice.record, placement)) return;
      const { promptId } = choice.record.run;
      if (promptId !== prepared) {
        if (!(await this.#chooser.prepare(choice.record, this.#held.size === 0))) return;
        // Meanwhile it may have been paused, moved or taken by another server: it is chosen anew.
        prepared = promptId;
        continue;
      }
      if (!(await this.#handOver(choice))) return;
    }
  }

  get #others(): readonly ServerQueue[] {
    return this.#parts.queues().filter(queue => queue !== this);
  }

  /** Runs that the engine holds. */
  get holds(): number {
    return this.#held.size;
  }

  /** A parked run of a later lane gives way to a waiting one of an earlier lane. */
  async #makeRoomForUrgent(): Promise<boolean> {
    const urgent = this.#chooser.urgentLane();
    if (urgent === null) return false;
    const parked = [...this.#held.values()].find(
      run => run.phase === 'parked' && isBefore(urgent, run.lane),
    );
    return parked !== undefined && (await this.#withdraw(parked, 'made way for a more urgent job'));
  }

  /** Takes parked runs back that a condition names (paused, moved), as far as the engine has not begun them. */
  async withdrawParked(which: (run: TrackedRun) => boolean, reason: string): Promise<void> {
    for (const run of [...this.#held.values()]) {
      if (!which(run)) continue;
      if (run.phase === 'parked') await this.#withdraw(run, reason);
      else if (run.phase === 'posting') {
        run.withdrawWish = reason;
        await run.handedOver;
      }
    }
  }

  async #withdraw(run: TrackedRun, reason: string): Promise<boolean> {
    const { link, journal } = this.#parts;
    if (link.state !== 'ready') return false;
    try {
      await link.api.deletePending(run.promptId);
      if ((await link.api.promptState(run.promptId)) !== 'unknown') return false;
    } catch {
      return false;
    }
    if (this.#held.get(run.promptId) !== run || run.phase !== 'parked') return false;
    const moved = journal.runs.transition(run.key, ['parked'], 'queued', reason, {
      server: null,
      posted: 0,
    });
    if (moved) this.#letGo(run);
    return moved;
  }

  #letGo(run: TrackedRun): void {
    run.phase = 'ended';
    this.#held.delete(run.promptId);
    this.#parts.live.delete(run.key);
  }

  /** @returns false when the engine or the disk cannot take more at present */
  async #handOver(choice: Choice): Promise<boolean> {
    const { journal } = this.#parts;
    const { record, lane } = choice;
    const run = trackRun(record, lane, 'posting');
    const parked = journal.runs.transition(
      run.key,
      ['queued'],
      'parked',
      `handed to ${this.name}`,
      {
        server: this.name,
        posted: 1,
      },
    );
    if (!parked) return true;
    this.#chooser.take(choice);
    this.#loaded = record.run.recipe.checkpoint;
    this.#held.set(run.promptId, run);
    // What was left to this server may be parked elsewhere now.
    if (this.holds === 1) for (const queue of this.#others) queue.kick();
    const handedOver = this.#post(run);
    run.handedOver = handedOver;
    return handedOver;
  }

  async #post(run: TrackedRun): Promise<boolean> {
    const { journal, log } = this.#parts;
    try {
      await this.#poster.post(run);
      failPoint('after-post');
      run.lastHeardAt = Date.now();
      journal.runs.confirmPosted(run.key);
      // Events of the run may have come before the answer did.
      if (run.phase === 'posting') run.phase = 'parked';
      await this.#catchUp(run);
    } catch (error) {
      log.warn({ error, server: this.name, run: run.key }, 'posting a run failed');
      this.#postFailed(run, error);
      // What it refuses it seems to have lost since it was asked; the next run should know before it is posted.
      if (PixelsError.is(error, 'engine-rejected')) this.#parts.link.doubtInventory();
      return !PixelsError.is(error, 'engine-unavailable', 'disk-full');
    }
    return true;
  }

  /** Commands that came while the run was being posted. */
  async #catchUp(run: TrackedRun): Promise<void> {
    const asked = this.#parts.journal.runs.record(run.key.job, run.key.index)?.cancelAsked === true;
    if (asked) await this.cancel(run.key);
    else if (run.withdrawWish !== null) await this.#withdraw(run, run.withdrawWish);
  }

  #postFailed(run: TrackedRun, error: unknown): void {
    const { journal } = this.#parts;
    // Until the journal says otherwise, whether it arrived has to be asked for; it is not posted twice.
    run.phase = 'uncertain';
    run.clientId = null;
    if (PixelsError.is(error, 'engine-unavailable') && error.data?.['maybeDelivered'] === false) {
      journal.runs.transition(run.key, ['parked'], 'queued', error.message, {
        server: null,
        posted: 0,
      });
      this.#letGo(run);
    } else if (!PixelsError.is(error, 'engine-unavailable', 'disk-full')) {
      const failure = PixelsError.is(error)
        ? error
        : new PixelsError('internal', `The run could not be handed over: ${String(error)}`);
      journal.runs.transition(run.key, ACTIVE_STATES, 'failed', failure.message, {
        error: failure.toWire(),
      });
      this.#letGo(run);
    }
  }

  /** An event of the server's socket. Events of prompts that are not ours are ignored. */
  message(message: ComfyMessage): void {
    const run = message.kind === 'other' ? undefined : this.#held.get(message.promptId);
    if (run === undefined) return;
    const before = run.phase;
    try {
      if (this.#follower.heed(run, message)) this.#end(run);
      else if (run.phase !== before) this.kick();
    } catch (error) {
      this.#parts.log.error(
        { error, server: this.name },
        'an event of the engine could not be written',
      );
    }
  }

  /** The engine is done with a run: its place is free at once, its results are fetched beside the next run. */
  #end(run: TrackedRun): void {
    if (run.phase === 'ended') return;
    run.phase = 'ended';
    this.#held.delete(run.promptId);
    this.#collecting++;
    void this.#homecoming
      .bringHome(run)
      .catch((error: unknown) => {
        // The engine went away, or the disk is full: the run is kept hold of and asked about again.
        this.#parts.log.warn({ error, run: run.key }, 'a result could not be brought home yet');
        run.phase = 'uncertain';
        run.clientId = null;
        if (!this.#closed) this.#held.set(run.promptId, run);
      })
      .finally(() => {
        this.#collecting--;
        if (run.phase === 'ended') this.#parts.live.delete(run.key);
        this.kick();
      });
    this.kick();
  }

  async #watch(all = false): Promise<void> {
    if (this.#watching || this.#closed || this.#parts.link.state !== 'ready') return;
    this.#watching = true;
    try {
      const now = Date.now();
      for (const run of [...this.#held.values()]) {
        const silent = now - run.lastHeardAt > SILENCE_MS;
        const unheard = run.phase !== 'posting' && run.clientId !== this.#parts.link.clientId;
        if (run.phase !== 'posting' && (all || unheard || silent || run.phase === 'uncertain')) {
          await this.#ask(run);
        }
      }
    } catch (error) {
      if (!PixelsError.is(error, 'engine-unavailable')) {
        this.#parts.log.warn({ error, server: this.name }, 'asking about runs failed');
      }
    } finally {
      this.#watching = false;
    }
    this.kick();
  }

  async #ask(run: TrackedRun): Promise<void> {
    const state = await this.#parts.link.api.promptState(run.promptId);
    if (this.#held.get(run.promptId) !== run) return;
    if (state !== 'unknown') {
      run.unknownSince = null;
      this.#parts.journal.runs.confirmPosted(run.key);
    }
    await this.#take(run, state);
  }

  async #take(run: TrackedRun, state: PromptState): Promise<void> {
    const { journal } = this.#parts;
    switch (state) {
      case 'pending':
        if (run.phase === 'uncertain') run.phase = 'parked';
        break;
      case 'in_progress':
        if (run.phase === 'parked' || run.phase === 'uncertain') {
          this.#follower.began(run, 'the engine is at it');
        }
        break;
      case 'completed':
      case 'failed':
      case 'cancelled':
        if (state === 'cancelled') run.interrupted = true;
        this.#end(run);
        return;
      case 'unknown':
        run.unknownSince ??= Date.now();
        if (Date.now() - run.unknownSince >= SETTLE_MS) {
          await this.#homecoming.decideUnknown(run);
          this.#letGo(run);
          this.kick();
        }
        return;
    }
    if (journal.runs.record(run.key.job, run.key.index)?.cancelAsked === true)
      await this.cancel(run.key);
    this.kick();
  }

  /** Asks the engine to stop a run that it holds; the journal already says that it is wanted. */
  async cancel(key: { job: string; index: number }): Promise<void> {
    const { link, journal } = this.#parts;
    const run = [...this.#held.values()].find(
      held => held.key.job === key.job && held.key.index === key.index,
    );
    if (run === undefined || run.phase === 'posting' || link.state !== 'ready') return;
    await link.api.cancel(run.promptId);
    const state = await link.api.promptState(run.promptId);
    if (this.#held.get(run.promptId) !== run) return;
    if (state === 'unknown' && run.phase === 'parked') {
      // Taken out of the queue before it began; the engine keeps no record of such.
      journal.runs.transition(run.key, ['parked'], 'cancelled', 'cancelled before it began');
      this.#letGo(run);
      this.kick();
    } else if (state === 'cancelled' && run.phase !== 'executing') {
      run.interrupted = true;
      this.#end(run);
    }
  }
}
