import { createHash, randomBytes } from 'node:crypto';
import { Dealer } from 'zeromq';
import { describe, expect, it } from 'vitest';
import { encode } from '@msgpack/msgpack';
import { decodeReply, encodeRequest } from '../../../src/protocol/envelope.ts';
import { ERROR_CODES, PixelsError } from '../../../src/protocol/errors.ts';
import { LIMITS } from '../../../src/protocol/limits.ts';
import { METHODS } from '../../../src/protocol/methods.ts';
import type { Endpoint } from '../../../src/local/discovery.ts';
import { mutate, randomFrom, validMessages } from '../../unit/protocol/mutations.ts';
import {
  afterwards,
  Attached,
  codeOf,
  connect,
  localEndpoints,
  METHOD_SAMPLES,
  methodNames,
  serve,
  until,
} from './support.ts';

function rawDealer(endpoint: Endpoint): Dealer {
  const dealer = new Dealer({ linger: 0, receiveTimeout: 10_000 });
  dealer.connect(endpoint.requests);
  afterwards(() => dealer.close());
  return dealer;
}

async function replyCode(dealer: Dealer): Promise<{ id: number; code: string }> {
  const [body] = await dealer.receive();
  const reply = decodeReply(body!);
  return { id: reply.id, code: reply.ok ? 'ok' : reply.error.code };
}

describe.each(['ipc', 'tcp'] as const)('requests over %s', transport => {
  it('bring parameters and result of every method across', async () => {
    const seen = new Map<string, unknown>();
    const overrides = Object.fromEntries(
      methodNames
        .filter(name => !['hello', 'ping', 'events.since'].includes(name))
        .map(name => [
          name,
          (params: unknown) => {
            seen.set(name, params);
            const { result } = METHOD_SAMPLES[name];
            return name === 'artifacts.get' ? new Attached(result, new Uint8Array([1])) : result;
          },
        ]),
    );
    const { endpoint } = await serve(localEndpoints(transport), {}, overrides);
    const client = await connect(endpoint);
    for (const name of methodNames) {
      for (const params of METHOD_SAMPLES[name].params) {
        const attachments = name === 'artifacts.put' ? [new Uint8Array(5)] : [];
        const { result } = await client.requestWithFrames(name, params, attachments);
        if (!(name in overrides)) continue;
        expect(result, name).toEqual(METHOD_SAMPLES[name].result);
        expect(seen.get(name), name).toEqual(METHODS[name].params.parse(params));
      }
    }
  });

  it('bring every error across with its code, message and data', async () => {
    const { endpoint } = await serve(
      localEndpoints(transport),
      {},
      {
        'jobs.get': ({ id }) => {
          const place = Number.parseInt(id.slice(-4), 16);
          throw new PixelsError(ERROR_CODES[place]!, `Code ${place}.`, { place, near: ['x'] });
        },
      },
    );
    const client = await connect(endpoint);
    for (const [place, code] of ERROR_CODES.entries()) {
      const id = `01932f5a-7b3c-7def-8123-45678900${place.toString(16).padStart(4, '0')}`;
      await expect(client.request('jobs.get', { id })).rejects.toMatchObject({
        code,
        message: `Code ${place}.`,
        data: { place, near: ['x'] },
      });
    }
  });

  it('are answered while others wait, a thousand at once', async () => {
    const { endpoint } = await serve(
      localEndpoints(transport),
      {},
      {
        'jobs.cancel': async () => {
          await new Promise(resolve => setTimeout(resolve, 5));
          return { runs: 1 };
        },
      },
    );
    const client = await connect(endpoint);
    const answers = await Promise.all(
      Array.from({ length: 1000 }, async (_, nonce) => {
        if (nonce % 10 === 0) await client.request('jobs.cancel', { target: { all: true } });
        return client.request('ping', { nonce });
      }),
    );
    expect(answers.map(({ nonce }) => nonce)).toEqual(answers.map((_, place) => place));
  });

  it('carry artifacts of several chunks both ways and check them', async () => {
    const bytes = randomBytes(2 * LIMITS.artifactChunkBytes + 12_345);
    const digest = createHash('sha256').update(bytes).digest('hex');
    const uploaded = Buffer.alloc(bytes.byteLength);
    const offsets: number[] = [];
    let next = 0;
    const { endpoint } = await serve(
      localEndpoints(transport),
      {},
      {
        'artifacts.get': ({ offset, length }) =>
          new Attached(
            { bytes: bytes.byteLength, offset, mime: 'image/png' },
            bytes.subarray(offset, offset + length),
          ),
        'artifacts.put': ({ offset, bytes: total }, { attachments }) => {
          offsets.push(offset);
          // An earlier try brought the first chunk already.
          if (offset === 0) next = LIMITS.artifactChunkBytes;
          else {
            uploaded.set(attachments[0]!, offset);
            next = offset + attachments[0]!.byteLength;
          }
          return { complete: next === total, next };
        },
      },
    );
    const client = await connect(endpoint);
    const progress: number[] = [];
    const fetched = await client.fetchArtifact(digest, { onProgress: got => progress.push(got) });
    expect(bytes.equals(fetched)).toBe(true);
    expect(progress).toEqual([4_194_304, 8_388_608, bytes.byteLength]);
    expect(await client.putArtifact(bytes)).toBe(digest);
    expect(offsets).toEqual([0, 4_194_304, 8_388_608]);
    expect(uploaded.subarray(4_194_304).equals(bytes.subarray(4_194_304))).toBe(true);
    await expect(client.fetchArtifact('00'.repeat(32))).rejects.toThrow('do not agree');
  });

  it('survive 2,000 mutated messages', async () => {
    const { endpoint, server } = await serve(localEndpoints(transport));
    const dealer = rawDealer(endpoint);
    const random = randomFrom(77);
    const valid = validMessages();
    const pick = () => valid[Math.floor(random() * valid.length)]!.frames;
    for (let n = 0; n < 2000; n++) {
      const frames = mutate(pick(), pick(), random);
      await dealer.send(frames.length === 0 ? [new Uint8Array(0)] : frames);
      const { code } = await replyCode(dealer);
      expect(['ok', ...ERROR_CODES]).toContain(code);
    }
    const client = await connect(endpoint);
    expect(await client.request('ping', { nonce: 1 })).toMatchObject({ nonce: 1 });
    expect(server.lastCallAt()).toBeGreaterThan(0);
  });
});

describe('a broken request', () => {
  it('gets a typed error under its id, or under 0 when none can be read', async () => {
    const { endpoint } = await serve(localEndpoints('ipc'));
    const dealer = rawDealer(endpoint);
    const ping = encodeRequest(9, 'ping', {});
    const chunk = new Uint8Array(LIMITS.artifactChunkBytes + 1);
    const cases: [Uint8Array[], number, string][] = [
      [[new Uint8Array(0)], 0, 'malformed-message'],
      [[new Uint8Array([0xc1])], 0, 'malformed-message'],
      [[encode({ id: 9 })], 0, 'malformed-message'],
      [[encode([1, 9, 'ping'])], 9, 'malformed-message'],
      [[encode([1, -9, 'ping', {}])], 0, 'malformed-message'],
      [[encode([1, 9, 7, {}])], 9, 'malformed-message'],
      [[encode([2, 9, 'ping', {}])], 9, 'protocol-mismatch'],
      [[encode(['1', 9, 'ping', {}])], 9, 'protocol-mismatch'],
      [[encode([1, 9, 'pong', {}])], 9, 'unknown-method'],
      [[encode([1, 9, 'constructor', {}])], 9, 'unknown-method'],
      [[encode([1, 9, 'ping', { nonce: 'x' }])], 9, 'invalid-params'],
      [[encode([1, 9, 'ping', 7])], 9, 'invalid-params'],
      [[ping, new Uint8Array(3)], 9, 'invalid-params'],
      [
        [encodeRequest(9, 'artifacts.put', METHOD_SAMPLES['artifacts.put'].params[0])],
        9,
        'invalid-params',
      ],
      [[ping, ...Array.from({ length: 4 }, () => new Uint8Array(1))], 9, 'too-large'],
      [[ping, chunk], 9, 'too-large'],
      [[new Uint8Array(LIMITS.bodyBytes + 1)], 0, 'too-large'],
      [[ping], 9, 'ok'],
    ];
    for (const [frames, id, code] of cases) {
      await dealer.send(frames);
      expect(await replyCode(dealer)).toEqual({ id, code });
    }
  });

  it('names methods that are spelt nearly so', async () => {
    const { endpoint } = await serve(localEndpoints('ipc'));
    const dealer = rawDealer(endpoint);
    await dealer.send(encodeRequest(1, 'job.submit', {}));
    const reply = decodeReply((await dealer.receive())[0]!);
    expect(reply).toMatchObject({ ok: false, error: { data: { near: ['jobs.submit'] } } });
  });

  it('that libzmq refuses to read costs its sender the connection and nobody else', async () => {
    const { endpoint } = await serve(localEndpoints('tcp'));
    const bystander = await connect(endpoint);
    const states: string[] = [];
    bystander.onState(state => states.push(state));
    const dealer = rawDealer(endpoint);
    let cut = false;
    dealer.events.on('disconnect', () => (cut = true));
    await dealer.send(new Uint8Array(LIMITS.messageBytes + 1));
    await until(() => cut, 'the cut');
    expect(await bystander.request('ping', { nonce: 3 })).toMatchObject({ nonce: 3 });
    expect(states).toEqual([]);
  });
});

describe('a handler', () => {
  it('that fails unexpectedly leaks neither its stack nor a path, and is logged', async () => {
    const logged: object[] = [];
    const log = {
      info: () => undefined,
      warn: () => undefined,
      error: (fields: object) => logged.push(fields),
    };
    const fault = new Error(`ENOENT: ${import.meta.filename}`);
    const { endpoint } = await serve(
      localEndpoints('ipc'),
      { log },
      {
        doctor: () => {
          throw fault;
        },
        status: () => Promise.reject(fault),
      },
    );
    const client = await connect(endpoint);
    for (const method of ['doctor', 'status'] as const) {
      const error = await client.request(method, {}).then(
        () => null,
        (caught: unknown) => caught,
      );
      if (!PixelsError.is(error, 'internal')) throw new Error(`got ${String(error)}`);
      expect(JSON.stringify(error.toWire())).not.toMatch(/ENOENT|\/|at /);
    }
    expect(logged).toEqual([
      { err: fault, method: 'doctor' },
      { err: fault, method: 'status' },
    ]);
  });

  it('whose result cannot be sent answers with an error', async () => {
    const { endpoint } = await serve(
      localEndpoints('ipc'),
      { checkResults: false },
      {
        'artifacts.recipe': () => ({
          ...METHOD_SAMPLES['artifacts.recipe'].result,
          graph: { a: 'x'.repeat(LIMITS.replyBytes) },
        }),
        doctor: () => ({ findings: [{ check: 1 }] }) as never,
      },
    );
    const client = await connect(endpoint);
    const { digest } = METHOD_SAMPLES['artifacts.recipe'].params[0];
    expect(await codeOf(client.request('artifacts.recipe', { digest }))).toBe('too-large');
    expect(await codeOf(client.request('doctor', {}))).toBe('malformed-message');
  });
});

describe('a client', () => {
  it('refuses wrong parameters before it sends anything', async () => {
    const { endpoint, server } = await serve(localEndpoints('ipc'));
    const client = await connect(endpoint, { pingIntervalMs: 60_000 });
    const before = server.lastCallAt();
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(await codeOf(client.request('jobs.get', { id: 'nonsense' }))).toBe('invalid-params');
    expect(await codeOf(client.putArtifact(new Uint8Array(0)))).toBe('invalid-params');
    expect(server.lastCallAt()).toBe(before);
  });

  it('gives up a slow request and goes on with the next', async () => {
    let slow = 0;
    const { endpoint } = await serve(
      localEndpoints('ipc'),
      {},
      {
        'jobs.retry': async () => {
          slow++;
          await new Promise(resolve => setTimeout(resolve, 300));
          return { runs: 1 };
        },
      },
    );
    const client = await connect(endpoint);
    const target = { all: true } as const;
    expect(await codeOf(client.request('jobs.retry', { target }, { timeoutMs: 50 }))).toBe(
      'timeout',
    );
    expect(slow).toBe(1);
    expect(await client.request('ping', { nonce: 4 })).toMatchObject({ nonce: 4 });
    expect(await client.request('jobs.retry', { target })).toEqual({ runs: 1 });
  });

  it('sends an idempotent request again when its answer does not come', async () => {
    let calls = 0;
    const { endpoint } = await serve(
      localEndpoints('ipc'),
      {},
      {
        'jobs.cancel': () => {
          calls++;
          return calls === 1 ? new Promise(() => undefined) : { runs: 5 };
        },
      },
    );
    const client = await connect(endpoint);
    const target = { all: true } as const;
    const options = { timeoutMs: 100 };
    expect(await client.request('jobs.cancel', { target }, options)).toEqual({ runs: 5 });
    expect(calls).toBe(2);
  });

  it('stops waiting when its signal aborts', async () => {
    const { endpoint } = await serve(
      localEndpoints('ipc'),
      {},
      { doctor: () => new Promise(() => undefined) },
    );
    const client = await connect(endpoint);
    const abort = new AbortController();
    const asked = codeOf(client.request('doctor', {}, { signal: abort.signal }));
    abort.abort();
    expect(await asked).toBe('cancelled');
  });

  it('counts while it talks and is distinct from others', async () => {
    const counts: number[] = [];
    const { endpoint, server } = await serve(localEndpoints('ipc'), {
      onClients: count => counts.push(count),
    });
    await connect(endpoint);
    await connect(endpoint);
    expect(server.clients()).toBe(2);
    expect(counts).toEqual([1, 2]);
  });

  it('is told that the worker speaks another protocol', async () => {
    const { endpoint } = await serve(
      localEndpoints('ipc'),
      {},
      {
        hello: () => {
          throw new PixelsError('protocol-mismatch', 'This side speaks protocol 2, the other 1.');
        },
      },
    );
    expect(await codeOf(connect(endpoint))).toBe('protocol-mismatch');
  });

  it('fails what is under way when it is closed, and everything later', async () => {
    const { endpoint } = await serve(
      localEndpoints('ipc'),
      {},
      { doctor: () => new Promise(() => undefined) },
    );
    const client = await connect(endpoint);
    const states: string[] = [];
    client.onState(state => states.push(state));
    const asked = codeOf(client.request('doctor', {}));
    await client.close();
    expect(await asked).toBe('disconnected');
    expect(await codeOf(client.request('ping', {}))).toBe('disconnected');
    expect(states).toEqual(['closed']);
  });

  it('says that no worker answers when there is none', async () => {
    const { requests, events } = localEndpoints('ipc');
    expect(await codeOf(connect({ requests, events }, { connectTimeoutMs: 200 }))).toBe(
      'disconnected',
    );
  });
});
