import type { Command } from 'commander';
import type { Model } from '../../protocol/models.ts';
import { columnsOf, type Context, print } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import type { ConnectionOptions } from '../options.ts';
import { table } from '../terminal/table.ts';
import { bytes } from '../terminal/units.ts';
import { printable } from '../terminal/text.ts';
import type { WorkerConnection } from '../worker/connection.ts';
import { addJsonOption, type CommandHost, makeCommand, onWorker } from './command.ts';

interface ModelsOptions extends ConnectionOptions {
  refresh?: boolean;
  json?: boolean;
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
      [
        model.placeholder ? 'placeholder art' : '',
        model.triggerWords.length > 0 ? `says: ${model.triggerWords.join(', ')}` : '',
        model.license ?? '',
      ]
        .filter(note => note !== '')
        .join('; '),
    ]),
    width,
  );
}

async function models(
  { stdout }: Context,
  connection: WorkerConnection,
  { refresh, json }: ModelsOptions,
): Promise<number> {
  const inventory = await connection.request('models.list', { refresh: refresh === true });
  if (json === true) {
    print(stdout, JSON.stringify(inventory, null, 2));
    return EXIT.done;
  }
  const width = columnsOf(stdout);
  const { checkpoints, loras, vaes, samplers, schedulers } = inventory;
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
  return EXIT.done;
}

/** `models`: what the servers can draw with. */
export function modelsCommand(host: CommandHost): Command {
  const command = makeCommand('models', 'list checkpoints, LoRAs and VAEs', [
    'models',
    'models --refresh',
    'models --json | jq -r ".checkpoints[].name"',
  ]).option('--refresh', 'ask the servers anew');
  addJsonOption(command);
  return onWorker(host, command, 'starts', connection =>
    models(host.context, connection, command.opts<ModelsOptions>()),
  );
}
