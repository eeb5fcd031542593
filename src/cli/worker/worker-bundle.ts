import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PixelsError } from '../../protocol/errors.ts';

/** Commands that run inside the worker's bundle, with the line that help says of each. */
export const WORKER_COMMANDS = {
  serve: 'run the worker that keeps jobs and images; --install writes a systemd unit',
  pair: 'let another machine connect: makes a key and prints one connection string',
  engine: "run the built-in engine alone, with ComfyUI's API",
} as const;

interface WorkerBundle {
  runWorkerCommand: (argv: string[]) => Promise<number>;
}

/** True for a command that the worker's bundle runs. */
export function isWorkerCommand(name: string | undefined): boolean {
  return name !== undefined && Object.hasOwn(WORKER_COMMANDS, name);
}

/**
 * Runs a command of the worker in this process.
 * @param program the command line's bundle; the worker's lies beside it
 * @returns its exit code
 */
export async function runInWorkerBundle(program: string, argv: string[]): Promise<number> {
  const bundle = join(dirname(program), 'worker.cjs');
  if (!existsSync(bundle)) {
    throw new PixelsError(
      'not-found',
      `${bundle} is missing: install dgx-pixels again, or build it with "npm run build".`,
    );
  }
  const requireHere = createRequire(bundle);
  const { runWorkerCommand } = requireHere(bundle) as WorkerBundle;
  return runWorkerCommand(argv);
}
