import type { Finding } from '../../protocol/system.ts';
import type { Core } from '../core.ts';

/** Which workflows cannot be used, and why. */
export function workflowFindings(core: Core): Finding[] {
  const broken = core.workflows
    .list()
    .filter(({ problem }) => problem !== null)
    .map(({ name, problem }): Finding => ({
      check: `workflow ${name}`,
      level: 'warning',
      message: problem ?? '',
      remedy: `Mend or remove ${name}.json.`,
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
  return [
    ...broken,
    ...refused,
    {
      check: 'workflows',
      level: 'ok',
      message: `${usable} of ${workflows.length + broken.length} workflows can be used everywhere.`,
      remedy: null,
    },
  ];
}
