import { describe, expect, it } from 'vitest';
import { Dealer, Subscriber } from 'zeromq';
import { endpointsOf } from '../../../src/client/connection-string.ts';
import type { Endpoint } from '../../../src/local/discovery.ts';
import { encodeRequest } from '../../../src/protocol/envelope.ts';
import { watchAllowList } from '../../../src/worker/access/allow-list-watch.ts';
import { listClients, pairClient, revokeClient } from '../../../src/worker/access/allow-list.ts';
import { type KeyPair, makeKeyPair } from '../../../src/worker/access/key-pair.ts';
import { loadServerKeys } from '../../../src/worker/access/server-keys.ts';
import { startServer } from '../../../src/worker/server/server.ts';
import {
  afterwards,
  codeOf,
  connect,
  localEndpoints,
  serve,
  temporaryFolder,
  type TestServer,
  until,
} from './support.ts';
import { makeTestHandlers } from './test-handlers.ts';

interface GuardedServer extends TestServer {
  data: string;
  /** Pairs a client and says where it connects. */
  pair(name: string): Promise<Endpoint>;
}

async function serveGuarded(): Promise<GuardedServer> {
  const data = temporaryFolder();
  const list = watchAllowList(data);
  afterwards(() => list.close());
  const listener = { ...localEndpoints('tcp'), curve: loadServerKeys(data) };
  const test = await serve(listener, {
    allowed: key => list.allowed(key),
    onAccepted: key => list.noteSeen(key),
  });
  const port = (endpoint: string): number => Number(endpoint.split(':').at(-1));
  return {
    ...test,
    data,
    pair: async name => {
      const text = await pairClient({
        data,
        name,
        hosts: ['127.0.0.1'],
        requestPort: port(test.endpoint.requests),
        eventPort: port(test.endpoint.events),
      });
      const endpoint = endpointsOf(text)[0]!;
      await until(() => list.allowed(endpoint.curve!.publicKey), 'the new key');
      return endpoint;
    },
  };
}

interface Tap {
  /** Messages that came through. */
  received: number;
  handshakes: number;
  failures: string[];
}

/** Raw sockets that take whatever the worker would give them. */
function tap(endpoint: Endpoint, keys?: KeyPair & { server: string }): Tap {
  const seen: Tap = { received: 0, handshakes: 0, failures: [] };
  const options = {
    linger: 0,
    ...(keys === undefined
      ? {}
      : {
          curveServerKey: keys.server,
          curvePublicKey: keys.publicKey,
          curveSecretKey: keys.secretKey,
        }),
  };
  const dealer = new Dealer(options);
  const subscriber = new Subscriber(options);
  for (const socket of [dealer, subscriber]) {
    afterwards(() => socket.close());
    for (const type of [
      'handshake:error:auth',
      'handshake:error:protocol',
      'handshake:error:other',
    ] as const) {
      socket.events.on(type, () => seen.failures.push(type));
    }
    socket.events.on('handshake', () => seen.handshakes++);
    void (async () => {
      try {
        for (;;) {
          await socket.receive();
          seen.received++;
        }
      } catch {
        // Closed.
      }
    })();
  }
  subscriber.subscribe('');
  dealer.connect(endpoint.requests);
  subscriber.connect(endpoint.events);
  void dealer.send(encodeRequest(1, 'ping', {}));
  return seen;
}

/** Lets the server publish for a while. */
async function publishFor({ server, journal }: TestServer, ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    server.publish('models.changed', null, { seq: ++journal.seq, at: 0 });
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

describe('a worker with CURVE', () => {
  it('serves a paired client requests and events, and knows when it was seen', async () => {
    const test = await serveGuarded();
    const client = await connect(await test.pair('laptop'));
    const seqs: number[] = [];
    client.onEvent(event => 'seq' in event && seqs.push(event.seq));
    expect(await client.request('ping', { nonce: 6 })).toMatchObject({ nonce: 6 });
    await client.subscribe();
    await publishFor(test, 50);
    await until(() => seqs.length >= test.journal.seq, 'the events');
    expect(seqs).toEqual(Array.from({ length: test.journal.seq }, (_, place) => place + 1));
  });

  it('gives an unlisted key, a client without CURVE and one with a wrong server key not a byte', async () => {
    const test = await serveGuarded();
    const { curve } = await test.pair('laptop');
    const control = tap(test.endpoint, curve);
    const server = curve!.server;
    const unlisted = tap(test.endpoint, { ...makeKeyPair(), server });
    const plain = tap(test.endpoint);
    const wrongServer = tap(test.endpoint, { ...curve!, server: makeKeyPair().publicKey });
    await publishFor(test, 1500);
    for (const stranger of [unlisted, plain, wrongServer]) {
      expect(stranger).toMatchObject({ received: 0, handshakes: 0 });
      expect(stranger.failures.length).toBeGreaterThan(0);
    }
    expect(control.received).toBeGreaterThan(10);
  });

  it('cuts a revoked client off within a second while others go on', async () => {
    const test = await serveGuarded();
    const endpoint = await test.pair('laptop');
    const revoked = await connect(endpoint);
    const stays = await connect(await test.pair('desktop'));
    const seqs: number[] = [];
    stays.onEvent(event => 'seq' in event && seqs.push(event.seq));
    await stays.subscribe();
    const listening = tap(test.endpoint, endpoint.curve);
    await until(() => listening.handshakes === 2, 'both handshakes');
    await publishFor(test, 100);
    expect(listening.received).toBeGreaterThan(0);

    await revokeClient(test.data, 'laptop');
    await publishFor(test, 1000);
    const { received } = listening;
    await publishFor(test, 1000);
    expect(listening.received).toBe(received);
    await until(() => revoked.state === 'rejected', 'the refusal');
    expect(revoked.problem).toMatchObject({ code: 'key-rejected' });
    expect(await codeOf(revoked.request('ping', {}))).toBe('key-rejected');
    expect(await codeOf(connect(endpoint))).toBe('key-rejected');

    expect(await stays.request('ping', { nonce: 1 })).toMatchObject({ nonce: 1 });
    await until(() => seqs.length >= test.journal.seq, 'every event at the other client');
    expect(seqs).toEqual(Array.from({ length: test.journal.seq }, (_, place) => place + 1));
    expect(listClients(test.data).map(({ name }) => name)).toEqual(['desktop']);
  });

  it('lets a client in that was paired while it ran, and none after all were revoked', async () => {
    const test = await serveGuarded();
    for (const name of ['one', 'two']) {
      const endpoint = await test.pair(name);
      const client = await connect(endpoint);
      await client.close();
      await revokeClient(test.data, name);
      await new Promise(resolve => setTimeout(resolve, 1000));
      expect(await codeOf(connect(endpoint))).toBe('key-rejected');
    }
  });
});

describe('a client', () => {
  it('stops trying when its key is refused, and says so', async () => {
    const test = await serveGuarded();
    const { curve } = await test.pair('laptop');
    const stranger = { ...test.endpoint, curve: { ...makeKeyPair(), server: curve!.server } };
    expect(await codeOf(connect(stranger))).toBe('key-rejected');
    const wrongServer = { ...test.endpoint, curve: { ...curve!, server: makeKeyPair().publicKey } };
    expect(await codeOf(connect(wrongServer))).toBe('key-rejected');
    expect(await codeOf(connect(test.endpoint))).toBe('key-rejected');
  });

  it('with keys is told that the worker uses none', async () => {
    const { endpoint } = await serve(localEndpoints('tcp'));
    const curve = { ...makeKeyPair(), server: makeKeyPair().publicKey };
    expect(await codeOf(connect({ ...endpoint, curve }))).toBe('key-rejected');
  });
});

describe('listening without keys', () => {
  const { handlers } = makeTestHandlers();
  const start = (requests: string): Promise<unknown> =>
    startServer({
      listeners: [{ requests, events: 'tcp://127.0.0.1:*' }],
      handlers,
      currentSeq: () => 0,
      instance: 'i',
    });

  it.each([
    'tcp://*:5555',
    'tcp://0.0.0.0:5555',
    'tcp://[::]:5555',
    'tcp://eth0:5555',
    'tcp://spark.local:5555',
    'tcp://localhost.example:5555',
    'tcp://127.0.0.1.example:5555',
  ])('on %s is refused with the way out', async requests => {
    await expect(start(requests)).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('dgx-pixels pair') as string,
    });
  });
});
