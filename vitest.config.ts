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
          // Not a measure of speed: machines that run this may be busy.
          testTimeout: 60_000,
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
      {
        test: {
          name: 'comfyui',
          include: ['test/comfyui/**/*.test.ts'],
          globalSetup: 'test/comfyui/setup.ts',
          pool: 'forks',
          // One server on a CPU: suites side by side would only wait for each other.
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          setupFiles: 'test/e2e/tell-failures.ts',
          pool: 'forks',
          // One window at a time: each draws in software.
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
          // Now and then a window of the editor takes a command and asks nothing.
          retry: 1,
        },
      },
    ],
  },
});
