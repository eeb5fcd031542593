import { createHash } from 'node:crypto';
import * as z from 'zod';
import { curveKeySchema } from './discovery.ts';

/** How every connection string begins; the digit is its version. */
export const CONNECTION_PREFIX = 'dgxp1:';
export const CHECKSUM_BYTES = 4;

const portSchema = z.int().min(1).max(65_535);

/** What a person pastes into the editor to reach a worker on another machine. Secret: it holds the client's key. */
export const connectionSchema = z.object({
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

/** First bytes of the SHA-256 that tell a torn or mistyped string. */
export function connectionChecksum(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest().subarray(0, CHECKSUM_BYTES);
}

/** One string with all that a client needs: prefix, then base64url of JSON and a checksum. */
export function formatConnectionString(info: ConnectionInfo): string {
  const bytes = Buffer.from(JSON.stringify(connectionSchema.parse(info)));
  return CONNECTION_PREFIX + Buffer.concat([bytes, connectionChecksum(bytes)]).toString('base64url');
}
