import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// CI sums its figures from these; vitest runs once per project, hence a file per process.
const reports = process.env['DGX_PIXELS_TEST_REPORTS'];

export default defineConfig({
  test: {
    reporters: reports === undefined ? ['default'] : ['default', 'json'],
    ...(reports !== undefined && { outputFile: { json: join(reports, `${process.pid}.json`) } }),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          pool: 'threads',
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          // zeromq aborts the whole process when one of its threads ends.
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
