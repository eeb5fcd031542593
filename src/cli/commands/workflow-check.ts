import type { Command } from 'commander';
import type { MethodParams } from '../../protocol/methods.ts';
import type { WorkflowCheck } from '../../protocol/models.ts';
import { type Output, print } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { looksLikeFile, readWorkflowFile, sentWorkflow } from '../job/workflow-file.ts';
import { printable } from '../terminal/text.ts';
import { plural } from '../terminal/units.ts';
import { addJsonOption, type CommandHost, makeCommand, onWorker } from './command.ts';

/** Whether no server that answered would run it. */
export function isRefusedEverywhere({ servers }: WorkflowCheck): boolean {
  return (
    servers.length > 0 &&
    servers.every(({ findings }) => findings.some(({ level }) => level === 'error'))
  );
}

/** Tells a person what was found. */
export function printCheck(stdout: Output, { roles, missing, servers }: WorkflowCheck): void {
  print(stdout, printable(`Roles: ${Object.keys(roles).join(', ')}`));
  if (missing.length > 0) {
    print(
      stdout,
      `No place for: ${missing.map(({ role, value }) => `${value} (${role})`).join(', ')}`,
    );
  }
  for (const { server, version, findings, left } of servers) {
    const faults = findings.filter(({ level }) => level === 'error').length;
    const verdict = faults === 0 ? 'can run it' : `refuses it: ${plural(faults, 'error')}`;
    print(stdout, printable(`${server} (${version}) ${verdict}`));
    for (const { level, message } of findings) {
      print(stdout, printable(`  ${level.padEnd(7)}  ${message}`));
    }
    if (left > 0) print(stdout, `  and ${left} more`);
  }
  if (servers.length === 0) print(stdout, 'No engine answers, so only the roles were checked.');
}

/** `workflow check`: holds a graph against the engines. */
export function checkCommand(host: CommandHost): Command {
  const command = makeCommand('check', 'hold a workflow against what the engines have', [
    'workflow check sprite-sdxl',
    'workflow check ./portrait.json --json',
  ]).argument('<name|file>', 'a workflow of the worker, or a .json file');
  addJsonOption(command);
  return onWorker(host, command, 'starts', async (connection, [given = '']) => {
    const { stdout, cwd } = host.context;
    const { json } = command.opts<{ json?: boolean }>();
    let params: MethodParams<'workflows.check'> = { name: given };
    if (looksLikeFile(given)) {
      params = sentWorkflow(await readWorkflowFile(given, cwd));
    }
    const result = await connection.request('workflows.check', params);
    if (json === true) print(stdout, JSON.stringify(result, null, 2));
    else printCheck(stdout, result);
    return isRefusedEverywhere(result) ? EXIT.failed : EXIT.done;
  });
}
