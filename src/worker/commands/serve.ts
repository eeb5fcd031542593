import { resolve } from 'node:path';
import { type Config, parseConfig, readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { installUnit } from '../system/systemd.ts';
import { startWorker } from '../worker.ts';
import { type CommandContext, EXIT, newCommand, reportError } from './parse.ts';

interface ServeOptions {
  config?: string;
  data?: string;
  comfyui?: string[];
  listen?: string;
  events?: string;
  curve?: boolean;
  idleExit?: string;
  logLevel?: string;
  keepOutputs?: boolean;
  quiet?: boolean;
  install?: boolean | string;
}

function portAfter(endpoint: string): string {
  const match = /^(.*:)(\d+)$/.exec(endpoint);
  if (match === null) return endpoint;
  return `${match[1] ?? ''}${Number(match[2]) + 1}`;
}

/** Options of the command line win over the file, the file over the environment. */
function configOf(options: ServeOptions): Config {
  const file =
    options.config === undefined ? parseConfig({}, 'defaults') : readConfig(options.config);
  const environmentUrl = process.env['COMFYUI_URL'];
  const urls =
    options.comfyui ?? (environmentUrl && file.servers.length === 0 ? [environmentUrl] : null);
  return parseConfig(
    {
      ...file,
      ...(options.data === undefined ? {} : { data: resolve(options.data) }),
      ...(urls === null ? {} : { servers: urls.map(url => ({ url })) }),
      ...(options.idleExit === undefined ? {} : { idleExit: Number(options.idleExit) }),
      ...(options.keepOutputs === true ? { keepOutputs: true } : {}),
      ...(options.logLevel === undefined ? {} : { logLevel: options.logLevel }),
      listen: {
        ...file.listen,
        ...(options.listen === undefined
          ? {}
          : { requests: options.listen, events: options.events ?? portAfter(options.listen) }),
        ...(options.curve === true ? { curve: true } : {}),
      },
    },
    options.config ?? 'serve',
  );
}

const EXAMPLES = `
Examples:
  dgx-pixels serve                                     built-in engine, local clients only
  dgx-pixels serve --comfyui http://127.0.0.1:8188     a ComfyUI on this machine
  dgx-pixels serve --listen tcp://0.0.0.0:5555 --curve paired clients on other machines
  dgx-pixels serve --config worker.yaml                several servers, headers, TLS
  dgx-pixels serve --install                           write a systemd user unit

Exit codes: 0 ended, 1 failed, 2 wrong configuration, 4 another worker has the folder.`;

/** `dgx-pixels serve`: the worker, until a signal or a client ends it. */
export async function serveCommand(
  argv: readonly string[],
  context: CommandContext,
): Promise<number> {
  const command = newCommand('dgx-pixels serve', 'Runs the worker.')
    .option('--config <file>', 'YAML or JSON configuration')
    .option('--data <folder>', 'folder of journal, artifacts and keys')
    .option('--comfyui <url...>', 'ComfyUI servers; else COMFYUI_URL, else the built-in engine')
    .option('--listen <endpoint>', 'further address for requests, e.g. tcp://0.0.0.0:5555')
    .option('--events <endpoint>', 'its address for events; default: the next port')
    .option('--curve', 'only paired clients get in there; required off loopback')
    .option('--idle-exit <seconds>', 'end after this long without client and unfinished job')
    .option('--log-level <level>', 'debug, info, warn, error or silent')
    .option('--keep-outputs', 'leave pictures and history on the engine after they were imported')
    .option('--quiet', 'print nothing but faults on standard output')
    .option('--install [file]', 'write a systemd user unit for these options and end')
    .addHelpText('after', EXAMPLES);
  try {
    command.parse([...argv], { from: 'user' });
    const options = command.opts<ServeOptions>();
    const config = configOf(options);
    if (options.install !== undefined) {
      return await install(options, argv, context);
    }
    return await serve(config, options.quiet === true, context);
  } catch (error) {
    return reportError(error);
  }
}

async function install(
  options: ServeOptions,
  argv: readonly string[],
  context: CommandContext,
): Promise<number> {
  const kept = argv.filter(
    (word, place) =>
      !word.startsWith('--install') && !(argv[place - 1] === '--install' && !word.startsWith('-')),
  );
  const path = await installUnit({
    node: process.execPath,
    worker: context.entry,
    arguments: kept,
    ...(typeof options.install === 'string' ? { path: resolve(options.install) } : {}),
  });
  process.stdout.write(
    `Wrote ${path}.\nStart it with: systemctl --user daemon-reload && systemctl --user enable --now dgx-pixels\n`,
  );
  return EXIT.ok;
}

async function serve(config: Config, quiet: boolean, context: CommandContext): Promise<number> {
  const log = createLog(config.logLevel);
  const worker = await startWorker({
    version: context.version,
    config,
    files: context.files,
    log,
  });
  let asked = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    asked++;
    // The first signal lets what executes go on in the engine and ends at once; jobs are taken over at the next start.
    if (asked > 1) process.exit(EXIT.failed);
    worker.stop(false, signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  const say = (line: string): void => {
    if (!quiet) process.stdout.write(`${line}\n`);
  };
  for (const notice of worker.notices) process.stderr.write(`${notice}\n`);
  say(`worker ${context.version} ready at ${worker.local.requests}`);
  for (const address of worker.addresses)
    say(`also at ${address.requests}, events ${address.events}`);
  const reason = await worker.ended;
  say(`worker ended: ${reason}`);
  return EXIT.ok;
}
