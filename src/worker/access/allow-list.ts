import { existsSync, readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import * as z from 'zod';
import { formatConnectionString } from './connection-string.ts';
import { curveKeySchema } from '../../local/discovery.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { keyFolder, whileLocked, writePrivate } from './key-folder.ts';
import { makeKeyPair } from './key-pair.ts';
import { readLastSeen } from './last-seen.ts';
import { loadServerKeys } from './server-keys.ts';

const clientSchema = z.object({
  name: z.string().min(1).max(64),
  publicKey: curveKeySchema,
  /** Unix time in milliseconds. */
  createdAt: z.number(),
});
type StoredClient = z.output<typeof clientSchema>;

/** A client that may connect. */
export interface PairedClient extends StoredClient {
  /** Unix time in milliseconds of its last connection; absent when it never connected. */
  lastSeenAt?: number;
}

export interface PairOptions {
  /** The worker's data folder. */
  data: string;
  /** What the client is called in lists and in `revoke`. */
  name: string;
  /** Names or addresses under which clients reach this machine, the most likely first. */
  hosts: readonly string[];
  requestPort: number;
  eventPort: number;
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,63}$/u;
const HOST = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$/;
/** A part of a key says too little when it is shorter. */
const SHORTEST_KEY_PREFIX = 4;

/** File that names the clients that may connect. */
export function allowListPath(data: string): string {
  return join(keyFolder(data), 'clients.json');
}

/**
 * @throws PixelsError `conflict` when the file cannot be understood; it is never overwritten then
 */
export function readAllowList(path: string): StoredClient[] {
  if (!existsSync(path)) return [];
  try {
    return z.array(clientSchema).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new PixelsError(
      'conflict',
      `${path} cannot be understood. Restore it, or remove it and pair every client anew.`,
      { path },
      { cause },
    );
  }
}

function invalid(message: string): PixelsError {
  return new PixelsError('invalid-params', message);
}

function checkOptions({ name, hosts, requestPort, eventPort }: PairOptions): void {
  if (!NAME.test(name) || name.trim() !== name) {
    throw invalid(
      'A client name has 1 to 64 letters, digits, spaces or any of . _ @ - and begins with a letter or digit.',
    );
  }
  if (hosts.length === 0 || hosts.length > 16) throw invalid('Name 1 to 16 hosts.');
  for (const host of hosts) {
    if (!HOST.test(host) && !isIPv6(host)) {
      throw invalid(
        `"${host}" is not a host name or address; leave out scheme, port and brackets.`,
      );
    }
  }
  for (const port of [requestPort, eventPort]) {
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw invalid(`${port} is no port.`);
  }
}

/**
 * Lets one more client in: makes its keys, adds the public one to the allow-list and returns the string to paste into that
 * client. The secret key is in that string only; it is not kept here.
 * @throws PixelsError `invalid-params`, `conflict` for a name that is taken
 */
export async function pairClient(options: PairOptions): Promise<string> {
  checkOptions(options);
  const { data, name, hosts, requestPort, eventPort } = options;
  const server = loadServerKeys(data);
  const keys = makeKeyPair();
  const path = allowListPath(data);
  await whileLocked(keyFolder(data), () => {
    const clients = readAllowList(path);
    if (clients.some(client => client.name.toLowerCase() === name.toLowerCase())) {
      throw new PixelsError(
        'conflict',
        `A client named "${name}" is paired already. Choose another name, or revoke it first.`,
        { name },
      );
    }
    clients.push({ name, publicKey: keys.publicKey, createdAt: Date.now() });
    writePrivate(path, `${JSON.stringify(clients, null, 2)}\n`);
  });
  return formatConnectionString({
    name,
    hosts: [...hosts],
    requestPort,
    eventPort,
    server: server.publicKey,
    publicKey: keys.publicKey,
    secretKey: keys.secretKey,
  });
}

/** The clients that may connect, the oldest first. */
export function listClients(data: string): PairedClient[] {
  const seen = readLastSeen(keyFolder(data));
  return readAllowList(allowListPath(data)).map(client => {
    const lastSeenAt = seen[client.publicKey];
    return lastSeenAt === undefined ? client : { ...client, lastSeenAt };
  });
}

function findClient(clients: readonly StoredClient[], nameOrKey: string): StoredClient {
  const named = clients.find(({ name }) => name.toLowerCase() === nameOrKey.toLowerCase());
  if (named !== undefined) return named;
  const keyed =
    nameOrKey.length >= SHORTEST_KEY_PREFIX
      ? clients.filter(({ publicKey }) => publicKey.startsWith(nameOrKey))
      : [];
  const [only] = keyed;
  if (only !== undefined && keyed.length === 1) return only;
  const names = clients.map(({ name }) => name);
  throw new PixelsError(
    keyed.length > 1 ? 'conflict' : 'not-found',
    keyed.length > 1
      ? `Several client keys begin with "${nameOrKey}"; give more of it.`
      : `No client is named "${nameOrKey}" or has a key that begins so. Paired: ${names.join(', ') || 'none'}.`,
    { names },
  );
}

/**
 * Shuts a client out. A running worker cuts it off within a second.
 * @param nameOrKey its name, or at least four characters of its public key's beginning
 * @throws PixelsError `not-found`, `conflict` for a key that is not clear
 */
export async function revokeClient(data: string, nameOrKey: string): Promise<PairedClient> {
  const path = allowListPath(data);
  return whileLocked(keyFolder(data), () => {
    const clients = readAllowList(path);
    const revoked = findClient(clients, nameOrKey);
    const rest = clients.filter(client => client !== revoked);
    writePrivate(path, `${JSON.stringify(rest, null, 2)}\n`);
    return revoked;
  });
}
