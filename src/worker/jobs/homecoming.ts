import { PixelsError } from '../../protocol/errors.ts';
import type { EngineStamp } from '../../protocol/jobs.ts';
import { recipeDigest } from '../../project/digest.ts';
import type { ComfyApi, HistoryEntry } from '../comfyui/api.ts';
import type { OutputImage } from '../comfyui/output-images.ts';
import { OUR_FOLDER, outputName } from '../comfyui/outputs/names.ts';
import type { ServerLink } from '../comfyui/server-link.ts';
import { failPoint } from '../failpoint.ts';
import { hashedModelsOf, type ModelHash } from '../models/run-models.ts';
import type { Journal } from '../store/journal.ts';
import { ACTIVE_STATES } from '../store/run-states.ts';
import { type Collector, expectedImages } from './collect.ts';
import { engineFailure } from './engine-failure.ts';
import type { RunFollower } from './run-follower.ts';
import type { RunGraphs } from './run-graphs.ts';
import { stampOf } from './run-poster.ts';
import type { TrackedRun } from './tracked-run.ts';

const HISTORY_TRIES = 20;
const HISTORY_WAIT_MS = 50;
const NO_RESULT = { exceptionType: '', message: 'it gave no result', nodeType: '' };

/** More than this at once would fill the memory with pictures that may not be wanted. */
const EARLY_IMAGES = 4;

/** Fetches pictures while the engine still says goodbye; whether the run succeeded is decided later, by its history. */
export function fetchEarly(api: ComfyApi, run: TrackedRun, images: readonly OutputImage[]): void {
  for (const image of images) {
    if (image.type !== 'output' || run.early.size >= EARLY_IMAGES) continue;
    run.early.set(
      image.filename,
      api.view(image).catch(() => null),
    );
  }
}

async function fetchImage(
  api: ComfyApi,
  run: TrackedRun,
  image: OutputImage,
): Promise<Buffer | null> {
  const early = run.early.get(image.filename);
  run.early.delete(image.filename);
  return (await early) ?? api.view(image);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function refusal({ code, message, data }: PixelsError): PixelsError {
  return new PixelsError(
    code,
    `${message} The picture is kept: fix it again with another fit, such as "reduce".`,
    data,
  );
}

export interface HomecomingParts {
  link: ServerLink;
  journal: Journal;
  collector: Collector;
  graphs: RunGraphs;
  follower: RunFollower;
  modelHash: ModelHash;
}

/** How runs end: what the engine left is fetched and stored, and the journal is told the truth about it. */
export class Homecoming {
  readonly #parts: HomecomingParts;

  constructor(parts: HomecomingParts) {
    this.#parts = parts;
  }

  /**
   * Fetches and stores the results of a run that the engine is done with, or writes down why there are none.
   * @throws PixelsError `engine-unavailable` or `disk-full`, when it has to be tried again later
   */
  async bringHome(run: TrackedRun): Promise<void> {
    const { journal, follower } = this.#parts;
    journal.runs.transition(
      run.key,
      ['parked', 'loading', 'running'],
      'finishing',
      'the engine is done',
      { startedAt: run.times.started ?? run.record.run.startedAt ?? Date.now(), posted: 2 },
    );
    follower.learn(run);
    if (!run.heard && run.clientId !== null && run.clientId === this.#parts.link.clientId) {
      // Seen on sockets that were open for hours: alive, and yet nothing comes through.
      this.#parts.link.doubt('told nothing of a run that is done');
    }
    follower.tell(run, 'fixing', 0, 0);
    try {
      const history = await this.#historyOf(run);
      if (history === 'cancelled') this.#cancelled(run);
      else if (history === 'unknown') await this.decideUnknown(run);
      else if (history === null) this.#fail(run, engineFailure(run.failure ?? NO_RESULT));
      else {
        this.#judge(run, history.messages);
        if (run.interrupted) this.#cancelled(run);
        else if (run.failure !== null) this.#fail(run, engineFailure(run.failure));
        else await this.#collect(run, [...history.images.entries()]);
      }
    } catch (error) {
      if (PixelsError.is(error, 'engine-unavailable', 'disk-full', 'shutting-down')) throw error;
      this.#fail(
        run,
        PixelsError.is(error)
          ? error
          : new PixelsError(
              'internal',
              `The result could not be stored: ${error instanceof Error ? error.message : String(error)}`,
            ),
      );
    }
  }

  /** The history is written a moment after the last event; a state that says otherwise ends the wait. */
  async #historyOf(run: TrackedRun): Promise<HistoryEntry | 'cancelled' | 'unknown' | null> {
    const { api } = this.#parts.link;
    for (let attempt = 1; attempt <= HISTORY_TRIES; attempt++) {
      const history = await api.history(run.promptId);
      if (history !== null) return history;
      const state = await api.promptState(run.promptId);
      if (state === 'cancelled' || state === 'unknown') return state;
      await new Promise(resolve => setTimeout(resolve, HISTORY_WAIT_MS * attempt));
    }
    return null;
  }

  /** What the history says about a run whose events were missed. */
  #judge(run: TrackedRun, messages: readonly [string, Record<string, unknown>][]): void {
    for (const [type, data] of messages) {
      if (type === 'execution_interrupted') run.interrupted = true;
      if (type === 'execution_error') {
        run.failure ??= {
          exceptionType: textOf(data['exception_type']),
          message: textOf(data['exception_message']),
          nodeType: textOf(data['node_type']),
        };
      }
    }
  }

  /** What drew the run: the server as it was when it took it, which may have been exchanged since. */
  #stamp(run: TrackedRun): EngineStamp {
    const { link } = this.#parts;
    const { startedAt } = run.record.run;
    const { engine } = run.record;
    const noted = startedAt !== null && engine?.server === link.name ? engine : null;
    return run.engine ?? noted ?? stampOf(link, this.#parts.graphs.modelsOf(run.record));
  }

  async #hashedStamp(run: TrackedRun): Promise<EngineStamp> {
    const { link, modelHash } = this.#parts;
    const since = run.times.started ?? run.record.run.startedAt ?? Date.now();
    const stamp = this.#stamp(run);
    const models = await hashedModelsOf(stamp.models, link.name, since, modelHash);
    return { ...stamp, models };
  }

  async #collect(run: TrackedRun, shown: readonly [string, OutputImage[]][]): Promise<void> {
    const workflow = this.#parts.graphs.workflowOf(run.record);
    const saving = workflow.roles.save ?? [];
    const outputs = shown
      .filter(([node]) => saving.includes(node))
      .flatMap(([, images]) => images.filter(image => image.type === 'output'));
    const wanted = expectedImages(run.record.run.recipe);
    const old = outputs.find(({ filename }) => !filename.includes(run.promptId));
    if (old !== undefined) {
      // A cached result names the files of an earlier run, whether they still exist or not.
      this.#fail(
        run,
        new PixelsError(
          'engine-failed',
          `The engine drew nothing and named "${old.filename.slice(0, 100)}", which is not of this run. Its save node must take the file name that the role "save" is given.`,
          { filename: old.filename },
        ),
      );
      return;
    }
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
    const engine = await this.#hashedStamp(run);
    const collected = await collector.collect(
      image => fetchImage(link.api, run, image),
      run.record.run,
      this.#parts.graphs.of(run),
      engine,
      outputs,
    );
    if (collected === null) {
      this.#lose(run, 'the engine finished it, but its images are gone from the server');
      return;
    }
    const ended = journal.write(() => {
      collected.commit();
      const { refused, images, warnings } = collected;
      const state = refused === null ? 'done' : 'failed';
      const reason = refused?.message ?? 'images stored';
      return journal.runs.transition(run.key, ACTIVE_STATES, state, reason, {
        images,
        warnings: [...run.record.run.warnings, ...warnings],
        engine,
        error: refused === null ? null : refusal(refused).toWire(),
        // An update of the worker between queueing and drawing may have brought another pixel stage.
        recipeDigest: recipeDigest(run.record.run.recipe),
      });
    });
    failPoint('after-commit');
    if (!ended) return;
    const taken = outputs.map(({ filename }, place) => ({
      filename,
      sha256: collected.images[place]?.raw ?? '',
    }));
    await link.clear(run.promptId, taken);
  }

  #cancelled(run: TrackedRun): void {
    const asked = this.#parts.journal.runs.record(run.key.job, run.key.index)?.cancelAsked === true;
    this.#parts.journal.runs.transition(
      run.key,
      ACTIVE_STATES,
      'cancelled',
      asked ? 'cancelled' : 'interrupted on the server by somebody else',
    );
  }

  #fail(run: TrackedRun, error: PixelsError): void {
    this.#parts.journal.runs.transition(run.key, ACTIVE_STATES, 'failed', error.message, {
      error: error.toWire(),
      engine: this.#stamp(run),
    });
  }

  #lose(run: TrackedRun, reason: string): void {
    const error = new PixelsError(
      'engine-lost',
      `The run is lost: ${reason}. Retry it if you still want it.`,
    );
    this.#parts.journal.runs.transition(run.key, ACTIVE_STATES, 'lost', reason, {
      error: error.toWire(),
    });
  }

  /** Output files that a run would have left, by the name its save prefix gives them. */
  async #leftFiles(run: TrackedRun): Promise<{ images: OutputImage[]; missing: number }> {
    const images: OutputImage[] = [];
    let missing = 0;
    for (let place = 1; place <= expectedImages(run.record.run.recipe); place++) {
      const image: OutputImage = {
        filename: outputName(run.promptId, place),
        subfolder: OUR_FOLDER,
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
  async decideUnknown(run: TrackedRun): Promise<void> {
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
    const record = journal.runs.record(run.key.job, run.key.index);
    if (record === null) return;
    if (record.cancelAsked) {
      journal.runs.transition(
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
    const policy = journal.jobs.get(run.key.job)?.retryLost ?? 'ask';
    const reached = record.posted === 2;
    if (!reached || (policy === 'once' && record.lostRetries === 0)) {
      journal.runs.transition(
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
}
