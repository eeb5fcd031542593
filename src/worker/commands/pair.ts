import { hostname, networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { PixelsError } from '../../protocol/errors.ts';
import { dataFolder, makePrivateFolder } from '../../local/places.ts';
import { listClients, pairClient, revokeClient } from '../access/allow-list.ts';
import { readConfig } from '../config.ts';
import { EXIT, newCommand, reportError } from './parse.ts';

const DEFAULT_PORT = 5555;

interface PairOptions {
  name: string;
  host?: string[];
  port?: string;
  data?: string;
  config?: string;
  json?: boolean;
}

/** This machine's name and addresses, as others on its network may know it. */
function ownHosts(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap(list => list ?? [])
    .filter(address => !address.internal && address.family === 'IPv4')
    .map(address => address.address);
  return [...new Set([hostname(), ...addresses])];
}

function portOf(endpoint: string | undefined, otherwise: number): number {
  const port = Number(/:(\d+)$/.exec(endpoint ?? '')?.[1] ?? otherwise);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new PixelsError('invalid-params', `${port} is no port; use 1 to 65535.`);
  }
  return port;
}

function folderOf(options: PairOptions): string {
  const config = options.config === undefined ? null : readConfig(options.config);
  const data = options.data === undefined ? (config?.data ?? dataFolder()) : resolve(options.data);
  makePrivateFolder(data);
  return data;
}

async function add(options: PairOptions): Promise<void> {
  const config = options.config === undefined ? null : readConfig(options.config);
  const requestPort =
    options.port === undefined
      ? portOf(config?.listen.requests, DEFAULT_PORT)
      : portOf(`:${options.port}`, DEFAULT_PORT);
  const eventPort = portOf(config?.listen.events, requestPort + 1);
  const connection = await pairClient({
    data: folderOf(options),
    name: options.name,
    hosts: options.host ?? ownHosts(),
    requestPort,
    eventPort,
  });
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ name: options.name, connection })}\n`);
    return;
  }
  process.stdout.write(`${connection}\n`);
  process.stderr.write(
    `"${options.name}" may now connect. Paste the line above into the editor (DGX-Pixels: Connect to Worker…); it holds a secret key.\n` +
      `The worker must listen for other machines: dgx-pixels serve --listen tcp://0.0.0.0:${requestPort} --curve\n`,
  );
}

function list(options: PairOptions): void {
  const clients = listClients(folderOf(options));
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify(clients)}\n`);
    return;
  }
  if (clients.length === 0) process.stdout.write('No client is paired.\n');
  for (const client of clients) {
    const seen =
      client.lastSeenAt === undefined ? 'never' : new Date(client.lastSeenAt).toISOString();
    process.stdout.write(
      `${client.name}  ${client.publicKey.slice(0, 10)}…  paired ${new Date(client.createdAt).toISOString()}  last seen ${seen}\n`,
    );
  }
}

const EXAMPLES = `
Examples:
  dgx-pixels pair --name laptop --host spark.local
  dgx-pixels pair list
  dgx-pixels pair revoke laptop`;

/** `dgx-pixels pair [list | revoke NAME]`: who may connect from other machines. */
export async function pairCommand(argv: readonly string[]): Promise<number> {
  const command = newCommand(
    'dgx-pixels pair',
    'Makes a key for a client on another machine and prints its connection string.',
  )
    .option('--name <name>', 'what the client is called', 'client')
    .option('--host <host...>', "this machine's name or address as the client sees it")
    .option('--port <number>', 'port of requests; events use the next one', undefined)
    .option('--data <folder>', "the worker's data folder")
    .option('--config <file>', "the worker's configuration")
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action(async () => add(command.opts<PairOptions>()));
  command
    .command('list')
    .description('lists the clients that may connect')
    .action(() => {
      list(command.opts<PairOptions>());
    });
  command
    .command('revoke <name>')
    .description('takes the right to connect away, at once')
    .action(async (name: string) => {
      const gone = await revokeClient(folderOf(command.opts<PairOptions>()), name);
      process.stdout.write(`"${gone.name}" can no longer connect.\n`);
    });
  try {
    await command.parseAsync([...argv], { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    return reportError(error);
  }
}
