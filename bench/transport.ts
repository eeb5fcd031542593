import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client as HttpClient } from 'undici';
import { WebSocket } from 'ws';
import { releaseFrames } from '../src/client/frames.ts';
import { WorkerClient } from '../src/client/worker-client.ts';
import { encodeRequest } from '../src/protocol/envelope.ts';
import { benchArguments, type Figure, reportFigures, tableOf } from './lib/report.ts';
import { bestRound, type Summary, summarise } from './lib/statistics.ts';
import { type Baseline, startBaseline } from './transport/baseline.ts';

/*
 * The wire against the same frames in C on libzmq, against WebSocket and HTTP: each with its server in another process, in turns
 * within one run, and the best round of each compared.
 */

const REQUEST = { warmup: 1000, samples: 3000 };
const IMAGE = { warmup: 40, samples: 200 };
const EVENT = { warmup: 100, samples: 700 };
const TERMINAL_EVENTS = 100_000;
const STALL_MS = 2_000;

type Transport = 'ipc' | 'tcp';
const TRANSPORTS: readonly Transport[] = ['ipc', 'tcp'];

interface Served {
  endpoints: { requests: string; events: string }[];
  port: number;
  digest: string;
  storedDigest: string;
}

type Measure = () => Promise<number[]>;

async function timed(
  { warmup, samples }: { warmup: number; samples: number },
  once: () => Promise<unknown>,
): Promise<number[]> {
  for (let n = 0; n < warmup; n++) await once();
  const took: number[] = [];
  for (let n = 0; n < samples; n++) {
    const start = performance.now();
    await once();
    took.push((performance.now() - start) * 1000);
  }
  return took;
}

/** Fetches images as a viewer does: shown, then given back before the next one comes. */
async function timedImages(client: WorkerClient, digest: string): Promise<number[]> {
  const took: number[] = [];
  for (let n = -IMAGE.warmup; n < IMAGE.samples; n++) {
    const start = performance.now();
    const { frames } = await client.requestWithFrames('artifacts.get', { digest });
    if (n >= 0) took.push((performance.now() - start) * 1000);
    releaseFrames(frames);
  }
  return took;
}

async function connect(endpoint: { requests: string; events: string }): Promise<WorkerClient> {
  return WorkerClient.connect({
    endpoint,
    client: { name: 'bench', version: '0.0.0' },
    log: (message, error) => console.error(message, error),
  });
}

async function measureEvents(child: ChildProcess, client: WorkerClient): Promise<number[]> {
  const took: number[] = [];
  let skip = EVENT.warmup;
  const subscription = await client.subscribe(['run.progress']);
  await new Promise<void>(resolve => {
    const forget = client.onEvent(event => {
      if (event.type !== 'run.progress') return;
      const now = Number(process.hrtime.bigint()) / 1000;
      if (skip > 0) skip--;
      else if (took.push(now - event.value) >= EVENT.samples) {
        forget();
        resolve();
      }
    });
    child.send({ tick: true });
  });
  child.send({ tick: false });
  subscription.dispose();
  return took;
}

async function wsMeasures(
  port: number,
): Promise<{ small: Measure; image: Measure; close: () => void }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  await once(socket, 'open');
  const call = (message: Buffer): Promise<unknown> =>
    new Promise(resolve => {
      socket.once('message', resolve);
      socket.send(message);
    });
  const small = Buffer.from('s'.repeat(16));
  const image = Buffer.from('i'.repeat(16));
  return {
    small: () => timed(REQUEST, () => call(small)),
    image: () => timed(IMAGE, () => call(image)),
    close: () => socket.close(),
  };
}

function httpMeasures(port: number): { small: Measure; image: Measure; close: () => void } {
  const client = new HttpClient(`http://127.0.0.1:${port}`);
  const call = async (path: string): Promise<void> => {
    const { body } = await client.request({ method: 'GET', path });
    await body.arrayBuffer();
  };
  return {
    small: () => timed(REQUEST, () => call('/small')),
    image: () => timed(IMAGE, () => call('/image')),
    close: () => void client.destroy(),
  };
}

/** Publishes terminal events to a client that stalls meanwhile. @returns how many did not arrive once and in order */
async function countLost(child: ChildProcess, client: WorkerClient): Promise<number> {
  const seqs: number[] = [];
  client.onEvent(event => {
    if (event.type === 'job.state') seqs.push(event.seq);
  });
  const { seq } = await client.subscribe(['job.state']);
  child.send({ terminal: TERMINAL_EVENTS });
  await new Promise(resolve => setTimeout(resolve, 20));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STALL_MS);
  for (let quiet = 0, seen = -1; quiet < 50 && seqs.length < TERMINAL_EVENTS;) {
    quiet = seen === seqs.length ? quiet + 1 : 0;
    seen = seqs.length;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  const misplaced = seqs.filter((value, place) => value !== seq + 1 + place).length;
  return TERMINAL_EVENTS - seqs.length + misplaced;
}

function measuresOf(
  baseline: Baseline,
  child: ChildProcess,
  served: Served,
  clients: Record<Transport, WorkerClient>,
  ws: { small: Measure; image: Measure },
  http: { small: Measure; image: Measure },
): Record<string, Measure> {
  const pingBytes = encodeRequest(1000, 'ping', {}).byteLength;
  const getBytes = encodeRequest(1000, 'artifacts.get', { digest: served.digest }).byteLength;
  const measures: Record<string, Measure> = {};
  for (const transport of TRANSPORTS) {
    const client = clients[transport];
    const { digest, storedDigest } = served;
    measures[`request ${transport} C`] = () =>
      baseline.requests(transport, 's', pingBytes, REQUEST.warmup, REQUEST.samples);
    measures[`request ${transport} ours`] = () => timed(REQUEST, () => client.request('ping', {}));
    measures[`image ${transport} C`] = () =>
      baseline.requests(transport, 'i', getBytes, IMAGE.warmup, IMAGE.samples);
    measures[`image ${transport} ours`] = () => timedImages(client, digest);
    if (transport === 'ipc') {
      measures['image ipc ours, left to the collector'] = () =>
        timed(IMAGE, () => client.requestWithFrames('artifacts.get', { digest }));
      measures['image ipc ours, from the store'] = () => timedImages(client, storedDigest);
    }
    measures[`event ${transport} C`] = () =>
      baseline.events(transport, EVENT.warmup, EVENT.samples);
    measures[`event ${transport} ours`] = () => measureEvents(child, client);
  }
  measures['request tcp ws'] = ws.small;
  measures['request tcp HTTP'] = http.small;
  measures['image tcp ws'] = ws.image;
  measures['image tcp HTTP'] = http.image;
  return measures;
}

function figuresOf(best: (name: string) => number, lost: number): Record<string, Figure> {
  const vs = (ours: string, theirs: string): number => best(`${ours} ours`) / best(theirs);
  return {
    request_p50_vs_c: { value: vs('request ipc', 'request ipc C'), atMost: 2 },
    request_p50_ms: { value: best('request ipc ours') / 1000, atMost: 1 },
    image_p50_vs_c: { value: vs('image ipc', 'image ipc C'), atMost: 1.6 },
    image_p50_vs_ws: { value: vs('image ipc', 'image tcp ws'), atMost: 0.72 },
    event_p50_vs_c: { value: vs('event tcp', 'event tcp C'), atMost: 2 },
    events_lost: { value: lost, atMost: 0 },
    request_p50_vs_c_tcp: { value: vs('request tcp', 'request tcp C') },
    image_p50_vs_c_tcp: { value: vs('image tcp', 'image tcp C') },
    image_p50_vs_ws_tcp: { value: vs('image tcp', 'image tcp ws') },
    event_p50_vs_c_ipc: { value: vs('event ipc', 'event ipc C') },
    image_unreleased_p50_vs_c: {
      value: best('image ipc ours, left to the collector') / best('image ipc C'),
    },
    image_stored_p50_ms: { value: best('image ipc ours, from the store') / 1000 },
  };
}

const { rounds, json } = benchArguments(5);
const folder = mkdtempSync(join(tmpdir(), 'dgxp-bench-'));
const child = fork(join(import.meta.dirname, 'transport', 'worker.ts'), [folder]);
try {
  const [served] = (await once(child, 'message')) as [Served];
  const [ipcEndpoint, tcpEndpoint] = served.endpoints;
  if (ipcEndpoint === undefined || tcpEndpoint === undefined) throw new Error('Nothing was bound.');
  const baseline = await startBaseline(folder);
  const clients = { ipc: await connect(ipcEndpoint), tcp: await connect(tcpEndpoint) };
  const ws = await wsMeasures(served.port);
  const http = httpMeasures(served.port);
  const measures = Object.entries(measuresOf(baseline, child, served, clients, ws, http));
  const results = new Map<string, Summary[]>(measures.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    // Whoever comes first in one round comes last in the next.
    for (const [name, measure] of round % 2 === 0 ? measures : measures.toReversed()) {
      results.get(name)?.push(summarise(await measure()));
    }
    process.stdout.write(`round ${round + 1} of ${rounds}\n`);
  }
  const lost = await countLost(child, clients.tcp);
  const us = (value: number): string => value.toFixed(1);
  const rows = [...results].map(([name, summaries]) => {
    const { min, p50, p99 } = bestRound(summaries);
    return [name, us(min), us(p50), us(p99), us(Math.max(...summaries.map(({ p50: one }) => one)))];
  });
  const head = ['microseconds, best round', 'min', 'p50', 'p99', 'p50 of the worst round'];
  process.stdout.write(`\n${tableOf(head, rows)}\n`);
  reportFigures(
    figuresOf(name => bestRound(results.get(name) ?? []).p50, lost),
    json,
  );
  ws.close();
  http.close();
  baseline.close();
  await Promise.all([clients.ipc.close(), clients.tcp.close()]);
} finally {
  child.kill();
  rmSync(folder, { recursive: true, force: true });
}
