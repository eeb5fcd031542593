import type { Command } from 'commander';
import { PixelsError } from '../../protocol/errors.ts';
import { fileNameSchema } from '../../protocol/names.ts';
import { print } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { readWorkflowFile, sentWorkflow } from '../job/workflow-file.ts';
import { parsedBy } from '../options.ts';
import { printable } from '../terminal/text.ts';
import { type CommandHost, makeCommand, onWorker } from './command.ts';
import { isRefusedEverywhere, printCheck } from './workflow-check.ts';

interface AddOptions {
  name?: string;
  force?: boolean;
}

/** The worker cannot know how its caller asks to replace. */
function nameTaken(error: unknown, name: string): PixelsError | null {
  if (!PixelsError.is(error) || error.code !== 'conflict') return null;
  return new PixelsError(
    'conflict',
    `There is a workflow ${name} already; choose another name with --name, or replace it with --force.`,
    { workflow: name },
    { cause: error },
  );
}

/** `workflow add`: copies a graph into the worker's own workflows. */
export function addCommand(host: CommandHost): Command {
  const command = makeCommand('add', "check a graph and copy it into the worker's workflows", [
    'workflow add portrait.json',
    'workflow add portrait.json --name hero --force',
  ])
    .argument('<file>', 'graph in API format; the .roles.yaml beside it goes with it')
    .option('--name <name>', 'what to call it (default: as the file)', parsedBy(fileNameSchema))
    .option('--force', 'replace one of that name, and add it although no engine can run it');
  return onWorker(host, command, 'starts', async (connection, [file = '']) => {
    const { stdout, cwd } = host.context;
    const { name: chosen, force = false } = command.opts<AddOptions>();
    const read = await readWorkflowFile(file, cwd);
    const name = fileNameSchema.safeParse(chosen ?? read.name);
    if (!name.success) {
      throw new PixelsError(
        'invalid-params',
        `A workflow cannot be called "${read.name}"; give it another name with --name.`,
      );
    }
    const params = sentWorkflow({ ...read, name: name.data });
    const check = await connection.request('workflows.check', params);
    printCheck(stdout, check);
    if (isRefusedEverywhere(check) && !force) {
      print(stdout, 'Not added: no engine can run it. --force adds it all the same.');
      return EXIT.failed;
    }
    const { replaced } = await connection
      .request('workflows.add', { ...params, replace: force })
      .catch((error: unknown) => {
        throw nameTaken(error, name.data) ?? error;
      });
    const verb = replaced ? 'Replaced' : 'Added';
    print(stdout, printable(`${verb} ${name.data}. Use it with --workflow ${name.data}.`));
    return EXIT.done;
  });
}
