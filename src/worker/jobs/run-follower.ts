import type { RunStage } from '../../protocol/jobs.ts';
import type { ComfyMessage } from '../comfyui/frames.ts';
import type { OutputImage } from '../comfyui/output-images.ts';
import { failPoint } from '../failpoint.ts';
import type { Journal } from '../store/journal.ts';
import type { StepTimes } from '../store/step-times.ts';
import type { LiveRuns } from './live-runs.ts';
import type { RunGraphs } from './run-graphs.ts';
import { stageOfClass, type TrackedRun } from './tracked-run.ts';

/** Previews of one run come at most this often. */
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

export interface FollowerParts {
  server: string;
  journal: Journal;
  graphs: RunGraphs;
  live: LiveRuns;
  stepTimes: StepTimes;
  news: RunNews;
  /** The engine names files that it has written. */
  fetchEarly: (run: TrackedRun, images: readonly OutputImage[]) => void;
}

/** Turns what an engine says of a run into states, progress and estimates. */
export class RunFollower {
  readonly #parts: FollowerParts;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  /** @returns true when the run has ended on the engine */
  heed(run: TrackedRun, message: ComfyMessage): boolean {
    run.lastHeardAt = Date.now();
    run.heard = true;
    run.unknownSince = null;
    switch (message.kind) {
      case 'start':
        this.began(run, 'the engine began');
        break;
      case 'node':
        this.began(run, 'the engine began');
        this.#enterNode(run, message.node);
        break;
      case 'progress':
        this.began(run, 'the engine began');
        this.#stepped(run, message.node, message.value, message.max);
        break;
      case 'preview':
        if (run.lastHeardAt - run.lastPreviewAt >= PREVIEW_MS) {
          run.lastPreviewAt = run.lastHeardAt;
          this.#parts.news.preview(run, message.mime, run.times.steps, message.image);
        }
        break;
      case 'output':
        this.#parts.fetchEarly(run, message.images);
        break;
      case 'error':
        run.failure = message;
        break;
      case 'interrupted':
        run.interrupted = true;
        break;
      case 'end':
        return true;
      case 'other':
        break;
    }
    return false;
  }

  /** The engine has begun a run. */
  began(run: TrackedRun, reason: string): void {
    if (run.phase === 'executing') return;
    run.phase = 'executing';
    run.times.started = Date.now();
    this.#parts.journal.runs.transition(run.key, ['parked'], 'loading', reason, {
      startedAt: run.times.started,
      posted: 2,
      ...(run.engine === null ? {} : { engine: run.engine }),
    });
    this.tell(run, 'loading', 0, 0);
  }

  #enterNode(run: TrackedRun, node: string): void {
    const stage = stageOfClass(this.#parts.graphs.of(run)[node]?.class_type ?? '');
    if (stage === 'sampling') this.tell(run, 'sampling', 0, run.record.run.recipe.steps);
    else this.tell(run, stage, 0, 0);
  }

  #stepped(run: TrackedRun, node: string, value: number, max: number): void {
    const stage = stageOfClass(this.#parts.graphs.of(run)[node]?.class_type ?? '');
    if (stage === 'sampling') {
      const now = Date.now();
      if (run.times.firstStep === null) {
        run.times.firstStep = now;
        this.#parts.journal.runs.transition(run.key, ['loading', 'parked'], 'running', 'sampling');
        failPoint('while-sampling');
      }
      run.times.lastStep = now;
      run.times.steps = value;
    }
    this.tell(run, stage, value, max);
  }

  /** Milliseconds until the run ends, from what was learnt and what is seen now. */
  #etaOf(run: TrackedRun, stage: RunStage, value: number, max: number): number | null {
    const known = this.#parts.stepTimes.lookUp(this.#parts.server, run.record.run.recipe);
    const { started, firstStep, lastStep } = run.times;
    const measured =
      firstStep !== null && lastStep !== null && value > 1
        ? (lastStep - firstStep) / (value - 1)
        : null;
    const step = measured ?? known?.step ?? null;
    if (step === null) return null;
    // Before the first step the models are still to be loaded; after the last one only the rest is left.
    const before =
      firstStep === null
        ? Math.max(0, (known?.load ?? 0) - (Date.now() - (started ?? Date.now())))
        : 0;
    const steps =
      stage === 'sampling' ? max - value : firstStep === null ? run.record.run.recipe.steps : 0;
    return Math.max(0, Math.round(before + step * steps + (known?.rest ?? 0)));
  }

  /** Notes what a run is doing and tells clients. */
  tell(run: TrackedRun, stage: RunStage, value: number, max: number): void {
    const eta = this.#etaOf(run, stage, value, max);
    this.#parts.live.set(run.key, {
      stage,
      value,
      max,
      endsAt: eta === null ? null : Date.now() + eta,
    });
    this.#parts.news.progress(run, stage, value, max, eta);
  }

  /** Remembers how long the run took, for estimates. */
  learn(run: TrackedRun): void {
    const { started, firstStep, lastStep, steps } = run.times;
    if (started === null || firstStep === null || lastStep === null || steps < 2) return;
    const step = (lastStep - firstStep) / (steps - 1);
    this.#parts.stepTimes.learn(this.#parts.server, run.record.run.recipe, {
      step,
      load: Math.max(0, firstStep - started - step),
      rest: Math.max(0, Date.now() - lastStep),
    });
  }
}
