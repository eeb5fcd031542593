import { PixelsError } from '../../protocol/errors.ts';
import type { PixelsEvent } from '../../protocol/events.ts';
import type { Job, Run } from '../../protocol/jobs.ts';
import type { MethodParams } from '../../protocol/methods.ts';
import type { Context } from '../context.ts';
import { EXIT, exitCodeOfJob } from '../exit-codes.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { allRuns, followJob } from '../../client/follow-job.ts';
import { watchInterrupt } from './interrupt.ts';
import type { ProgressDisplay } from './progress-display.ts';

export interface RunJobOptions {
  display: ProgressDisplay;
  /** Called once the worker has the job. */
  onSubmitted?: (job: Job, warnings: string[]) => void;
  onEvent?: (event: PixelsEvent) => void;
  /** Called for every done run. */
  onRun: (run: Run) => Promise<void>;
}

export interface JobOutcome {
  job: Job;
  /** The person asked for the end and the job did not finish before it. */
  cancelled: boolean;
  exitCode: number;
}

const CANCEL_WAIT_MS = 15_000;

/**
 * Submits a job and stays with it to its end; Ctrl-C cancels it.
 * @throws PixelsError when the worker refuses the job or is away for too long
 */
export async function runJob(
  context: Context,
  connection: WorkerConnection,
  submit: MethodParams<'jobs.submit'>,
  options: RunJobOptions,
): Promise<JobOutcome> {
  const { display, onSubmitted, onEvent, onRun } = options;
  const force = new AbortController();
  const abandon = () => {
    force.abort(
      new PixelsError('cancelled', `Cancelling job ${submit.id} was asked for; nobody waited.`),
    );
  };
  const cancel: { wanted: boolean; timer?: NodeJS.Timeout } = { wanted: false };
  let markSubmitted: () => void = () => undefined;
  const submitted = new Promise<void>(resolve => (markSubmitted = resolve));
  const interrupt = watchInterrupt(
    context,
    display,
    () => {
      cancel.wanted = true;
      cancel.timer = setTimeout(abandon, CANCEL_WAIT_MS);
      const target = { job: submit.id };
      submitted
        .then(() => connection.request('jobs.cancel', { target }))
        .catch((error: unknown) => force.abort(error));
    },
    abandon,
  );
  try {
    const { job, warnings } = await connection.request('jobs.submit', submit);
    markSubmitted();
    onSubmitted?.(job, warnings);
    const ended = await followJob(connection, submit.id, {
      signal: force.signal,
      onRun,
      onChange: view => display.update(view),
      ...(onEvent !== undefined && { onEvent }),
    });
    const cancelled = cancel.wanted && ended.state !== 'done';
    return {
      job: ended,
      cancelled,
      exitCode: cancelled ? EXIT.cancelled : exitCodeOfJob(ended.state),
    };
  } finally {
    clearTimeout(cancel.timer);
    interrupt.close();
    display.close();
  }
}

/** A run that did not end well, for a person. */
export interface RunFault {
  run: number;
  name: string | null;
  state: string;
  message: string;
}

/** Runs of a job that ended without images, at most a given number. */
export async function runFaults(
  connection: WorkerConnection,
  job: Job,
  limit = 20,
): Promise<RunFault[]> {
  const faults: RunFault[] = [];
  if (job.runs.failed + job.runs.lost === 0) return faults;
  for await (const run of allRuns(connection, job.id)) {
    if (run.state !== 'failed' && run.state !== 'lost') continue;
    const message = run.error?.message ?? 'The engine no longer knows it.';
    faults.push({ run: run.index, name: run.name, state: run.state, message });
    if (faults.length >= limit) break;
  }
  return faults;
}
