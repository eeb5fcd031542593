import { createHash } from 'node:crypto';

/** How every connection string begins; the digit is its version. */
const PREFIX = 'dgxp1:';
const CHECKSUM_BYTES = 4;

/** What a client on another machine needs to reach this worker. Secret: it holds the client's key. */
export interface ConnectionFields {
  /** Name of the client in the allow-list. */
  name: string;
  /** Names or addresses of this machine, the most likely first. */
  hosts: readonly string[];
  requestPort: number;
  eventPort: number;
  server: string;
  publicKey: string;
  secretKey: string;
}

/** One string to paste into a client: the prefix, then base64url of JSON and the first bytes of its SHA-256. */
export function formatConnectionString(fields: ConnectionFields): string {
  const bytes = Buffer.from(JSON.stringify(fields));
  const checksum = createHash('sha256').update(bytes).digest().subarray(0, CHECKSUM_BYTES);
  return PREFIX + Buffer.concat([bytes, checksum]).toString('base64url');
}
