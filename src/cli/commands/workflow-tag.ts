import type { Command } from 'commander';
import { PixelsError } from '../../protocol/errors.ts';
import { missingRoles } from '../../project/workflows/check.ts';
import { defineWorkflow } from '../../project/workflows/definition.ts';
import { parseGraph } from '../../project/workflows/graph.ts';
import { sidecarText } from '../../project/workflows/sidecar-text.ts';
import { proposeRoles } from '../../project/workflows/tag.ts';
import { print } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { shortPath } from '../job/short-path.ts';
import { readWorkflowFile } from '../job/workflow-file.ts';
import { replaceFile } from '../../local/write-file.ts';
import { printable } from '../terminal/text.ts';
import { type CommandHost, makeCommand } from './command.ts';

interface TagOptions {
  print?: boolean;
  force?: boolean;
}

/** `workflow tag`: proposes roles from a graph's links. */
export function tagCommand({ context, outcome }: CommandHost): Command {
  const command = makeCommand('tag', 'propose the roles of an exported graph, without a worker', [
    'workflow tag portrait.json',
    'workflow tag portrait.json --print',
  ])
    .argument('<file>', 'graph in API format, as ComfyUI\'s "Export (API)" writes it')
    .option('--print', 'only print the roles file')
    .option('--force', 'replace a roles file that is there');
  return command.action(async (file: string) => {
    const { stdout, stderr, cwd } = context;
    const options = command.opts<TagOptions>();
    const found = await readWorkflowFile(file, cwd);
    const graph = parseGraph(found.graph, found.name);
    const proposal = proposeRoles(graph);
    const text = sidecarText(found.name, graph, proposal);
    outcome.exitCode = EXIT.done;
    if (options.print === true) {
      stdout.write(text);
      return;
    }
    if (found.sidecar !== null && options.force !== true) {
      throw new PixelsError(
        'conflict',
        `${shortPath(found.rolesPath, cwd)} is there already; print the proposal with --print, or replace it with --force.`,
      );
    }
    await replaceFile(found.rolesPath, new TextEncoder().encode(text));
    for (const note of proposal.notes) print(stderr, printable(`note: ${note}`));
    print(stdout, printable(shortPath(found.rolesPath, cwd)));
    const sidecar = Object.entries(proposal.roles).map(([id, roles]) => [id, roles.join(' ')]);
    const workflow = defineWorkflow(found.name, graph, {
      roles: Object.fromEntries(sidecar) as Record<string, string>,
    });
    print(stdout, `Roles: ${Object.keys(workflow.roles).join(', ')}`);
    const missing = missingRoles(workflow.roles).map(({ role }) => role);
    if (missing.length > 0) print(stdout, `No place for: ${missing.join(', ')}`);
  });
}
