import { createHash } from 'node:crypto';
import * as z from 'zod';
import { curveKeySchema, type Endpoint } from '../local/discovery.ts';
import { PixelsError } from '../protocol/errors.ts';

const CONNECTION_PREFIX = 'dgxp1:';
const CHECKSUM_BYTES = 4;

const portSchema = z.int().min(1).max(65_535);

/** What a connection string holds, see `dgx-pixels pair`. */
const connectionSchema = z.object({
  /** Name of this client in the worker's allow-list. */
  name: z.string().min(1).max(64),
  /** Names or addresses of the worker's machine, the most likely first. */
  hosts: z.array(z.string().min(1).max(253)).min(1).max(16),
  requestPort: portSchema,
  eventPort: portSchema,
  server: curveKeySchema,
  publicKey: curveKeySchema,
  secretKey: curveKeySchema,
});
export type ConnectionInfo = z.output<typeof connectionSchema>;

function connectionChecksum(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest().subarray(0, CHECKSUM_BYTES);
}

const HINT = 'Copy the whole line that `dgx-pixels pair` printed.';

function refuse(reason: string): PixelsError {
  return new PixelsError('invalid-params', `The connection string ${reason}. ${HINT}`);
}

/**
 * Reads what `dgx-pixels pair` printed; white space around it and line breaks within, as mail puts them, do no harm.
 * @throws PixelsError `invalid-params` that says what is wrong with it
 */
export function parseConnectionString(text: string): ConnectionInfo {
  const compact = text.replace(/\s+/g, '');
  if (compact === '') throw refuse('is empty');
  const version = /^dgxp(\d+):/.exec(compact)?.[0];
  if (version === undefined) throw refuse(`does not begin with "${CONNECTION_PREFIX}"`);
  if (version !== CONNECTION_PREFIX) {
    throw new PixelsError(
      'protocol-mismatch',
      `The connection string is of version "${version}"; this side knows "${CONNECTION_PREFIX}". Update it, or pair again.`,
    );
  }
  const encoded = compact.slice(CONNECTION_PREFIX.length);
  if (!/^[A-Za-z0-9_-]*$/.test(encoded)) throw refuse('has characters that do not belong there');
  const bytes = Buffer.from(encoded, 'base64url');
  const payload = bytes.subarray(0, -CHECKSUM_BYTES);
  const checksum = bytes.subarray(-CHECKSUM_BYTES);
  if (bytes.byteLength <= CHECKSUM_BYTES || !connectionChecksum(payload).equals(checksum)) {
    throw refuse('is torn or mistyped');
  }
  let value: unknown;
  try {
    value = JSON.parse(payload.toString());
  } catch {
    throw refuse('cannot be read');
  }
  const parsed = connectionSchema.safeParse(value);
  if (!parsed.success) throw refuse('lacks something that is needed');
  return parsed.data;
}

/** The endpoints a connection string stands for, one per host. */
export function endpointsOf(connection: string | ConnectionInfo): Endpoint[] {
  const info = typeof connection === 'string' ? parseConnectionString(connection) : connection;
  const { server, publicKey, secretKey } = info;
  return info.hosts.map(host => {
    const address = host.includes(':') ? `[${host}]` : host;
    return {
      requests: `tcp://${address}:${info.requestPort}`,
      events: `tcp://${address}:${info.eventPort}`,
      curve: { server, publicKey, secretKey },
    };
  });
}
