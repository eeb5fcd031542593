import type { Command } from 'commander';
import type { PixelsEvent } from '../../protocol/events.ts';
import { type Context, print } from '../context.ts';
import { EXIT, exitCodeOfJob } from '../exit-codes.ts';
import { followJob } from '../../client/follow-job.ts';
import { JsonReport } from '../job/json-report.ts';
import { progressDisplay, SILENT_DISPLAY } from '../job/progress-display.ts';
import { runFaults } from '../job/run-job.ts';
import type { ConnectionOptions } from '../options.ts';
import { printable } from '../terminal/text.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { resolveJobId, shortId } from '../worker/job-ids.ts';
import { addJsonOption, type CommandHost, makeCommand, onWorker } from './command.ts';

interface WatchOptions extends ConnectionOptions {
  json?: boolean;
}

async function watchJob(
  context: Context,
  connection: WorkerConnection,
  given: string,
  json: boolean,
): Promise<number> {
  const id = await resolveJobId(connection, given);
  const { stderr, stdout, environment, now } = context;
  const display = json ? SILENT_DISPLAY : progressDisplay(stderr, environment, now);
  const report = new JsonReport(context, json);
  try {
    const job = await followJob(connection, id, {
      onEvent: event => report.event(event),
      onChange: view => display.update(view),
    });
    display.close();
    const faults = await runFaults(connection, job);
    if (json) report.summary(job, faults, []);
    else print(stdout, printable(`${job.title}: ${job.state}`));
    return exitCodeOfJob(job.state);
  } finally {
    display.close();
  }
}

function describeEvent(event: PixelsEvent): string | null {
  const job = event.job === null ? '' : `${shortId(event.job)}  `;
  switch (event.type) {
    case 'job.created':
      return `${job}created`;
    case 'job.state':
      return `${job}${event.state}  ${event.done} of ${event.total} done`;
    case 'run.state':
      return `${job}run ${event.run}  ${event.state}${event.code === undefined ? '' : `  ${event.code}`}`;
    case 'lane.state':
      return `lane ${event.lane} ${event.paused ? 'paused' : 'resumed'}`;
    case 'engine.state':
      return `engine ${event.server} ${event.state}`;
    case 'models.changed':
      return 'models changed';
    default:
      return null;
  }
}

async function watchAll(
  { stdout, signals }: Context,
  connection: WorkerConnection,
  json: boolean,
): Promise<number> {
  const stop = await connection.follow(null, event => {
    const text = describeEvent(event);
    if (text === null) return;
    const { image: _image, ...record } = { image: undefined, ...event };
    print(stdout, json ? JSON.stringify(record) : printable(text));
  });
  await new Promise<void>(resolve => {
    signals.on('SIGINT', resolve);
    signals.on('SIGTERM', resolve);
  });
  stop();
  return EXIT.done;
}

/** `jobs watch [ID]`. */
export function watchCommand(host: CommandHost): Command {
  const command = makeCommand('watch', 'follow a job to its end, or everything until Ctrl-C', [
    'jobs watch 5f3a91c2',
    'jobs watch',
    'jobs watch --json',
  ]).argument('[id]', "the job's id, or its beginning or end");
  addJsonOption(command, 'print JSON lines');
  return onWorker(host, command, 'starts', (connection, [id]) => {
    const json = command.opts<WatchOptions>().json === true;
    return id === undefined
      ? watchAll(host.context, connection, json)
      : watchJob(host.context, connection, id, json);
  });
}
