import { join } from 'node:path';
import { engineCommand } from './commands/engine.ts';
import { pairCommand } from './commands/pair.ts';
import { serveCommand } from './commands/serve.ts';
import type { WorkerFiles } from './worker.ts';

declare const PACKAGE_VERSION: string;

/** Version of the package, written in by the build. */
const VERSION = typeof PACKAGE_VERSION === 'string' ? PACKAGE_VERSION : '0.0.0';

/** The thread files lie beside the bundle; the workflows beside it or, in a checkout and in the npm package, one folder up. */
function filesBeside(folder: string): WorkerFiles {
  return {
    pixelsThread: join(folder, 'pixels-thread.cjs'),
    engineThread: join(folder, 'engine-thread.cjs'),
    hashThread: join(folder, 'hash-thread.cjs'),
    workflows: process.env['DGX_PIXELS_WORKFLOWS'] ?? join(folder, '..', 'workflows'),
  };
}

/**
 * Runs one of the worker's commands: serve, pair or engine.
 * @param argv the command's name and its arguments
 * @returns the exit code
 */
export async function runWorkerCommand(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  const context = { version: VERSION, files: filesBeside(__dirname), entry: __filename };
  switch (command) {
    case 'serve':
      return serveCommand(rest, context);
    case 'pair':
      return pairCommand(rest);
    case 'engine':
      return engineCommand(rest, context);
    default:
      process.stderr.write(
        `worker: unknown command "${command ?? ''}"; there are serve, pair and engine.\n`,
      );
      return 2;
  }
}

if (require.main === module) {
  void runWorkerCommand(process.argv.slice(2)).then(code => {
    process.exitCode = code;
  });
}
