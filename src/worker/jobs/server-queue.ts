import { PixelsError } from '../../protocol/errors.ts';
import type { EngineStamp, Lane, RunStage } from '../../protocol/jobs.ts';
import { bindRecipe } from '../../project/workflows/bind.ts';
import type { Workflow } from '../../project/workflows/definition.ts';
import type { Graph } from '../../project/workflows/graph.ts';
import type { OutputImage, PromptState } from '../comfyui/api.ts';
import type { ComfyMessage } from '../comfyui/frames.ts';
import type { ServerLink } from '../comfyui/server-link.ts';
import { failPoint } from '../failpoint.ts';
import type { Log } from '../log.ts';
import type { Journal } from '../store/journal.ts';
import type { RunRecord } from '../store/rows.ts';
import { ACTIVE_STATES } from '../store/run-states.ts';
import type { StepTimes } from '../store/step-times.ts';
import type { Collector } from './collect.ts';
import { engineFailure } from './engine-failure.ts';
import type { LiveRuns } from './live-runs.ts';
import { isBefore, type Scheduler } from './scheduler.ts';
import { stageOfClass, trackRun, type TrackedRun } from './tracked-run.ts';

/** One run executes and one is parked, so that the engine never waits and reordering stays possible. */
const HELD_RUNS = 2;
/** After this silence the engine is asked. */
const SILENCE_MS = 3_000;
const WATCH_MS = 1_000;
/** How long "unknown" must last before it is believed: a POST may still be on its way. */
const SETTLE_MS = 2_000;
const PREVIEW_MS = 16;

/** Lossy news of a run. */
export interface RunNews {
  progress(
    run: TrackedRun,
    stage: RunStage,
    value: number,
    max: number,
    etaMs: number | null,
  ): void;
  preview(run: TrackedRun, mime: string, step: number, image: Uint8Array): void;
}

export interface ServerQueueParts {
  link: ServerLink;
  journal: Journal;
  scheduler: Scheduler;
  collector: Collector;
  live: LiveRuns;
  stepTimes: StepTimes;
  news: RunNews;
  log: Log;
  /** Bytes and mime type of an init image. */
  readInit: (digest: string) => Promise<{ bytes: Uint8Array; mime: string }>;
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
  readonly #held = new Map<string, TrackedRun>();
  readonly #uploads = new Map<string, string>();
  #collecting = 0;
  #loaded: string | null = null;
  #filling = false;
  #fillAgain = false;
  #watching = false;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(parts: ServerQueueParts) {
    this.#parts = parts;
  }

  get name(): string {
    return this.#parts.link.name;
  }

  get link(): ServerLink {
    return this.#parts.link;
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
    this.#uploads.clear();
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
    const { link, scheduler, mayStart } = this.#parts;
    while (!this.#closed && mayStart() && link.state === 'ready' && link.inventory !== null) {
      if ([...this.#held.values()].some(run => run.phase === 'uncertain')) return;
      if (this.#held.size >= HELD_RUNS && !(await this.#makeRoomForUrgent())) return;
      const next = scheduler.next(link.inventory, this.#loaded);
      if (next === null) return;
      await this.#handOver(next.record, next.lane);
    }
  }

  /** A parked run of a later lane gives way to a waiting one of an earlier lane. */
  async #makeRoomForUrgent(): Promise<boolean> {
    const { link, scheduler } = this.#parts;
    const urgent = link.inventory === null ? null : scheduler.urgentLane(link.inventory);
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
      else if (run.phase === 'posting') run.withdrawWish = reason;
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
    const moved = journal.transition(run.key, ['parked'], 'queued', reason, {
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

  // Handing over

  #workflowOf(record: RunRecord): Workflow {
    const workflow = this.#parts.journal.graph(record.run.recipe.graph) as Workflow | null;
    if (workflow === null) {
      throw new PixelsError('internal', 'The graph of this run is missing from the journal.');
    }
    return workflow;
  }

  #bind(record: RunRecord, initImage: string | null): Graph {
    return bindRecipe(this.#workflowOf(record), record.run.recipe, {
      savePrefix: `dgx-pixels/${record.run.promptId}`,
      initImage,
    });
  }

  async #uploadInit(record: RunRecord): Promise<string | null> {
    const { init } = record.run.recipe;
    if (init === null) return null;
    const known = this.#uploads.get(init.image);
    if (known !== undefined) return known;
    const { bytes, mime } = await this.#parts.readInit(init.image);
    const extension = mime === 'image/png' ? 'png' : (mime.split('/')[1] ?? 'png');
    const name = await this.#parts.link.api.uploadImage(`${init.image}.${extension}`, bytes, mime);
    this.#uploads.set(init.image, name);
    return name;
  }

  async #handOver(record: RunRecord, lane: Lane): Promise<void> {
    const { link, journal, log } = this.#parts;
    const run = trackRun(record, lane, 'posting');
    const parked = journal.transition(run.key, ['queued'], 'parked', `handed to ${this.name}`, {
      server: this.name,
      posted: 1,
    });
    if (!parked) return;
    this.#held.set(run.promptId, run);
    try {
      const init = await this.#uploadInit(record);
      const { clientId } = link;
      if (clientId === null) {
        throw new PixelsError('engine-unavailable', 'The connection to the engine was lost.', {
          maybeDelivered: false,
        });
      }
      run.graph = this.#bind(record, init);
      run.clientId = clientId;
      failPoint('before-post');
      await link.api.postPrompt({
        promptId: run.promptId,
        clientId,
        graph: run.graph,
        pngInfo: {
          dgx_pixels: {
            size: record.run.recipe.size,
            recipeDigest: record.run.recipeDigest,
            drawDigest: record.run.drawDigest,
          },
        },
        previews: true,
      });
      failPoint('after-post');
      run.lastHeardAt = Date.now();
      journal.confirmPosted(run.key);
      this.#loaded = record.run.recipe.checkpoint;
      // Events of the run may have come before the answer did.
      if ((run.phase as TrackedRun['phase']) === 'posting') run.phase = 'parked';
      await this.#catchUp(run);
    } catch (error) {
      log.warn({ error, server: this.name, run: run.key }, 'posting a run failed');
      this.#postFailed(run, error);
    }
  }

  /** Commands that came while the run was being posted. */
  async #catchUp(run: TrackedRun): Promise<void> {
    const asked = this.#parts.journal.record(run.key.job, run.key.index)?.cancelAsked === true;
    if (asked) await this.cancel(run.key);
    else if (run.withdrawWish !== null) await this.#withdraw(run, run.withdrawWish);
  }

  #postFailed(run: TrackedRun, error: unknown): void {
    const { journal } = this.#parts;
    if (PixelsError.is(error, 'engine-unavailable')) {
      if (error.data?.['maybeDelivered'] === false) {
        journal.transition(run.key, ['parked'], 'queued', error.message, {
          server: null,
          posted: 0,
        });
        this.#letGo(run);
      } else {
        // Whether it arrived is asked for when the engine answers again; it is not posted twice.
        run.phase = 'uncertain';
        run.clientId = null;
      }
      return;
    }
    const failure = PixelsError.is(error)
      ? error
      : new PixelsError('internal', `The run could not be handed over: ${String(error)}`);
    journal.transition(run.key, ACTIVE_STATES, 'failed', failure.message, {
      error: failure.toWire(),
    });
    this.#letGo(run);
  }

  // Following

  /** An event of the server's socket. Events of prompts that are not ours are ignored. */
  message(message: ComfyMessage): void {
    try {
      this.#heed(message);
    } catch (error) {
      this.#parts.log.error(
        { error, server: this.name },
        'an event of the engine could not be written',
      );
    }
  }

  #heed(message: ComfyMessage): void {
    if (message.kind === 'other') return;
    const run = this.#held.get(message.promptId);
    if (run === undefined) return;
    run.lastHeardAt = Date.now();
    run.unknownSince = null;
    switch (message.kind) {
      case 'start':
        this.#began(run, 'the engine began');
        break;
      case 'node':
        this.#began(run, 'the engine began');
        this.#enterNode(run, message.node);
        break;
      case 'progress':
        this.#began(run, 'the engine began');
        this.#stepped(run, message.node, message.value, message.max);
        break;
      case 'preview':
        if (run.lastHeardAt - run.lastPreviewAt >= PREVIEW_MS) {
          run.lastPreviewAt = run.lastHeardAt;
          this.#parts.news.preview(run, message.mime, run.times.steps, message.image);
        }
        break;
      case 'error':
        run.failure = message;
        break;
      case 'interrupted':
        run.interrupted = true;
        break;
      case 'end':
        this.#end(run);
        break;
    }
  }

  #began(run: TrackedRun, reason: string): void {
    if (run.phase === 'executing') return;
    run.phase = 'executing';
    run.times.started = Date.now();
    this.#parts.journal.transition(run.key, ['parked'], 'loading', reason, {
      startedAt: run.times.started,
      posted: 2,
    });
    this.#tell(run, 'loading', 0, 0);
    this.kick();
  }

  #graphOf(run: TrackedRun): Graph {
    // Only node ids and classes are needed here, so the name of an init image does not matter.
    run.graph ??= this.#bind(run.record, 'init.png');
    return run.graph;
  }

  #enterNode(run: TrackedRun, node: string): void {
    const stage = stageOfClass(this.#graphOf(run)[node]?.class_type ?? '');
    if (stage === 'sampling') this.#tell(run, 'sampling', 0, run.record.run.recipe.steps);
    else this.#tell(run, stage, 0, 0);
  }

  #stepped(run: TrackedRun, node: string, value: number, max: number): void {
    const stage = stageOfClass(this.#graphOf(run)[node]?.class_type ?? '');
    if (stage === 'sampling') {
      const now = Date.now();
      if (run.times.firstStep === null) {
        run.times.firstStep = now;
        this.#parts.journal.transition(run.key, ['loading', 'parked'], 'running', 'sampling');
        failPoint('while-sampling');
      }
      run.times.lastStep = now;
      run.times.steps = value;
    }
    this.#tell(run, stage, value, max);
  }

  /** Milliseconds until the run ends, from what was learnt and what is seen now. */
  #etaOf(run: TrackedRun, stage: RunStage, value: number, max: number): number | null {
    const known = this.#parts.stepTimes.lookUp(this.name, run.record.run.recipe);
    const { firstStep, lastStep } = run.times;
    const measured =
      firstStep !== null && lastStep !== null && value > 1
        ? (lastStep - firstStep) / (value - 1)
        : null;
    const step = measured ?? known?.step ?? null;
    if (step === null) return null;
    const steps = stage === 'sampling' ? max - value : run.record.run.recipe.steps;
    const ahead = stage === 'decoding' || stage === 'saving' ? 0 : step * steps;
    return Math.max(0, Math.round(ahead + (known?.rest ?? 0)));
  }

  #tell(run: TrackedRun, stage: RunStage, value: number, max: number): void {
    const eta = this.#etaOf(run, stage, value, max);
    this.#parts.live.set(run.key, {
      stage,
      value,
      max,
      endsAt: eta === null ? null : Date.now() + eta,
    });
    this.#parts.news.progress(run, stage, value, max, eta);
  }

  // Ending

  /** The engine is done with a run: its place is free at once, its results are fetched beside the next run. */
  #end(run: TrackedRun): void {
    if (run.phase === 'ended') return;
    run.phase = 'ended';
    this.#held.delete(run.promptId);
    this.#collecting++;
    void this.#bringHome(run)
      .catch((error: unknown) => {
        // The journal itself could not be written (a full disk): keep hold of the run and try again.
        this.#parts.log.error({ error, run: run.key }, 'bringing a run home failed');
        run.phase = 'uncertain';
        this.#held.set(run.promptId, run);
      })
      .finally(() => {
        this.#collecting--;
        this.#parts.live.delete(run.key);
        this.kick();
      });
    this.kick();
  }

  async #bringHome(run: TrackedRun): Promise<void> {
    const { link, journal } = this.#parts;
    journal.transition(
      run.key,
      ['parked', 'loading', 'running'],
      'finishing',
      'the engine is done',
      {
        startedAt: run.times.started ?? run.record.run.startedAt ?? Date.now(),
        posted: 2,
      },
    );
    this.#learn(run);
    this.#tell(run, 'fixing', 0, 0);
    for (let attempt = 0; ; attempt++) {
      try {
        const history = await link.api.history(run.promptId);
        if (history !== null) {
          this.#judge(run, history.messages);
          if (run.interrupted) this.#cancelled(run);
          else if (run.failure !== null) this.#fail(run, engineFailure(run.failure));
          else await this.#collect(run, [...history.images.entries()]);
          return;
        }
        const state = await link.api.promptState(run.promptId);
        if (state === 'cancelled') this.#cancelled(run);
        else if (state === 'unknown') await this.#decideUnknown(run);
        else if (attempt < 20) {
          await new Promise(resolve => setTimeout(resolve, 50 * (attempt + 1)));
          continue;
        } else {
          this.#fail(
            run,
            engineFailure(
              run.failure ?? { exceptionType: '', message: 'it gave no result', nodeType: '' },
            ),
          );
        }
        return;
      } catch (error) {
        if (PixelsError.is(error, 'engine-unavailable') && !this.#closed) {
          // The engine went away while its results were fetched: take it up again when it is back.
          run.phase = 'uncertain';
          run.clientId = null;
          this.#held.set(run.promptId, run);
          return;
        }
        this.#fail(
          run,
          PixelsError.is(error)
            ? error
            : new PixelsError(
                'internal',
                `The result could not be stored: ${error instanceof Error ? error.message : String(error)}`,
              ),
        );
        return;
      }
    }
  }

  /** What the history says about a run whose events were missed. */
  #judge(run: TrackedRun, messages: readonly [string, Record<string, unknown>][]): void {
    for (const [type, data] of messages) {
      if (type === 'execution_interrupted') run.interrupted = true;
      if (type === 'execution_error') {
        run.failure ??= {
          exceptionType: String(data['exception_type'] ?? ''),
          message: String(data['exception_message'] ?? ''),
          nodeType: String(data['node_type'] ?? ''),
        };
      }
    }
  }

  #learn(run: TrackedRun): void {
    const { started, firstStep, lastStep, steps } = run.times;
    if (started === null || firstStep === null || lastStep === null || steps < 2) return;
    const step = (lastStep - firstStep) / (steps - 1);
    this.#parts.stepTimes.learn(this.name, run.record.run.recipe, {
      step,
      load: Math.max(0, firstStep - started - step),
      rest: Math.max(0, Date.now() - lastStep),
    });
  }

  #stamp(run: TrackedRun): EngineStamp {
    const { link } = this.#parts;
    const { recipe } = run.record.run;
    return {
      engine: link.isBuiltin ? 'builtin' : 'comfyui',
      version: link.engineVersion,
      server: this.name,
      models: [
        { kind: 'checkpoint', name: recipe.checkpoint, sha256: null },
        ...(recipe.vae === null ? [] : [{ kind: 'vae', name: recipe.vae, sha256: null }]),
        ...recipe.loras.map(lora => ({ kind: 'lora', name: lora.name, sha256: null })),
      ],
    };
  }

  async #collect(run: TrackedRun, shown: readonly [string, OutputImage[]][]): Promise<void> {
    const workflow = this.#workflowOf(run.record);
    const saving = workflow.roles.save ?? [];
    const outputs = shown
      .filter(([node]) => saving.includes(node))
      .flatMap(([, images]) => images.filter(image => image.type === 'output'));
    const wanted = run.record.run.recipe.batch;
    if (outputs.length < wanted) {
      this.#fail(
        run,
        new PixelsError(
          'engine-failed',
          `The engine ended without an error but saved ${outputs.length} of ${wanted} images.`,
          { saved: outputs.length, wanted },
        ),
      );
      return;
    }
    await this.#store(run, outputs);
  }

  async #store(run: TrackedRun, outputs: readonly OutputImage[]): Promise<void> {
    const { collector, journal, link } = this.#parts;
    const engine = this.#stamp(run);
    const collected = await collector.collect(
      link.api,
      run.record.run,
      this.#graphOf(run),
      engine,
      outputs,
    );
    if (collected === null) {
      this.#lose(run, 'the engine finished it, but its images are gone from the server');
      return;
    }
    const ended = journal.write(() => {
      collected.commit();
      return journal.transition(run.key, ACTIVE_STATES, 'done', 'images stored', {
        images: collected.images,
        warnings: [...run.record.run.warnings, ...collected.warnings],
        engine,
        error: null,
      });
    });
    failPoint('after-commit');
    if (ended) {
      await link.api.deleteHistory(run.promptId).catch(() => undefined);
    }
  }

  #cancelled(run: TrackedRun): void {
    const asked = this.#parts.journal.record(run.key.job, run.key.index)?.cancelAsked === true;
    this.#parts.journal.transition(
      run.key,
      ACTIVE_STATES,
      'cancelled',
      asked ? 'cancelled' : 'interrupted on the server by somebody else',
    );
  }

  #fail(run: TrackedRun, error: PixelsError): void {
    this.#parts.journal.transition(run.key, ACTIVE_STATES, 'failed', error.message, {
      error: error.toWire(),
      engine: this.#stamp(run),
    });
  }

  #lose(run: TrackedRun, reason: string): void {
    const error = new PixelsError(
      'engine-lost',
      `The run is lost: ${reason}. Retry it if you still want it.`,
    );
    this.#parts.journal.transition(run.key, ACTIVE_STATES, 'lost', reason, {
      error: error.toWire(),
    });
  }

  // Asking

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
  }

  async #ask(run: TrackedRun): Promise<void> {
    const state = await this.#parts.link.api.promptState(run.promptId);
    if (this.#held.get(run.promptId) !== run) return;
    if (state !== 'unknown') {
      run.unknownSince = null;
      this.#parts.journal.confirmPosted(run.key);
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
          this.#began(run, 'the engine is at it');
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
          this.#letGo(run);
          await this.#decideUnknown(run);
          this.kick();
        }
        return;
    }
    if (journal.record(run.key.job, run.key.index)?.cancelAsked === true)
      await this.cancel(run.key);
    this.kick();
  }

  /** Output files that a run would have left, by the name its save prefix gives them. */
  async #leftFiles(run: TrackedRun): Promise<{ images: OutputImage[]; missing: number }> {
    const images: OutputImage[] = [];
    let missing = 0;
    for (let place = 1; place <= run.record.run.recipe.batch; place++) {
      const image: OutputImage = {
        filename: `${run.promptId}_${String(place).padStart(5, '0')}_.png`,
        subfolder: 'dgx-pixels',
        type: 'output',
      };
      if ((await this.#parts.link.api.view(image)) === null) missing++;
      else images.push(image);
    }
    return { images, missing };
  }

  /**
   * The engine does not know the run. Its files decide: all there, then it is done; none, then it never ran to its end and may be queued once
   * more; some, or anything unclear, then it is lost.
   */
  async #decideUnknown(run: TrackedRun): Promise<void> {
    const { journal } = this.#parts;
    const { images, missing } = await this.#leftFiles(run);
    if (missing === 0) {
      try {
        await this.#store(run, images);
      } catch (error) {
        if (!PixelsError.is(error, 'invalid-image')) throw error;
        this.#lose(run, 'the engine restarted while it was saving the images');
      }
      return;
    }
    const record = journal.record(run.key.job, run.key.index);
    if (record === null) return;
    if (record.cancelAsked) {
      journal.transition(
        run.key,
        ACTIVE_STATES,
        'cancelled',
        'cancelled; the engine no longer knows it',
      );
      return;
    }
    if (images.length > 0) {
      this.#lose(run, `the engine forgot it with ${images.length} of its images saved`);
      return;
    }
    const policy = journal.job(run.key.job)?.retryLost ?? 'ask';
    const reached = record.posted === 2;
    if (!reached || (policy === 'once' && record.lostRetries === 0)) {
      journal.transition(
        run.key,
        ACTIVE_STATES,
        'queued',
        reached
          ? 'the engine restarted before any image existed; queued once more (retryLost: once)'
          : 'it never reached the engine; queued again',
        {
          server: null,
          posted: 0,
          startedAt: null,
          nextAttempt: true,
          lostRetries: record.lostRetries + (reached ? 1 : 0),
        },
      );
      return;
    }
    this.#lose(
      run,
      policy === 'ask'
        ? 'the engine restarted before any image existed (retryLost: ask)'
        : 'the engine restarted again before any image existed',
    );
  }

  // Commands

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
      journal.transition(run.key, ['parked'], 'cancelled', 'cancelled before it began');
      this.#letGo(run);
      this.kick();
    } else if (state === 'cancelled' && run.phase !== 'executing') {
      run.interrupted = true;
      this.#end(run);
    }
  }
}
