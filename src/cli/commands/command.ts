import { Command } from 'commander';
import type { Context } from '../context.ts';
import { addConnectionOptions, connectionChoice, type ConnectionOptions } from '../options.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';

/** What a command hands back when it ends: its exit code. */
export type ExitCode = number;

/** Where the exit code of the command that ran is left. */
export interface Outcome {
  exitCode: ExitCode;
}

export interface CommandHost {
  context: Context;
  outcome: Outcome;
}

/** A sub-command with examples after its help. */
export function makeCommand(
  name: string,
  description: string,
  examples: readonly string[],
): Command {
  const command = new Command(name).description(description);
  const lines = examples.map(example =>
    example.includes('dgx-pixels ') ? `  $ ${example}` : `  $ dgx-pixels ${example}`,
  );
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

/** Adds `--json`. */
export function addJsonOption(command: Command, description = 'print JSON'): Command {
  return command.option('--json', description);
}

/**
 * Makes a command talk to a worker: adds the options of the connection, connects, runs, closes.
 * @param starts whether a local worker is started where none runs
 */
export function onWorker(
  host: CommandHost,
  command: Command,
  starts: 'starts' | 'never-starts',
  run: (connection: WorkerConnection, operands: string[]) => Promise<ExitCode>,
): Command {
  const { context, outcome } = host;
  return addConnectionOptions(command, starts).action(async (...given: unknown[]) => {
    const options = command.opts<ConnectionOptions>();
    const choice = connectionChoice(options, context.environment);
    const connection = await context.connect({
      ...choice,
      start: starts === 'starts' && options.start !== false,
    });
    try {
      outcome.exitCode = await run(connection, operandsOf(given));
    } finally {
      await connection.close();
    }
  });
}

/** Operands as commander passes them, before options and command: single ones, or lists for `<name...>`. */
export function operandsOf(given: readonly unknown[]): string[] {
  return given
    .slice(0, -2)
    .flat()
    .filter(operand => typeof operand === 'string');
}
