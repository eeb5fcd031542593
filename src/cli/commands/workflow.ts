import type { Command } from 'commander';
import { type CommandHost, makeCommand } from './command.ts';
import { addCommand } from './workflow-add.ts';
import { checkCommand } from './workflow-check.ts';
import { tagCommand } from './workflow-tag.ts';
import { workflowListCommand } from './workflows.ts';

/** `workflow` and its sub-commands. */
export function workflowCommand(host: CommandHost): Command {
  const command = makeCommand('workflow', 'tag, check and add graphs of your own', [
    'workflow tag portrait.json',
    'workflow check portrait.json',
    'workflow add portrait.json',
  ]);
  command.addCommand(workflowListCommand(host, 'list'));
  command.addCommand(tagCommand(host));
  command.addCommand(checkCommand(host));
  command.addCommand(addCommand(host));
  return command;
}
