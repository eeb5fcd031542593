import { allRuns } from '../../client/follow-job.ts';
import { uuid7 } from '../../client/uuid7.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { PixelsError } from '../../protocol/errors.ts';
import type { RunTransition } from '../../protocol/jobs.ts';
import type { RecipeInput } from '../../protocol/recipe.ts';
import type { Context } from '../context.ts';
import { progressDisplay } from '../job/progress-display.ts';
import { runFaults, runJob } from '../job/run-job.ts';
import { PeakWatch } from './peak-watch.ts';
import { type Measure, median, type MemoryPeak } from './result.ts';

/** When the engine began a run and was done with it, Unix milliseconds. */
interface EngineSpan {
  begin: number;
  end: number;
}

/** The last attempt counts. */
function spanOf(history: readonly RunTransition[]): EngineSpan | null {
  const begin = history.findLast(({ to }) => to === 'loading')?.at;
  const end = history.findLast(({ to }) => to === 'finishing')?.at;
  return begin === undefined || end === undefined ? null : { begin, end };
}

/**
 * Draws runs of one kind, one after the other, and takes their times from the worker's journal.
 * @param recipe its seeds follow one another, so that no engine takes a result from its cache
 * @throws PixelsError `cancelled`, or why a run failed
 */
export async function measure(
  context: Context,
  connection: WorkerConnection,
  recipe: RecipeInput & { seed: number; batch: number },
  kind: Measure['kind'],
  runs: number,
): Promise<Measure> {
  const { stderr, environment, now } = context;
  const { forecast } = await connection.request('recipes.resolve', { recipe });
  const watch = await PeakWatch.start(connection);
  const id = uuid7(now());
  const spans: EngineSpan[] = [];
  const servers = new Set<string>();
  let memory: MemoryPeak;
  try {
    const { job, cancelled } = await runJob(
      context,
      connection,
      {
        id,
        spec: { kind: 'generate', items: [{ recipe, count: runs }] },
        title: `bench: ${kind}, batch ${recipe.batch}`,
      },
      { display: progressDisplay(stderr, environment, now), onRun: () => Promise.resolve() },
    );
    if (cancelled) throw new PixelsError('cancelled', 'The bench was cancelled.');
    if (job.state !== 'done') {
      const [fault] = await runFaults(connection, job, 1);
      throw new PixelsError('engine-failed', fault?.message ?? `The job ended ${job.state}.`);
    }
  } finally {
    memory = await watch.stop();
  }
  for await (const { index, server } of allRuns(connection, id)) {
    const { history } = await connection.request('runs.get', { job: id, run: index });
    const span = spanOf(history);
    if (span !== null) spans.push(span);
    if (server !== null) servers.add(server);
  }
  const engineMs = spans.map(({ begin, end }) => end - begin);
  const first = Math.min(...spans.map(({ begin }) => begin));
  const last = Math.max(...spans.map(({ end }) => end));
  return {
    kind,
    batch: recipe.batch,
    engineMs,
    secondsPerImage: median(engineMs) / recipe.batch / 1000,
    imagesPerMinute:
      spans.length > 1 && last > first
        ? (recipe.batch * spans.length * 60_000) / (last - first)
        : null,
    memory,
    forecastBytes: forecast?.peakBytes ?? null,
    servers: [...servers],
  };
}
