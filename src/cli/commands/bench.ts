import type { Command } from 'commander';
import { benchInferenceCommand } from './bench-inference.ts';
import { type CommandHost, makeCommand } from './command.ts';

/** `bench` and its sub-commands. */
export function benchCommand(host: CommandHost): Command {
  const command = makeCommand('bench', 'measure how fast the servers draw', ['bench inference']);
  command.addCommand(benchInferenceCommand(host));
  return command;
}
