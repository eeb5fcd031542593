import { Command } from 'commander';
import { runInWorkerBundle, WORKER_COMMANDS } from '../worker/worker-bundle.ts';
import type { CommandHost } from './command.ts';

/** `serve`, `pair` and `engine` as help lists them; the worker's bundle parses and runs them. */
export function workerCommands({ context, outcome }: CommandHost): Command[] {
  return Object.entries(WORKER_COMMANDS).map(([name, description]) =>
    new Command(name)
      .description(description)
      .usage('[options]')
      .helpOption(false)
      .allowUnknownOption()
      .argument('[arguments...]')
      .action(async (given: string[]) => {
        outcome.exitCode = await runInWorkerBundle(context.program, [name, ...given]);
      }),
  );
}
