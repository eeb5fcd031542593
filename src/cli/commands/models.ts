import type { Command } from 'commander';
import { PixelsError } from '../../protocol/errors.ts';
import type { Inventory, Model } from '../../protocol/models.ts';
import { columnsOf, type Context, print } from '../context.ts';
import { reportError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import type { ConnectionOptions } from '../options.ts';
import { table } from '../terminal/table.ts';
import { bytes, duration } from '../terminal/units.ts';
import { printable } from '../terminal/text.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { addJsonOption, type CommandHost, makeCommand, onWorker } from './command.ts';

interface ModelsOptions extends ConnectionOptions {
  refresh?: boolean;
  unload?: boolean;
  json?: boolean;
}

/** What a person should know of a model, the worst first. */
function notesOn({ problem, placeholder, forecast, triggerWords, license }: Model): string {
  const need = forecast == null ? '' : `${bytes(forecast.peakBytes)} by forecast`;
  return [
    problem ?? '',
    placeholder ? 'placeholder art' : '',
    forecast?.fits === false ? `does not fit: ${need}` : need,
    triggerWords.length > 0 ? `says: ${triggerWords.join(', ')}` : '',
    license ?? '',
  ]
    .filter(note => note !== '')
    .join('; ');
}

/** What runs taught, and what the remaining times of jobs are told from. */
function timesTable(times: NonNullable<Inventory['stepTimes']>, width: number): string {
  const columns = [
    { title: 'LEARNT FROM RUNS', shrinks: true },
    { title: 'SIZE', align: 'right' },
    { title: 'BATCH', align: 'right' },
    { title: 'PER STEP', align: 'right' },
    { title: 'BEFORE', align: 'right' },
    { title: 'AFTER', align: 'right' },
    { title: 'RUNS', align: 'right' },
    { title: 'SERVER' },
  ] as const;
  const rows = times.map(
    ({ server, checkpoint, renderSize, batch, evaluations, stepMs, loadMs, restMs, samples }) => [
      `${checkpoint}${evaluations > 1 ? `, ${evaluations} evaluations a step` : ''}`,
      renderSize.join('×'),
      String(batch),
      duration(stepMs),
      duration(loadMs),
      duration(restMs),
      String(samples),
      server,
    ],
  );
  return table(columns, rows, width);
}

function modelTable(title: string, models: readonly Model[], width: number): string {
  return table(
    [
      { title, shrinks: true },
      { title: 'FAMILY' },
      { title: 'SIZE', align: 'right' },
      { title: 'SHA-256' },
      { title: 'NOTES' },
    ],
    models.map(model => [
      model.name,
      model.family,
      model.bytes === null ? '' : bytes(model.bytes),
      model.sha256?.slice(0, 10) ?? (model.placeholder ? '' : 'unverified'),
      notesOn(model),
    ]),
    width,
  );
}

async function models(
  { stdout, stderr }: Context,
  connection: WorkerConnection,
  { refresh, unload, json }: ModelsOptions,
): Promise<number> {
  if (unload === true) {
    const { servers } = await connection.request('engines.free', {});
    print(stderr, `Unloaded the models of ${servers.join(', ') || 'no server: none answers'}.`);
  }
  const inventory = await connection.request('models.list', { refresh: refresh === true });
  const { checkpoints, loras, vaes, samplers, schedulers } = inventory;
  // Every engine has samplers, also one without a model.
  if (checkpoints.length === 0 && samplers.length === 0) {
    const fault = new PixelsError(
      'engine-unavailable',
      'No engine has answered yet, so its models are not known. Run dgx-pixels doctor to see why.',
    );
    reportError({ stdout, stderr }, fault, json === true);
    return EXIT.unreachable;
  }
  if (json === true) {
    print(stdout, JSON.stringify(inventory, null, 2));
    return EXIT.done;
  }
  const width = columnsOf(stdout);
  for (const [title, list] of [
    ['CHECKPOINT', checkpoints],
    ['LORA', loras],
    ['VAE', vaes],
  ] as const) {
    if (list.length > 0) print(stdout, `${modelTable(title, list, width)}\n`);
    else print(stdout, `${title}\n(none)\n`);
  }
  print(stdout, printable(`Samplers: ${samplers.join(', ')}`));
  print(stdout, printable(`Schedulers: ${schedulers.join(', ')}`));
  const times = inventory.stepTimes ?? [];
  if (times.length > 0) print(stdout, `\n${timesTable(times, width)}`);
  return EXIT.done;
}

/** `models`: what the servers can draw with. */
export function modelsCommand(host: CommandHost): Command {
  const command = makeCommand('models', 'list checkpoints, LoRAs and VAEs', [
    'models',
    'models --refresh',
    'models --unload',
    'models --json | jq -r ".checkpoints[].name"',
  ])
    .option('--refresh', 'ask the servers anew')
    .option('--unload', 'first let idle servers unload their models and forget cached results');
  addJsonOption(command);
  return onWorker(host, command, 'starts', connection =>
    models(host.context, connection, command.opts<ModelsOptions>()),
  );
}
