import { readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Context, Environment } from './context.ts';
import { EXIT } from './exit-codes.ts';
import { outputFault } from './file-fault.ts';
import { runProgram } from './program.ts';
import { connectWorker } from './worker/connect.ts';

declare const PACKAGE_VERSION: string;

/** How long a socket or timer that somebody forgot may keep the process alive after its command has ended. */
const LINGER_MS = 2_000;

function packageVersion(program: string): string {
  if (typeof PACKAGE_VERSION === 'string') return PACKAGE_VERSION;
  try {
    const manifest: unknown = JSON.parse(
      readFileSync(join(dirname(program), '..', 'package.json'), 'utf8'),
    );
    return (manifest as { version: string }).version;
  } catch {
    return '0.0.0';
  }
}

/** Folders named relative to here: the worker that is started runs elsewhere. */
function withAbsoluteFolders(environment: Environment): Environment {
  const folders = ['DGX_PIXELS_DATA', 'DGX_PIXELS_RUNTIME'].flatMap(name => {
    const folder = environment[name];
    return folder === undefined || folder === '' ? [] : [[name, resolve(folder)] as const];
  });
  return { ...environment, ...Object.fromEntries(folders) };
}

function processContext(program: string): Context {
  const here = {
    environment: withAbsoluteFolders(process.env),
    cwd: process.cwd(),
    program,
    version: packageVersion(program),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signals: process,
    now: Date.now,
  };
  return { ...here, connect: choice => connectWorker(here, choice) };
}

/**
 * The command line, `dgx-pixels ARGS…`.
 * @param argv arguments without node and program
 * @param program absolute path of the bundle; its siblings and the package's files are found from it
 * @returns the exit code
 */
export function main(
  argv: readonly string[],
  program: string = process.argv[1] ?? '',
): Promise<number> {
  return runProgram(argv, processContext(program));
}

function runAsProgram(program: string): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // Whoever read us has read enough, as `| head` does.
      if (error.code === 'EPIPE') process.exit(0);
      // The other stream may be as full; there is nothing left to tell it by then.
      if (stream === process.stdout) process.stderr.write(`${outputFault(error)}\n`);
      process.exit(EXIT.failed);
    });
  }
  void main(process.argv.slice(2), program).then(code => {
    process.exitCode = code;
    setTimeout(() => process.exit(code), LINGER_MS).unref();
  });
}

const [, started] = process.argv;
// Tests import this file; only its bundle, or itself when it is started, is a program.
if (started !== undefined && ['cli.cjs', 'main.ts'].includes(basename(started))) {
  runAsProgram(realpathSync(started));
}
