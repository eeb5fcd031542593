import type { Command } from 'commander';
import type { Job, Run, RunTransition } from '../../protocol/jobs.ts';
import { columnsOf, type Context, print } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { allRuns } from '../../client/follow-job.ts';
import type { ConnectionOptions } from '../options.ts';
import { table } from '../terminal/table.ts';
import { printable } from '../terminal/text.ts';
import { duration, plural } from '../terminal/units.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { resolveJobId } from '../worker/job-ids.ts';
import { addJsonOption, type CommandHost, makeCommand, onWorker } from './command.ts';

interface ShowOptions extends ConnectionOptions {
  json?: boolean;
}

/** Runs whose history is told; each costs a request. */
const HISTORIES = 8;

function stamp(at: number): string {
  return new Date(at).toISOString().replace('T', ' ').slice(0, 19);
}

function describeJob(job: Job): string[] {
  const { runs, state } = job;
  const counts = Object.entries(runs)
    .filter(([name, count]) => name !== 'total' && count > 0)
    .map(([name, count]) => `${count} ${name}`);
  const lines = [
    job.title,
    `  id        ${job.id}`,
    `  state     ${state}${job.paused && state !== 'paused' ? ' (paused)' : ''}, ${Math.floor(job.progress * 100)} %`,
    `  lane      ${job.lane}`,
    `  runs      ${runs.total}: ${counts.join(', ')}`,
    `  created   ${stamp(job.createdAt)}`,
  ];
  if (job.finishedAt !== null) {
    const took = duration(job.finishedAt - job.createdAt);
    lines.push(`  finished  ${stamp(job.finishedAt)}, after ${took}`);
  } else if (job.etaMs !== null) lines.push(`  left      about ${duration(job.etaMs)}`);
  if (job.project !== null) lines.push(`  project   ${job.project}`);
  if (job.group !== null) lines.push(`  group     ${job.group}`);
  if (job.placeholder) lines.push('  drawn by the built-in engine: placeholder art');
  if (job.error !== null) lines.push(`  error     ${job.error.message}`);
  return lines;
}

function runTable(runs: readonly Run[], width: number): string {
  return table(
    [
      { title: 'RUN', align: 'right' },
      { title: 'STATE' },
      { title: 'TRY', align: 'right' },
      { title: 'SEED', align: 'right' },
      { title: 'TOOK', align: 'right' },
      { title: 'RESULT', shrinks: true },
    ],
    runs.map(run => [
      String(run.index),
      run.state,
      String(run.attempt),
      String(run.recipe.seed),
      run.startedAt !== null && run.finishedAt !== null
        ? duration(run.finishedAt - run.startedAt)
        : '',
      run.error?.message ??
        run.images.map(image => `${image.width}×${image.height} ${image.sprite}`).join(', '),
    ]),
    width,
  );
}

function describeHistory(run: number, history: readonly RunTransition[]): string[] {
  return history.map(
    ({ at, attempt, from, to, reason }) =>
      `  ${stamp(at)}  run ${run}, try ${attempt}: ${from ?? 'made'} → ${to}${reason === '' ? '' : ` (${reason})`}`,
  );
}

async function show(
  { stdout }: Context,
  connection: WorkerConnection,
  given: string,
  { json }: ShowOptions,
): Promise<number> {
  const id = await resolveJobId(connection, given);
  const { job, spec } = await connection.request('jobs.get', { id });
  const runs: Run[] = [];
  for await (const run of allRuns(connection, id)) runs.push(run);
  const histories = await Promise.all(
    runs.slice(0, HISTORIES).map(async ({ index }) => ({
      run: index,
      history: (await connection.request('runs.get', { job: id, run: index })).history,
    })),
  );
  if (json === true) {
    print(stdout, JSON.stringify({ job, spec, runs, histories }, null, 2));
    return EXIT.done;
  }
  const lines = [...describeJob(job), '', ...runTable(runs, columnsOf(stdout)).split('\n'), ''];
  lines.push('History', ...histories.flatMap(({ run, history }) => describeHistory(run, history)));
  if (runs.length > HISTORIES) lines.push(`  … and ${plural(runs.length - HISTORIES, 'run')} more`);
  const [image] = runs.flatMap(run => run.images);
  if (image !== undefined) {
    lines.push('', `Look at one with: dgx-pixels preview ${image.sprite}`);
  }
  for (const line of lines) print(stdout, printable(line));
  return EXIT.done;
}

/** `jobs show ID`. */
export function showCommand(host: CommandHost): Command {
  const command = makeCommand(
    'show',
    'show a job with its runs, their history, errors and images',
    ['jobs show 5f3a91c2', 'jobs show 0197f2c4-77aa-7c11-9f2e-1d5c5f3a91c2 --json'],
  ).argument('<id>', "the job's id, or its beginning or end");
  addJsonOption(command);
  return onWorker(host, command, 'starts', (connection, [id = '']) =>
    show(host.context, connection, id, command.opts<ShowOptions>()),
  );
}
