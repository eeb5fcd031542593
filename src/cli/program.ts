import { Command, CommanderError } from 'commander';
import { PixelsError } from '../protocol/errors.ts';
import { artifactsCommand } from './commands/artifacts.ts';
import { benchCommand } from './commands/bench.ts';
import type { CommandHost, Outcome } from './commands/command.ts';
import { compareCommand } from './commands/compare.ts';
import { demoCommand } from './commands/demo.ts';
import { diffCommand } from './commands/diff.ts';
import { doctorCommand } from './commands/doctor.ts';
import { exportCommand } from './commands/export.ts';
import { fixCommand } from './commands/fix.ts';
import { generateCommand } from './commands/generate.ts';
import { jobsCommand } from './commands/jobs.ts';
import { lintCommand } from './commands/lint.ts';
import { modelsCommand } from './commands/models.ts';
import { previewCommand } from './commands/preview.ts';
import { statusCommand } from './commands/status.ts';
import { refixCommand } from './commands/refix.ts';
import { stopCommand } from './commands/stop.ts';
import { votesCommand } from './commands/votes.ts';
import { workerCommands } from './commands/worker.ts';
import { workflowCommand } from './commands/workflow.ts';
import { workflowsCommand } from './commands/workflows.ts';
import { type Context, columnsOf } from './context.ts';
import { reportError } from './errors.ts';
import { EXIT, EXIT_CODES_HELP, exitCodeOfError } from './exit-codes.ts';
import { asFileFault } from './file-fault.ts';
import { isWorkerCommand, runInWorkerBundle } from './worker/worker-bundle.ts';

const EXAMPLES = `Examples:
  $ dgx-pixels demo
  $ dgx-pixels generate "rusty sword" --size 32 --count 4 --seed 7 --out assets
  $ dgx-pixels jobs list
  $ dgx-pixels doctor

Environment:
  DGX_PIXELS_CONNECT  connection string of a paired worker (see "dgx-pixels pair")
  DGX_PIXELS_DATA     folder of the local worker's jobs, images and keys
  DGX_PIXELS_RUNTIME  private folder of its sockets, when the default's path is too long
  COMFYUI_URL         ComfyUI that "serve" and "demo" use instead of the built-in engine

${EXIT_CODES_HELP}`;

/** First line of `--version`. */
export function versionLine(version: string): string {
  return `dgx-pixels ${version} (node ${process.version}, ${process.platform} ${process.arch})`;
}

/** The settings that commander hands only to commands it made itself. */
function inheritSettings(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inheritSettings(child);
  }
}

/** The whole command line. Exit codes are left in `host.outcome`. */
export function buildProgram(host: CommandHost): Command {
  const { stdout, stderr, version } = host.context;
  const program = new Command('dgx-pixels')
    .description('Makes game sprites: durable jobs on ComfyUI or a built-in engine.')
    .version(versionLine(version), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .exitOverride()
    .showHelpAfterError('(see --help)')
    .configureOutput({
      writeOut: text => stdout.write(text),
      writeErr: text => stderr.write(text),
      getOutHelpWidth: () => Math.min(columnsOf(stdout), 100),
      getErrHelpWidth: () => Math.min(columnsOf(stderr), 100),
    })
    .addHelpText('after', `\n${EXAMPLES}`);
  program.commandsGroup('Draw:');
  for (const make of [generateCommand, compareCommand, demoCommand, previewCommand]) {
    program.addCommand(make(host));
  }
  program.commandsGroup('Pixels:');
  for (const make of [fixCommand, refixCommand, lintCommand, diffCommand, exportCommand])
    program.addCommand(make(host));
  program.commandsGroup('See and steer:');
  for (const make of [jobsCommand, statusCommand, doctorCommand]) program.addCommand(make(host));
  for (const make of [modelsCommand, workflowsCommand, workflowCommand, artifactsCommand]) {
    program.addCommand(make(host));
  }
  program.addCommand(votesCommand(host));
  program.commandsGroup('Worker:');
  for (const command of workerCommands(host)) program.addCommand(command);
  for (const make of [benchCommand, stopCommand]) program.addCommand(make(host));
  inheritSettings(program);
  return program;
}

/** `help serve` asks the same as `serve --help`. */
function normalised(argv: readonly string[]): string[] {
  const [first, second, ...rest] = argv;
  return first === 'help' && isWorkerCommand(second)
    ? [second ?? '', '--help', ...rest]
    : [...argv];
}

/**
 * Runs the command line.
 * @param argv arguments without node and program
 * @returns the exit code; every error was told by then
 */
export async function runProgram(argv: readonly string[], context: Context): Promise<number> {
  const outcome: Outcome = { exitCode: EXIT.done };
  const words = normalised(argv);
  const json = words.includes('--json');
  try {
    if (isWorkerCommand(words[0])) return await runInWorkerBundle(context.program, words);
    await buildProgram({ context, outcome }).parseAsync(words, { from: 'user' });
    return outcome.exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      const fault = asFileFault(error);
      reportError(context, fault, json);
      return exitCodeOfError(fault);
    }
    if (error.exitCode === 0) return EXIT.done;
    // Commander has told a person already.
    if (json) {
      const message = error.message.replace(/^error: /, '');
      reportError(context, new PixelsError('invalid-params', message), json);
    }
    return EXIT.usage;
  }
}
