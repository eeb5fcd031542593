import type { PixelsEvent } from '../../protocol/events.ts';
import type { Job } from '../../protocol/jobs.ts';
import { type Context, print } from '../context.ts';
import type { RunFault } from './run-job.ts';
import type { SavedFile } from '../../client/save-images.ts';

/** Tells a program how a job goes: one JSON object a line, `event` says which kind, `summary` is the last. */
export class JsonReport {
  readonly #context: Pick<Context, 'stdout' | 'now'>;
  readonly #enabled: boolean;

  constructor(context: Pick<Context, 'stdout' | 'now'>, enabled: boolean) {
    this.#context = context;
    this.#enabled = enabled;
  }

  submitted(job: Job, warnings: string[]): void {
    this.#write({ event: 'submitted', job: job.id, runs: job.runs.total, warnings });
  }

  /** Reports what a program can use of an event; the rest is passed over. */
  event(event: PixelsEvent): void {
    switch (event.type) {
      case 'job.state': {
        const { job, state, done, total } = event;
        this.#write({ event: 'state', job, state, done, total });
        break;
      }
      case 'run.state': {
        const { job, run, attempt, state, code } = event;
        this.#write({
          event: 'run',
          job,
          run,
          attempt,
          state,
          ...(code !== undefined && { code }),
        });
        break;
      }
      case 'run.progress': {
        const { job, run, stage, value, max, eta } = event;
        this.#write({ event: 'progress', job, run, stage, value, max, etaMs: eta ?? null });
        break;
      }
      default:
    }
  }

  file({ path, role, run, image, digest, content }: SavedFile): void {
    this.#write({
      event: 'file',
      job: run.job,
      run: run.index,
      path,
      role,
      ...(role === 'sprite' && { width: image.width, height: image.height, fix: image.fix }),
      seed: run.recipe.seed,
      image: image.index,
      digest,
      recipeDigest: run.recipeDigest,
      bytes: content.byteLength,
      placeholder: image.placeholder,
      warnings: [...run.warnings, ...image.warnings],
    });
  }

  summary(job: Job, faults: RunFault[], files: SavedFile[]): void {
    this.#write({
      event: 'summary',
      job: job.id,
      state: job.state,
      runs: job.runs,
      files: files.map(file => file.path),
      faults,
      ms: (job.finishedAt ?? this.#context.now()) - job.createdAt,
      placeholder: job.placeholder,
    });
  }

  #write(record: object): void {
    if (this.#enabled) print(this.#context.stdout, JSON.stringify(record));
  }
}
