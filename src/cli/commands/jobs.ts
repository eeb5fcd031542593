import type { Command } from 'commander';
import type { CommandHost } from './command.ts';
import { makeCommand } from './command.ts';
import {
  cancelCommand,
  moveCommand,
  pauseCommand,
  resumeCommand,
  retryCommand,
} from './jobs-act.ts';
import { listCommand } from './jobs-list.ts';
import { showCommand } from './jobs-show.ts';
import { watchCommand } from './jobs-watch.ts';

/** `jobs` and its sub-commands. */
export function jobsCommand(host: CommandHost): Command {
  const command = makeCommand('jobs', 'see and steer jobs', [
    'jobs list --state running --state queued',
    'jobs show 5f3a91c2',
    'jobs cancel 5f3a91c2',
    'jobs retry --all',
  ]);
  command.addCommand(listCommand(host), { isDefault: true });
  command.addCommand(showCommand(host));
  command.addCommand(watchCommand(host));
  command.addCommand(cancelCommand(host));
  command.addCommand(retryCommand(host));
  command.addCommand(pauseCommand(host));
  command.addCommand(resumeCommand(host));
  command.addCommand(moveCommand(host));
  return command;
}
