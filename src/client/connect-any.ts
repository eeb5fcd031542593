import type { Endpoint } from '../local/discovery.ts';
import { PixelsError } from '../protocol/errors.ts';
import { type ConnectOptions, WorkerClient } from './worker-client.ts';

/** Each further address is tried this much later than the one before, unless that has failed by then. */
const STAGGER_MS = 250;

/**
 * Connects to whichever of a worker's addresses answers first.
 * @throws PixelsError of the address that failed most tellingly: `key-rejected` or `protocol-mismatch` before `disconnected`
 */
export async function connectAny(
  endpoints: readonly Endpoint[],
  options: Omit<ConnectOptions, 'endpoint' | 'background'>,
): Promise<WorkerClient> {
  const winners: WorkerClient[] = [];
  const attempts = endpoints.map(async (endpoint, place) => {
    if (place > 0) await new Promise(resolve => setTimeout(resolve, place * STAGGER_MS));
    if (winners.length > 0) throw new PixelsError('cancelled', 'Another address answered first.');
    const client = await WorkerClient.connect({ ...options, endpoint });
    if (winners.length > 0) {
      await client.close();
      throw new PixelsError('cancelled', 'Another address answered first.');
    }
    winners.push(client);
    return client;
  });
  try {
    return await Promise.any(attempts);
  } catch (error) {
    const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
    throw tellingOf(errors);
  }
}

function tellingOf(errors: readonly unknown[]): Error {
  const telling =
    errors.find(one => !PixelsError.is(one)) ??
    errors.find(one => !PixelsError.is(one, 'disconnected')) ??
    errors[0];
  return telling instanceof Error
    ? telling
    : new PixelsError('disconnected', 'There is no address to connect to.');
}
