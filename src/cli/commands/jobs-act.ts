import { type Command, Option } from 'commander';
import { PixelsError } from '../../protocol/errors.ts';
import { type Lane, LANES, type Target } from '../../protocol/jobs.ts';
import { seedSchema } from '../../protocol/recipe.ts';
import { type Context, print } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { type ConnectionOptions, numberBy } from '../options.ts';
import { plural } from '../terminal/units.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { resolveJobId } from '../worker/job-ids.ts';
import { addJsonOption, type CommandHost, makeCommand, onWorker } from './command.ts';

interface ActOptions extends ConnectionOptions {
  all?: boolean;
  group?: string;
  run?: number;
  lane?: Lane;
  json?: boolean;
}

/**
 * What a command is to act on, from operands and options.
 * @throws PixelsError `invalid-params` when nothing or too much was named
 */
async function targetsOf(
  connection: WorkerConnection,
  ids: readonly string[],
  { all, group, run }: ActOptions,
): Promise<Target[]> {
  const named = Number(ids.length > 0) + Number(all === true) + Number(group !== undefined);
  if (named !== 1) {
    throw new PixelsError('invalid-params', 'Name jobs by their ids, or use --all or --group.');
  }
  if (run !== undefined && ids.length !== 1) {
    throw new PixelsError('invalid-params', '--run needs exactly one job.');
  }
  if (all === true) return [{ all: true }];
  if (group !== undefined) return [{ group }];
  const jobs: Target[] = [];
  for (const id of ids) {
    const job = await resolveJobId(connection, id);
    jobs.push({ job, ...(run !== undefined && { run }) });
  }
  return jobs;
}

function addTargetOptions(command: Command, runs: boolean): Command {
  command
    .argument('[ids...]', "the jobs' ids, or their beginnings or ends")
    .option('--all', 'all jobs')
    .option('--group <name>', 'all jobs of a group');
  if (runs) command.option('--run <number>', 'only this run of the job', numberBy(seedSchema));
  return addJsonOption(command);
}

function report({ stdout }: Context, json: boolean | undefined, record: object, text: string) {
  print(stdout, json === true ? JSON.stringify(record) : text);
  return EXIT.done;
}

/** `jobs cancel`. */
export function cancelCommand(host: CommandHost): Command {
  const command = makeCommand('cancel', 'cancel jobs, or single runs', [
    'jobs cancel 5f3a91c2',
    'jobs cancel 5f3a91c2 --run 3',
    'jobs cancel --all',
  ]);
  addTargetOptions(command, true);
  return onWorker(host, command, 'never-starts', async (connection, ids) => {
    const options = command.opts<ActOptions>();
    let runs = 0;
    for (const target of await targetsOf(connection, ids, options)) {
      runs += (await connection.request('jobs.cancel', { target })).runs;
    }
    const text = runs === 0 ? 'Nothing was left to cancel.' : `${plural(runs, 'run')} cancelled.`;
    return report(host.context, options.json, { runs }, text);
  });
}

/** `jobs retry`. */
export function retryCommand(host: CommandHost): Command {
  const command = makeCommand('retry', 'queue failed, cancelled and lost runs again', [
    'jobs retry 5f3a91c2',
    'jobs retry 5f3a91c2 --run 3',
    'jobs retry --all',
  ]);
  addTargetOptions(command, true);
  return onWorker(host, command, 'starts', async (connection, ids) => {
    const options = command.opts<ActOptions>();
    let runs = 0;
    for (const target of await targetsOf(connection, ids, options)) {
      runs += (await connection.request('jobs.retry', { target })).runs;
    }
    const text =
      runs === 0 ? 'There was nothing to retry.' : `${plural(runs, 'run')} queued again.`;
    return report(host.context, options.json, { runs }, text);
  });
}

function holdCommand(
  host: CommandHost,
  name: 'pause' | 'resume',
  description: string,
  done: string,
): Command {
  const command = makeCommand(name, description, [
    `jobs ${name} 5f3a91c2`,
    `jobs ${name} --lane batch`,
    `jobs ${name} --all`,
  ]);
  addTargetOptions(command, false);
  command.addOption(new Option('--lane <lane>', 'a whole lane').choices(LANES));
  return onWorker(host, command, 'starts', async (connection, ids) => {
    const options = command.opts<ActOptions>();
    const { lane, json } = options;
    if (lane !== undefined) {
      if (ids.length > 0 || options.all === true || options.group !== undefined) {
        throw new PixelsError('invalid-params', '--lane stands alone: name no jobs beside it.');
      }
      const { changed } = await connection.request(`lanes.${name}`, { lane });
      const text = changed ? `Lane ${lane} ${done}.` : `Lane ${lane} already was ${done}.`;
      return report(host.context, json, { lane, changed }, text);
    }
    let jobs = 0;
    for (const target of await targetsOf(connection, ids, options)) {
      jobs += (await connection.request(`jobs.${name}`, { target })).jobs;
    }
    const text = jobs === 0 ? `No job had to be ${done}.` : `${plural(jobs, 'job')} ${done}.`;
    return report(host.context, json, { jobs }, text);
  });
}

/** `jobs pause`. */
export function pauseCommand(host: CommandHost): Command {
  return holdCommand(host, 'pause', 'hold back what is queued; what executes goes on', 'paused');
}

/** `jobs resume`. */
export function resumeCommand(host: CommandHost): Command {
  return holdCommand(host, 'resume', 'let paused jobs or lanes go on', 'resumed');
}

interface MoveOptions extends ConnectionOptions {
  before?: string;
  end?: boolean;
  json?: boolean;
}

/** `jobs move`. */
export function moveCommand(host: CommandHost): Command {
  const command = makeCommand('move', 'move a job within its lane', [
    'jobs move 5f3a91c2 --before 77aa0e41',
    'jobs move 5f3a91c2 --end',
  ])
    .argument('<id>', "the job's id, or its beginning or end")
    .option('--before <id>', 'the job before which it is to stand')
    .option('--end', 'to the end of its lane');
  addJsonOption(command);
  return onWorker(host, command, 'starts', async (connection, [given = '']) => {
    const { before, end, json } = command.opts<MoveOptions>();
    if ((before === undefined) === (end !== true)) {
      throw new PixelsError('invalid-params', 'Say where to: --before ID, or --end.');
    }
    const id = await resolveJobId(connection, given);
    const { changed } = await connection.request('jobs.move', {
      id,
      before: before === undefined ? null : await resolveJobId(connection, before),
    });
    const text = changed ? 'Moved.' : 'It already stands there.';
    return report(host.context, json, { changed }, text);
  });
}
