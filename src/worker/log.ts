import { type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** Names of fields that never reach a log in the clear, at any depth that our records have. */
const SECRETS = ['headers', 'secretKey', 'authorization', 'token', 'connection', 'curve'].flatMap(
  name => [name, `*.${name}`, `*.*.${name}`],
);

/**
 * A structured log, one JSON object a line, to a file descriptor (2 = standard error). Keys, tokens and headers are blotted out.
 * @param level pino's level name; `silent` for none
 */
export function createLog(level: string, destination: NodeJS.WritableStream = process.stderr): Log {
  return pino(
    { level, base: { pid: process.pid }, redact: { paths: SECRETS, censor: '[hidden]' } },
    destination,
  );
}
