import { describe, expect, it } from 'vitest';
import type { ConnectionState } from '../../../src/client/connection.ts';
import { connectAny } from '../../../src/client/connect-any.ts';
import { connectLocal, discoverWorker } from '../../../src/client/discover.ts';
import type { WorkerClient } from '../../../src/client/worker-client.ts';
import { writeDiscovery } from '../../../src/local/discovery.ts';
import {
  afterwards,
  codeOf,
  connect,
  forkWorker,
  localEndpoints,
  serve,
  temporaryFolder,
  until,
} from './support.ts';

const identity = { client: { name: 'tests', version: '0.0.0' } };

function collectStates(client: WorkerClient): ConnectionState[] {
  const states: ConnectionState[] = [];
  client.onState(state => states.push(state));
  return states;
}

function collectSeqs(client: WorkerClient): number[] {
  const seqs: number[] = [];
  client.onEvent(event => 'seq' in event && seqs.push(event.seq));
  return seqs;
}

describe.each(['ipc', 'tcp'] as const)('over %s', transport => {
  it('a worker whose loop hangs is unresponsive, then ready again', async () => {
    const worker = await forkWorker(localEndpoints(transport));
    const client = await connect(worker.endpoint, { pingIntervalMs: 100, pingTimeoutMs: 200 });
    const states = collectStates(client);
    worker.block(1200);
    const asked = client.request('ping', { nonce: 8 });
    await until(() => states.length >= 2, 'the recovery');
    expect(states).toEqual(['unresponsive', 'ready']);
    expect(await asked).toMatchObject({ nonce: 8 });
  });

  it('a killed and restarted worker is found again: requests go on and events are caught up', async () => {
    const listener = localEndpoints(transport);
    const first = await forkWorker(listener);
    const client = await connect(first.endpoint);
    const states = collectStates(client);
    const seqs = collectSeqs(client);
    const hellos: string[] = [];
    client.onHello(({ worker }) => hellos.push(worker.instance));
    await client.subscribe();
    first.publishTo(3);
    await until(() => seqs.length === 3, 'the first events');
    first.block(60_000);
    await new Promise(resolve => setTimeout(resolve, 50));
    const repeatable = client.request('jobs.cancel', { target: { all: true } });
    const once = codeOf(client.request('jobs.retry', { target: { all: true } }));
    await new Promise(resolve => setTimeout(resolve, 50));
    await first.kill();
    expect(await once).toBe('disconnected');
    await until(() => client.state === 'reconnecting', 'the loss');
    const meanwhile = client.request('jobs.retry', { target: { all: true } });
    const second = await forkWorker(first.endpoint, { seq: 8, instance: 'second' });
    expect(await repeatable).toEqual({ runs: 4 });
    expect(await meanwhile).toEqual({ runs: 1 });
    second.publishTo(10);
    await until(() => seqs.length >= 10, 'the events missed');
    expect(seqs).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(states).toEqual(['reconnecting', 'ready']);
    expect(hellos).toEqual(['second']);
  });
});

describe('a restarted worker', () => {
  it('with a shorter journal makes the client begin anew', async () => {
    const listener = localEndpoints('ipc');
    const first = await forkWorker(listener, { seq: 90 });
    const client = await connect(first.endpoint);
    const seqs = collectSeqs(client);
    const resets: object[] = [];
    client.onReset(reset => resets.push(reset));
    await client.subscribe();
    await first.kill();
    const second = await forkWorker(listener, { seq: 4, instance: 'second' });
    await until(() => resets.length > 0, 'the reset');
    second.publishTo(6);
    await until(() => seqs.length >= 2, 'the new events');
    expect(resets).toEqual([{ seq: 4, instance: 'second' }]);
    expect(seqs).toEqual([5, 6]);
  });

  it('is waited for by a client that was started first', async () => {
    const listener = localEndpoints('ipc');
    const client = await connect(listener, { background: true });
    expect(client.state).toBe('connecting');
    const asked = client.request('ping', { nonce: 2 });
    await forkWorker(listener);
    expect(await asked).toMatchObject({ nonce: 2 });
    expect(client.state).toBe('ready');
  });
});

describe('a socket file that another worker listens on', () => {
  it('is refused, and that worker keeps its clients', async () => {
    const listener = localEndpoints('ipc');
    const { endpoint } = await serve(listener);
    const client = await connect(endpoint);
    expect(await codeOf(serve(listener))).toBe('conflict');
    expect(await client.request('ping', { nonce: 1 })).toMatchObject({ nonce: 1 });
    await connect(endpoint);
  });

  it('is taken over when its worker was killed', async () => {
    const listener = localEndpoints('ipc');
    const dead = await forkWorker(listener);
    await dead.kill();
    const { endpoint } = await serve(listener);
    await connect(endpoint);
  });
});

describe('the local worker', () => {
  const discovery = { version: '0.0.0', protocol: 1, instance: 'first', pid: 1, startedAt: 0 };

  it('is found by its discovery file', async () => {
    const runtime = temporaryFolder();
    const { endpoint } = await serve(localEndpoints('ipc'));
    writeDiscovery(runtime, { ...discovery, local: endpoint });
    expect((await discoverWorker(runtime, identity))?.local).toEqual(endpoint);
    const client = await connectLocal(runtime, identity);
    afterwards(() => client?.close());
    expect(client?.worker?.worker.instance).toBe('first');
  });

  it('is not found by a file that a dead worker left, nor without one', async () => {
    const runtime = temporaryFolder();
    expect(await discoverWorker(runtime, identity)).toBeNull();
    writeDiscovery(runtime, { ...discovery, local: localEndpoints('ipc') });
    expect(await discoverWorker(runtime, identity)).toBeNull();
  });
});

describe('several addresses of one worker', () => {
  it('are tried until one answers', async () => {
    const { endpoint } = await serve(localEndpoints('ipc'));
    const client = await connectAny([localEndpoints('ipc'), endpoint], identity);
    afterwards(() => client.close());
    expect(client.state).toBe('ready');
  });

  it('fail with what the most telling of them said', async () => {
    const options = { ...identity, connectTimeoutMs: 100 };
    expect(await codeOf(connectAny([localEndpoints('ipc'), localEndpoints('ipc')], options))).toBe(
      'disconnected',
    );
    expect(await codeOf(connectAny([], options))).toBe('disconnected');
  });
});
