import { PixelsError } from '../../protocol/errors.ts';
import type { MethodResult } from '../../protocol/methods.ts';
import { missingRoles } from '../../project/workflows/check.ts';
import { defineWorkflow, type Workflow } from '../../project/workflows/definition.ts';
import type { Core } from '../core.ts';
import type { Handlers } from '../server/handlers.ts';
import { parseSidecar } from '../workflows/library.ts';

const MAX_FINDINGS = 200;

async function checked(core: Core, workflow: Workflow): Promise<MethodResult<'workflows.check'>> {
  const servers = await core.checks.check(workflow);
  return {
    name: workflow.name,
    roles: workflow.roles,
    missing: missingRoles(workflow.roles),
    servers: servers.map(({ server, version, findings }) => ({
      server,
      version,
      findings: findings.slice(0, MAX_FINDINGS),
      left: Math.max(0, findings.length - MAX_FINDINGS),
    })),
  };
}

/** Answers about the graphs that recipes are bound to. */
export function workflowHandlers(
  core: Core,
): Pick<Handlers, 'workflows.list' | 'workflows.check' | 'workflows.add'> {
  return {
    'workflows.list': () => ({ workflows: core.checks.list() }),
    'workflows.check': async ({ name, graph, sidecar }) => {
      if (graph === undefined && name === undefined) {
        throw new PixelsError('invalid-params', 'Give the name of a workflow, or a graph.');
      }
      const own = name ?? 'graph';
      return checked(
        core,
        graph === undefined
          ? core.workflows.get(own)
          : defineWorkflow(own, graph, parseSidecar(sidecar ?? {}, own)),
      );
    },
    'workflows.add': ({ name, graph, sidecar, replace }) => ({
      replaced: core.workflows.add(name, graph, sidecar ?? {}, replace),
    }),
  };
}
