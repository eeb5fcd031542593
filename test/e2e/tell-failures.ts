import { afterEach } from 'vitest';
import { Workbench } from './workbench.ts';

// Says what was to be seen when a test failed: a machine of CI is gone before anyone can look.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  console.error(`After "${task.name}" failed:\n${await Workbench.reports()}`);
});
