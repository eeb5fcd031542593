import { PixelsError } from '../../protocol/errors.ts';
import type { Run } from '../../protocol/jobs.ts';
import { LIMITS } from '../../protocol/limits.ts';
import { bindRecipe } from '../../project/workflows/bind.ts';
import type { Workflow } from '../../project/workflows/definition.ts';
import type { Core } from '../core.ts';
import { planJob } from '../jobs/job-plan.ts';
import { forecastRecipe } from '../limits/recipe-forecast.ts';
import type { Handlers } from '../server/handlers.ts';
import { askingAgain } from './ask-again.ts';

type JobMethods =
  | 'recipes.resolve'
  | 'jobs.submit'
  | 'jobs.plan'
  | 'jobs.list'
  | 'jobs.get'
  | 'runs.list'
  | 'runs.get'
  | 'queue.list'
  | 'jobs.cancel'
  | 'jobs.retry'
  | 'jobs.pause'
  | 'jobs.resume'
  | 'lanes.pause'
  | 'lanes.resume'
  | 'jobs.move'
  | 'jobs.forget'
  | 'events.since';

function noJob(id: string): PixelsError {
  return new PixelsError('not-found', 'There is no such job; list them with jobs.list.', {
    job: id,
  });
}

/** Bytes of JSON that surely fit into one reply: MessagePack is never longer. */
const PAGE_BYTES = LIMITS.bodyBytes * 0.75;

/** The first runs of a page that fit into one reply; long prompts make fewer of them. */
function fittingPage(runs: readonly Run[]): Run[] {
  let bytes = 0;
  const fitting = runs.findIndex(run => {
    bytes += Buffer.byteLength(JSON.stringify(run));
    return bytes > PAGE_BYTES;
  });
  return runs.slice(0, fitting < 0 ? runs.length : Math.max(1, fitting));
}

/** The graph as it was or will be posted for a run; empty when its workflow is gone. */
export function graphOfRun(core: Core, run: Run): Record<string, unknown> {
  const workflow = core.journal.knowledge.graph(run.recipe.graph) as Workflow | null;
  if (workflow === null) return {};
  return bindRecipe(workflow, run.recipe, {
    savePrefix: `dgx-pixels/${run.promptId}`,
    initImage: run.recipe.init === null ? null : `dgx-pixels/${run.recipe.init.image}.png`,
  });
}

/** Answers about jobs and runs. */
export function jobHandlers(core: Core): Pick<Handlers, JobMethods> {
  const { journal, jobs, submission } = core;
  const again = askingAgain(core);
  return {
    'recipes.resolve': async ({ recipe }) => {
      const resolved = await again(() => submission.resolve(recipe));
      return { ...resolved, forecast: await forecastRecipe(core, resolved.recipe) };
    },
    'jobs.submit': params =>
      again(() => {
        const { job, created, warnings } = submission.submit(params);
        if (created) jobs.kick();
        return { job: jobs.view(job), created, warnings };
      }),
    'jobs.plan': ({ spec }) => again(() => planJob(core, spec)),
    'jobs.list': ({ filter, cursor, limit }) => {
      const page = journal.jobs.list(filter ?? {}, cursor ?? null, limit);
      return { jobs: page.jobs.map(job => jobs.view(job)), next: page.next };
    },
    'jobs.get': ({ id }) => {
      const job = journal.jobs.get(id);
      const spec = journal.jobs.specOf(id);
      if (job === null || spec === null) throw noJob(id);
      return { job: jobs.view(job), spec };
    },
    'runs.list': ({ job, from, limit }) => {
      if (journal.jobs.get(job) === null) throw noJob(job);
      const runs = journal.runs.ofJob(job, from, limit + 1);
      const page = fittingPage(runs.slice(0, limit));
      return { runs: page, next: page.length < runs.length ? from + page.length : null };
    },
    'runs.get': ({ job, run: index }) => {
      const record = journal.runs.record(job, index);
      if (record === null) throw noJob(job);
      return {
        run: record.run,
        history: journal.runs.historyOf(job, index),
        engine: record.engine,
        graph: graphOfRun(core, record.run),
      };
    },
    'queue.list': ({ from, limit }) => {
      const page = journal.queue.list(from, limit + 1);
      const now = Date.now();
      return {
        entries: page.slice(0, limit).map(({ record: { run }, title, lane, paused }) => {
          const endsAt = core.live.get(run)?.endsAt ?? null;
          return {
            job: run.job,
            run: run.index,
            title,
            lane,
            state: run.state,
            server: run.server,
            paused,
            etaMs: endsAt === null || endsAt <= now ? null : endsAt - now,
          };
        }),
        next: page.length > limit ? from + limit : null,
      };
    },
    'jobs.cancel': async ({ target }) => ({ runs: await jobs.cancel(target) }),
    'jobs.retry': ({ target }) => ({ runs: jobs.retry(target) }),
    'jobs.pause': async ({ target }) => ({ jobs: await jobs.pause(target) }),
    'jobs.resume': ({ target }) => ({ jobs: jobs.resume(target) }),
    'lanes.pause': async ({ lane }) => ({ changed: await jobs.setLanePaused(lane, true) }),
    'lanes.resume': async ({ lane }) => ({ changed: await jobs.setLanePaused(lane, false) }),
    'jobs.move': async ({ id, before }) => ({ changed: await jobs.move(id, before) }),
    'jobs.forget': ({ id }) => {
      const job = journal.jobs.get(id);
      if (job === null) return { changed: false };
      if (!journal.jobs.forget(id)) {
        throw new PixelsError('conflict', 'The job has not ended yet; cancel it first.', {
          job: id,
        });
      }
      return { changed: true };
    },
    'events.since': ({ after, limit }) => journal.events.since(after, limit),
  };
}
