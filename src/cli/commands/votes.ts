import type { Command } from 'commander';
import { type CommandHost, makeCommand } from './command.ts';
import { votesExportCommand } from './votes-export.ts';
import { votesShowCommand } from './votes-show.ts';

/** `votes` and its sub-commands. They only read: a vote is given by a person in the panel. */
export function votesCommand(host: CommandHost): Command {
  const command = makeCommand('votes', 'what people preferred in blind comparisons', [
    'votes show',
    'votes export --csv -o votes.csv',
  ]);
  command.addCommand(votesShowCommand(host));
  command.addCommand(votesExportCommand(host));
  return command;
}
