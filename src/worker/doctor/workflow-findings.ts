import type { Finding } from '../../protocol/system.ts';
import type { Core } from '../core.ts';

/** Where no server answers nothing stands against a workflow, which does not mean that it can be used. */
function summary(core: Core, usable: number, all: number): Finding {
  if (core.links.some(({ state }) => state === 'ready')) {
    const message = `${usable} of ${all} workflows can be used everywhere.`;
    return { check: 'workflows', level: 'ok', message, remedy: null };
  }
  return {
    check: 'workflows',
    level: 'note',
    message: `${all} workflows are not checked, since no engine answers.`,
    remedy: 'Mend the engine above; they are checked when it answers.',
  };
}

/** Which workflows cannot be used, and why. */
export function workflowFindings(core: Core): Finding[] {
  const broken = core.workflows
    .list()
    .filter(({ problem }) => problem !== null)
    .map(({ name, problem }): Finding => ({
      check: `workflow ${name}`,
      level: 'warning',
      message: problem ?? '',
      remedy: `Mend or remove ${name}.json or ${name}.roles.yaml in the worker's workflows folder.`,
    }));
  const workflows = core.workflows.workflows();
  let usable = 0;
  const refused = workflows.flatMap(workflow => {
    const findings = [...core.checks.errorsOf(workflow)].flatMap(([server, errors]): Finding[] => {
      const [first] = errors;
      if (first === undefined) return [];
      const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
      return [
        {
          check: `workflow ${workflow.name} on ${server}`,
          // A shipped workflow that wants one more file is an offer, not a fault.
          level: errors.every(({ code }) => code === 'missing-file') ? 'note' : 'warning',
          message: `${first.message}${more}`,
          remedy: `See all with "dgx-pixels workflow check ${workflow.name}".`,
        },
      ];
    });
    if (findings.length === 0) usable += 1;
    return findings;
  });
  return [...broken, ...refused, summary(core, usable, workflows.length + broken.length)];
}
