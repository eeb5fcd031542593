import { describe, expect, it } from 'vitest';
import { workflowFindings } from '../../../src/worker/doctor/workflow-findings.ts';
import type { Core } from '../../../src/worker/core.ts';
import { shippedWorkflow } from '../../helpers/role-changes.ts';

function summary(...states: string[]) {
  const core = {
    links: states.map(state => ({ state })),
    workflows: { list: () => [], workflows: () => [shippedWorkflow('sprite-sd15')] },
    checks: { errorsOf: () => new Map() },
  };
  return workflowFindings(core as unknown as Core).find(({ check }) => check === 'workflows');
}

describe('doctor on workflows', () => {
  it('says how many can be used where a server answers', () => {
    expect(summary('unreachable', 'ready')).toMatchObject({
      level: 'ok',
      message: '1 of 1 workflows can be used everywhere.',
    });
  });

  it('claims nothing where none does', () => {
    expect(summary('unreachable', 'connecting')).toMatchObject({
      level: 'note',
      message: expect.stringMatching(/1 workflows are not checked/) as string,
    });
  });
});
