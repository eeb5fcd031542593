import type { Command } from 'commander';
import { PixelsError } from '../../protocol/errors.ts';
import { print } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { addConnectionOptions, connectionChoice, type ConnectionOptions } from '../options.ts';
import { findLocalWorker } from '../../local/find-worker.ts';
import { type CommandHost, makeCommand } from './command.ts';

interface StopOptions extends ConnectionOptions {
  drain?: boolean;
}

/** `stop`: ends the worker. */
export function stopCommand({ context, outcome }: CommandHost): Command {
  const command = makeCommand(
    'stop',
    'end the worker; its jobs are kept and go on when it runs again',
    ['stop', 'stop --drain'],
  ).option('--drain', 'finish what executes first');
  return addConnectionOptions(command, 'never-starts').action(async () => {
    const { drain = false, ...options } = command.opts<StopOptions>();
    const choice = connectionChoice(options, context.environment);
    if (choice.connect === null && findLocalWorker(context.environment) === null) {
      print(context.stderr, 'No local worker runs.');
      outcome.exitCode = EXIT.done;
      return;
    }
    const connection = await context.connect({ ...choice, start: false });
    try {
      await connection.request('worker.shutdown', { drain });
      print(
        context.stderr,
        drain ? 'The worker finishes what executes and ends.' : 'The worker ends.',
      );
    } catch (error) {
      // A worker that ends at once may not get its answer out.
      if (!PixelsError.is(error, 'disconnected')) throw error;
      print(context.stderr, 'The worker ends.');
    } finally {
      await connection.close();
    }
    outcome.exitCode = EXIT.done;
  });
}
