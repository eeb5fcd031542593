import { Command, CommanderError } from 'commander';
import { PixelsError } from '../../protocol/errors.ts';
import type { WorkerFiles } from '../worker.ts';

/** What commands know of the installation. */
export interface CommandContext {
  version: string;
  files: WorkerFiles;
  /** Path of the worker's entry file. */
  entry: string;
}

/** Exit codes of the worker's commands. */
export const EXIT = { ok: 0, failed: 1, usage: 2, conflict: 4 } as const;

/** A commander command that throws instead of ending the process. */
export function newCommand(name: string, description: string): Command {
  return new Command(name).description(description).exitOverride().showHelpAfterError(true);
}

/** Prints what went wrong as one line and tells the exit code. */
export function reportError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  if (PixelsError.is(error, 'invalid-params', 'not-allowed')) return EXIT.usage;
  return PixelsError.is(error, 'conflict') ? EXIT.conflict : EXIT.failed;
}
