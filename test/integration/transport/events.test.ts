import { describe, expect, it } from 'vitest';
import { Subscriber } from 'zeromq';
import type { WorkerClient } from '../../../src/client/worker-client.ts';
import { decodeEvent } from '../../../src/protocol/event-frames.ts';
import type { PixelsEvent } from '../../../src/protocol/events.ts';
import { LARGEST_EVENTS, UUID } from '../../unit/protocol/samples.ts';
import {
  afterwards,
  codeOf,
  connect,
  forkWorker,
  localEndpoints,
  serve,
  stall,
  type TestServer,
  until,
} from './support.ts';

function collect(client: WorkerClient): PixelsEvent[] {
  const events: PixelsEvent[] = [];
  client.onEvent(event => events.push(event));
  return events;
}

function seqsOf(events: readonly PixelsEvent[]): number[] {
  return events.flatMap(event => ('seq' in event ? [event.seq] : []));
}

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, place) => place + 1);
}

/** Publishes the next journaled event. */
function append({ server, journal }: TestServer): void {
  server.publish('models.changed', null, { seq: ++journal.seq, at: 0 });
}

describe.each(['ipc', 'tcp'] as const)('events over %s', transport => {
  it('of every type arrive with all they carry', async () => {
    const { endpoint, server, journal } = await serve(localEndpoints(transport));
    const client = await connect(endpoint);
    const events = collect(client);
    await client.subscribe();
    const sent: object[] = [];
    for (const [type, { subject, body }] of Object.entries(LARGEST_EVENTS)) {
      if (type === 'ready' || type === 'worker.alive') continue;
      const numbered = 'seq' in body ? { ...body, seq: ++journal.seq } : body;
      const image = type === 'run.preview' ? new Uint8Array(200_000).fill(7) : undefined;
      server.publish(type as keyof typeof LARGEST_EVENTS, subject, numbered, image);
      sent.push({ type, job: subject, ...numbered, ...(image === undefined ? {} : { image }) });
    }
    await until(() => events.length >= sent.length, 'the last event');
    expect(
      events.map(event =>
        'image' in event ? { ...event, image: Uint8Array.from(event.image) } : event,
      ),
    ).toEqual(sent);
  });

  it('greet each of several subscribers of the same topics', async () => {
    const test = await serve(localEndpoints(transport));
    test.journal.seq = 41;
    const clients = await Promise.all([
      connect(test.endpoint),
      connect(test.endpoint),
      connect(test.endpoint),
    ]);
    const seen = clients.map(collect);
    for (const client of clients) {
      expect(await client.subscribe()).toMatchObject({ seq: 41, instance: 'first' });
    }
    append(test);
    await until(() => seen.every(events => events.length === 1), 'the event at each');
    expect(seen.map(seqsOf)).toEqual([[42], [42], [42]]);
  });

  it('greet a raw subscriber on its own topic only', async () => {
    const { endpoint } = await serve(localEndpoints(transport));
    for (const id of ['a', 'b']) {
      const subscriber = new Subscriber({ linger: 0, receiveTimeout: 5000 });
      afterwards(() => subscriber.close());
      subscriber.subscribe(`ready/${id}`);
      subscriber.connect(endpoint.events);
      expect(decodeEvent(await subscriber.receive())).toMatchObject({
        type: 'ready',
        job: id,
        seq: 0,
      });
    }
  });
});

describe('a client that comes back', () => {
  it('is greeted again while its old connection still stands', async () => {
    const { endpoint } = await serve(localEndpoints('tcp'));
    for (let connection = 0; connection < 2; connection++) {
      const subscriber = new Subscriber({ linger: 0, receiveTimeout: 5000 });
      afterwards(() => subscriber.close());
      subscriber.subscribe('ready/same');
      subscriber.connect(endpoint.events);
      expect(decodeEvent(await subscriber.receive())).toMatchObject({ type: 'ready', job: 'same' });
    }
  });
});

describe('a subscription', () => {
  it('lets through only what its prefixes select, and ends when disposed', async () => {
    const test = await serve(localEndpoints('ipc'));
    const client = await connect(test.endpoint);
    const events = collect(client);
    const other = '01932f5a-7b3c-7def-8123-000000000000';
    const first = await client.subscribe([`run.progress/${UUID}`]);
    const second = await client.subscribe(['lane.']);
    const publish = (): void => {
      for (const job of [UUID, other]) {
        test.server.publish('run.progress', job, { run: 0, stage: 'sampling', value: 1, max: 2 });
        test.server.publish('run.preview', job, { run: 0, mime: 'image/png', step: 1 });
      }
      append(test);
      test.server.publish('lane.state', null, {
        seq: ++test.journal.seq,
        at: 0,
        lane: 'batch',
        paused: true,
      });
    };
    publish();
    await until(() => events.length >= 2, 'the events');
    first.dispose();
    first.dispose();
    publish();
    await until(() => events.length >= 3, 'the event of the second subscription');
    second.dispose();
    publish();
    await client.subscribe(['engine.']);
    test.server.publish('engine.state', null, {
      seq: ++test.journal.seq,
      at: 0,
      server: 's',
      state: 'ready',
    });
    await until(() => events.length >= 4, 'the last event');
    expect(events.map(({ type, job }) => [type, job])).toEqual([
      ['run.progress', UUID],
      ['lane.state', null],
      ['lane.state', null],
      ['engine.state', null],
    ]);
  });

  it('tells other listeners when one throws, and forgets a disposed one', async () => {
    const test = await serve(localEndpoints('ipc'));
    const problems: unknown[] = [];
    const client = await connect(test.endpoint, { log: (_, error) => problems.push(error) });
    const fault = new Error('listener');
    client.onEvent(() => {
      throw fault;
    });
    const forgotten: PixelsEvent[] = [];
    client.onEvent(event => forgotten.push(event))();
    const events = collect(client);
    await client.subscribe();
    append(test);
    append(test);
    await until(() => events.length === 2, 'both events');
    expect(problems).toEqual([fault, fault]);
    expect(forgotten).toEqual([]);
  });

  it('fails when the worker publishes nothing to us', async () => {
    const test = await serve(localEndpoints('tcp'));
    const client = await connect({ ...test.endpoint, events: 'tcp://127.0.0.1:9' });
    expect(await codeOf(client.subscribe([''], { timeoutMs: 200 }))).toBe('timeout');
  });
});

describe('journaled events', () => {
  it('that never came over the socket are fetched before newer ones', async () => {
    const test = await serve(localEndpoints('ipc'));
    const client = await connect(test.endpoint);
    const events = collect(client);
    await client.subscribe();
    test.journal.seq = 2500;
    append(test);
    await until(() => events.length >= 2501, 'all events');
    expect(seqsOf(events)).toEqual(upTo(2501));
  });

  it('that were the last to be published are noticed by the sign of life', async () => {
    const test = await serve(localEndpoints('ipc'));
    const client = await connect(test.endpoint);
    const events = collect(client);
    await client.subscribe();
    test.journal.seq = 3;
    await until(() => events.length >= 3, 'the events');
    expect(seqsOf(events)).toEqual([1, 2, 3]);
  });

  it('that are gone for good are told as a reset', async () => {
    const test = await serve(localEndpoints('ipc'));
    const client = await connect(test.endpoint);
    const events = collect(client);
    const resets: object[] = [];
    client.onReset(reset => resets.push(reset));
    await client.subscribe();
    test.journal.forgotten = 10;
    test.journal.seq = 12;
    await until(() => resets.length > 0, 'the reset');
    append(test);
    await until(() => events.length > 0, 'the next event');
    expect(resets).toEqual([{ seq: 12, instance: 'first' }]);
    expect(seqsOf(events)).toEqual([13]);
  });

  it.each(['ipc', 'tcp'] as const)(
    'reach a subscriber that stalled over %s, each once and in order',
    async transport => {
      const worker = await forkWorker(localEndpoints(transport));
      const client = await connect(worker.endpoint);
      const events = collect(client);
      await client.subscribe();
      worker.publishTo(30_000);
      await new Promise(resolve => setTimeout(resolve, 20));
      stall(1500);
      await until(() => events.length >= 30_000, 'the last event');
      expect(seqsOf(events)).toEqual(upTo(30_000));
    },
  );

  it('come in a flood to one that keeps up, each once and in order', async () => {
    const test = await serve(localEndpoints('ipc'));
    const client = await connect(test.endpoint);
    const events = collect(client);
    await client.subscribe();
    for (let n = 0; n < 10_000; n++) append(test);
    await until(() => events.length >= 10_000, 'the last event');
    expect(seqsOf(events)).toEqual(upTo(10_000));
  });
});
