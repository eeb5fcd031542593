import type { Command } from 'commander';
import { columnsOf, print } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import type { ConnectionOptions } from '../options.ts';
import { table } from '../terminal/table.ts';
import { addJsonOption, type CommandHost, makeCommand, onWorker } from './command.ts';

interface WorkflowsOptions extends ConnectionOptions {
  json?: boolean;
}

/** `workflows`: the graphs that a recipe can name. */
export function workflowsCommand(host: CommandHost): Command {
  return workflowListCommand(host, 'workflows');
}

/** The same command under two names: alone, and below `workflow`. */
export function workflowListCommand(host: CommandHost, name: 'workflows' | 'list'): Command {
  const words = name === 'list' ? 'workflow list' : name;
  const command = makeCommand(name, 'list workflows with their roles and problems', [
    words,
    `${words} --json`,
  ]);
  addJsonOption(command);
  return onWorker(host, command, 'starts', async connection => {
    const { stdout } = host.context;
    const { json } = command.opts<WorkflowsOptions>();
    const { workflows } = await connection.request('workflows.list', {});
    if (json === true) {
      print(stdout, JSON.stringify(workflows, null, 2));
      return EXIT.done;
    }
    const rows = workflows.map(({ name, family, origin, defaults, roles, problem }) => [
      name,
      family,
      origin,
      roles.includes('steps') ? `${defaults.steps} steps, cfg ${defaults.cfg}` : '',
      problem === null ? roles.join(' ') : `cannot be used: ${problem}`,
    ]);
    const columns = [
      { title: 'WORKFLOW' },
      { title: 'FAMILY' },
      { title: 'FROM' },
      { title: 'DEFAULTS' },
      { title: 'ROLES', shrinks: true },
    ];
    print(stdout, table(columns, rows, columnsOf(stdout)));
    return EXIT.done;
  });
}
