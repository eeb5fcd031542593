import { uuid7 } from '../src/client/uuid7.ts';
import type { WorkerClient } from '../src/client/worker-client.ts';
import { Folder, freePort, startEngine, startWorkerProcess } from '../test/helpers/processes.ts';
import { BareLoop } from './jobs/bare-loop.ts';
import { writeLargeJournal } from './jobs/large-journal.ts';
import { builtinSubject, comfyuiSubject, type Subject } from './jobs/subject.ts';
import { benchArguments, reportFigures, tableOf } from './lib/report.ts';
import { summarise } from './lib/statistics.ts';

/*
 * What the worker adds to a bare API loop on the same engine, alternating in rounds so that both meet the same neighbours: on a built-in
 * engine of its own, or with `--server URL` (else COMFYUI_URL) on a ComfyUI that runs.
 */

const JOURNAL_JOBS = 100_000;

const { rounds, json, server = process.env['COMFYUI_URL'] } = benchArguments(5, ['server']);
const isReal = server !== undefined && server !== '';

/** Milliseconds from asking for one sprite until its bytes are in the client's hands. */
async function ourLatency(
  client: WorkerClient,
  subject: Subject,
  fix: 'pixels' | 'none',
): Promise<number> {
  const id = uuid7();
  const start = performance.now();
  const image = new Promise<string>(resolve => {
    const dispose = client.onEvent(event => {
      if (event.type !== 'run.image' || event.job !== id) return;
      dispose();
      resolve(event.digest);
    });
  });
  await client.request('jobs.submit', {
    id,
    spec: {
      kind: 'generate',
      items: [{ recipe: { ...subject.recipe(), pixels: { fix, background: 'alpha' } } }],
    },
  });
  await client.fetchArtifact(await image);
  return performance.now() - start;
}

async function ourRate(client: WorkerClient, subject: Subject, count: number): Promise<number> {
  const id = uuid7();
  const start = performance.now();
  const ended = new Promise<void>(resolve => {
    const dispose = client.onEvent(event => {
      if (event.type !== 'job.state' || event.job !== id || event.done < event.total) return;
      dispose();
      resolve();
    });
  });
  await client.request('jobs.submit', {
    id,
    lane: 'batch',
    spec: { kind: 'generate', items: [{ recipe: subject.recipe(), count }] },
  });
  await ended;
  return (count * 1000) / (performance.now() - start);
}

async function bareRate(loop: BareLoop, subject: Subject, count: number): Promise<number> {
  const graphs = Array.from({ length: count }, subject.graph);
  const start = performance.now();
  await loop.drawAll(graphs);
  return (count * 1000) / (performance.now() - start);
}

async function overhead(subject: Subject) {
  using data = new Folder();
  const { url } = subject;
  const perRound = Math.ceil(subject.jobs / rounds);
  await using worker = await startWorkerProcess(data.path, { arguments: ['--comfyui', url] });
  const client = await worker.connect();
  await client.subscribe();
  const loop = await BareLoop.open(url);
  await loop.draw(subject.graph());
  await ourLatency(client, subject, 'pixels');

  const latency = { bare: [] as number[], raw: [] as number[], fixed: [] as number[] };
  const rates: { bare: number; ours: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    for (let run = 0; run < subject.latencyRuns; run++) {
      const start = performance.now();
      await loop.draw(subject.graph());
      latency.bare.push(performance.now() - start);
      latency.fixed.push(await ourLatency(client, subject, 'pixels'));
      latency.raw.push(await ourLatency(client, subject, 'none'));
    }
    // Whoever goes second meets a warmer machine, so the order alternates.
    const measured = { bare: 0, ours: 0 };
    for (const who of round % 2 === 0 ? (['bare', 'ours'] as const) : (['ours', 'bare'] as const)) {
      measured[who] =
        who === 'bare'
          ? await bareRate(loop, subject, perRound)
          : await ourRate(client, subject, perRound);
    }
    rates.push(measured);
    process.stderr.write(
      `round ${round + 1}: bare ${measured.bare.toFixed(3)}/s, ours ${measured.ours.toFixed(3)}/s\n`,
    );
  }
  loop.close();
  return { latency, rates };
}

async function largeJournal() {
  using data = new Folder();
  using engineFolder = new Folder();
  const port = await freePort();
  await using engine = await startEngine(engineFolder.path, port);
  if (!engine.alive) throw new Error(engine.output);
  const serve = { arguments: ['--comfyui', `http://127.0.0.1:${port}`] };
  const startOf = async (): Promise<number> => {
    const start = performance.now();
    await using worker = await startWorkerProcess(data.path, serve);
    const took = performance.now() - start;
    await worker.child.kill('SIGTERM');
    return took;
  };
  const empty = Math.min(await startOf(), await startOf());
  writeLargeJournal(data.path, JOURNAL_JOBS, 0);
  const starts = [await startOf(), await startOf(), await startOf()];
  await using worker = await startWorkerProcess(data.path, serve);
  const client = await worker.connect();
  const pages: number[] = [];
  for (const filter of [{}, { states: ['cancelled' as const] }, { project: 'game 3' }]) {
    let cursor: string | null = null;
    for (let page = 0; page < 20; page++) {
      const start = performance.now();
      const answer: { next: string | null } = await client.request('jobs.list', {
        filter,
        limit: 50,
        ...(cursor === null ? {} : { cursor }),
      });
      pages.push(performance.now() - start);
      cursor = answer.next;
    }
  }
  return { empty, start: Math.min(...starts), pages: summarise(pages) };
}

await using subject = isReal ? await comfyuiSubject(server) : await builtinSubject();
process.stdout.write(`${subject.title}\n\n`);
const { latency, rates } = await overhead(subject);
// The journal does not know which engine draws: it is measured with the built-in one.
const journal = isReal ? null : await largeJournal();
const bare = summarise(latency.bare);
const raw = summarise(latency.raw);
const fixed = summarise(latency.fixed);
const shares = rates.map(rate => rate.ours / rate.bare).sort((a, b) => a - b);
const share = shares[Math.floor(shares.length / 2)] ?? NaN;

process.stdout.write(
  `${tableOf(
    ['one sprite, ms', 'min', 'p50', 'p99'],
    [
      ['bare API loop', bare.min.toFixed(1), bare.p50.toFixed(1), bare.p99.toFixed(1)],
      ['worker, picture as drawn', raw.min.toFixed(1), raw.p50.toFixed(1), raw.p99.toFixed(1)],
      ['worker, fixed sprite', fixed.min.toFixed(1), fixed.p50.toFixed(1), fixed.p99.toFixed(1)],
    ],
  )}\n`,
);
reportFigures(
  {
    added_latency_ms: { value: raw.p50 - bare.p50, atMost: 20 },
    added_latency_fixed_ms: { value: fixed.p50 - bare.p50 },
    throughput_share: { value: share, atLeast: 0.99 },
    ...(journal !== null && {
      journal_start_s: { value: journal.start / 1000, atMost: 1 },
      journal_start_empty_s: { value: journal.empty / 1000 },
      journal_page_ms: { value: journal.pages.p50, atMost: 10 },
      journal_page_p99_ms: { value: journal.pages.p99 },
    }),
  },
  json,
);
