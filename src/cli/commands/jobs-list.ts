import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Job, JOB_STATES, type JobState, type Lane, LANES } from '../../protocol/jobs.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { columnsOf, type Context, print } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { collect, type ConnectionOptions, parsedBy } from '../options.ts';
import { table } from '../terminal/table.ts';
import { age, duration } from '../terminal/units.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { allJobs, shortId } from '../worker/job-ids.ts';
import { addJsonOption, type CommandHost, makeCommand, onWorker } from './command.ts';
import * as z from 'zod';

interface ListOptions extends ConnectionOptions {
  state?: JobState[];
  lane?: Lane;
  project?: string;
  group?: string;
  search?: string;
  limit: number;
  json?: boolean;
}

function parseState(text: string): JobState {
  const state = JOB_STATES.find(known => known === text);
  if (state === undefined) throw new InvalidArgumentError(`States are ${JOB_STATES.join(', ')}.`);
  return state;
}

function progressOf({ state, progress, runs, etaMs }: Job): string {
  const share = `${Math.floor(progress * 100)} %`;
  if (state === 'running' && etaMs !== null) return `${share}, ${duration(etaMs)} left`;
  return runs.total > 1 ? `${runs.done}/${runs.total}` : share;
}

/** Jobs as a table: id, state, progress, lane, age, title. */
export function jobTable(jobs: readonly Job[], now: number, width: number): string {
  return table(
    [
      { title: 'ID' },
      { title: 'STATE' },
      { title: 'PROGRESS', align: 'right' },
      { title: 'LANE' },
      { title: 'AGE', align: 'right' },
      { title: 'TITLE', shrinks: true },
    ],
    jobs.map(job => [
      shortId(job.id),
      job.paused && job.state !== 'paused' ? `${job.state} (paused)` : job.state,
      progressOf(job),
      job.lane,
      age(now - job.createdAt),
      job.title,
    ]),
    width,
  );
}

async function list(
  { stdout, stderr, now }: Context,
  connection: WorkerConnection,
  { state, lane, project, group, search, limit, json }: ListOptions,
): Promise<number> {
  const jobs: Job[] = [];
  let more = false;
  for await (const job of allJobs(connection, {
    ...(state !== undefined && { states: state }),
    ...(lane !== undefined && { lane }),
    ...(project !== undefined && { project }),
    ...(group !== undefined && { group }),
    ...(search !== undefined && { search }),
  })) {
    more = jobs.length >= limit;
    if (more) break;
    jobs.push(job);
  }
  if (json === true) print(stdout, JSON.stringify({ jobs, more }, null, 2));
  else if (jobs.length === 0) print(stderr, 'No jobs.');
  else {
    print(stdout, jobTable(jobs, now(), columnsOf(stdout)));
    if (more) print(stderr, `Only the newest ${limit} are shown; see more with --limit.`);
  }
  return EXIT.done;
}

/** `jobs list`. */
export function listCommand(host: CommandHost): Command {
  const command = makeCommand('list', 'list jobs, newest first', [
    'jobs list',
    'jobs list --state failed --state lost',
    'jobs list --search knight --json',
  ])
    .addOption(
      new Option('--state <state>', 'only jobs in this state; may be repeated').argParser(
        collect(parseState),
      ),
    )
    .addOption(new Option('--lane <lane>', 'only jobs of this lane').choices(LANES))
    .option('--project <key>', 'only jobs of this project')
    .option('--group <name>', 'only jobs of this group')
    .option('--search <words>', 'only jobs whose title or prompt holds these words')
    .option(
      '--limit <number>',
      'at most so many',
      parsedBy(z.coerce.number('must be a number').int().min(1).max(1_000_000)),
      50,
    );
  addJsonOption(command);
  // `jobs WORD` comes here too; what it meant can be told better than by counting arguments.
  command.usage('[options]').argument('[word]');
  command.hook('preAction', () => {
    const [word] = command.args;
    if (word === undefined) return;
    throw new PixelsError(
      'invalid-params',
      `There is no command "jobs ${word}"; see "dgx-pixels jobs --help". A job is shown by "dgx-pixels jobs show ID".`,
    );
  });
  return onWorker(host, command, 'starts', connection =>
    list(host.context, connection, command.opts<ListOptions>()),
  );
}
