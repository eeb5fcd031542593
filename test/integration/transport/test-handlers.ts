import { PROTOCOL_VERSION } from '../../../src/protocol/version.ts';
import { type MethodName, METHODS } from '../../../src/protocol/methods.ts';
import { Attached, type Handlers } from '../../../src/worker/server/handlers.ts';
import { METHOD_SAMPLES } from '../../unit/protocol/samples.ts';

/** A journal in which every event is a `models.changed`. */
export interface TestJournal {
  seq: number;
  /** Events up to this one are gone. */
  forgotten: number;
  instance: string;
}

/** Handlers that answer with the samples; `hello`, `ping` and `events.since` are real. */
export function makeTestHandlers(overrides: Partial<Handlers> = {}): {
  handlers: Handlers;
  journal: TestJournal;
} {
  const journal: TestJournal = { seq: 0, forgotten: 0, instance: 'first' };
  const samples = Object.fromEntries(
    (Object.keys(METHODS) as MethodName[]).map(method => [
      method,
      () => METHOD_SAMPLES[method].result,
    ]),
  ) as unknown as Handlers;
  const handlers: Handlers = {
    ...samples,
    hello: () => ({
      worker: { version: '0.0.0', instance: journal.instance, pid: process.pid },
      protocol: PROTOCOL_VERSION,
      seq: journal.seq,
      now: Date.now(),
    }),
    ping: ({ nonce }) => ({
      ...(nonce === undefined ? {} : { nonce }),
      seq: journal.seq,
      now: Date.now(),
    }),
    'artifacts.get': () =>
      new Attached(METHOD_SAMPLES['artifacts.get'].result, new Uint8Array([1, 2, 3])),
    'events.since': ({ after, limit }) =>
      after < journal.forgotten
        ? { events: [], seq: journal.seq, reset: true }
        : {
            events: Array.from(
              { length: Math.min(limit, Math.max(0, journal.seq - after)) },
              (_, place) => ({
                type: 'models.changed',
                job: null,
                seq: after + 1 + place,
                at: 0,
              }),
            ),
            seq: journal.seq,
            reset: false,
          },
    ...overrides,
  };
  return { handlers, journal };
}
