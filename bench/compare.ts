import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { WorkerClient } from '../src/client/worker-client.ts';
import {
  type Child,
  Folder,
  freePort,
  startEngine,
  startWorkerProcess,
} from '../test/helpers/processes.ts';
import { comfyCast } from './compare/comfyui.ts';
import {
  allModels,
  type Cast,
  oneDraft,
  oneFull,
  sameByOne,
  warmShares,
  warmUp,
} from './compare/scenes.ts';
import { benchArguments, type Figure, reportFigures } from './lib/report.ts';

/*
 * What a comparison takes against drawing with one model. The built-in engine draws at stated costs, in steps: a picture in full 28 at CFG 7,
 * a draft 8 at CFG 1, which cost half; a cold load 40; a text and a decode as the engine's defaults have it, 5/12 and 15/12 of a step.
 */

const STEP_MS = 100;
const COSTS = {
  'step-ms': STEP_MS,
  'load-ms': 40 * STEP_MS,
  'encode-ms': (5 / 12) * STEP_MS,
  'decode-ms': (15 / 12) * STEP_MS,
};

const BUILTIN: Cast = {
  base: { size: 32 },
  styles: [
    { checkpoint: 'arcade' },
    { checkpoint: 'arcade', loras: [{ name: 'winter', strength: 0.8 }] },
    { checkpoint: 'arcade', loras: [{ name: 'glow', strength: 0.8 }] },
    { checkpoint: 'arcade', loras: [{ name: 'winter', strength: 0.4 }] },
  ],
  models: [
    { checkpoint: 'arcade' },
    { checkpoint: 'storybook' },
    { checkpoint: 'gameboy' },
    { checkpoint: 'arcade', loras: [{ name: 'winter', strength: 0.8 }] },
  ],
};

const { rounds, json } = benchArguments(3);

/** Median over the rounds. */
async function median(what: string, once: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let round = 0; round < rounds; round++) values.push(await once());
  process.stderr.write(`${what}: ${values.map(value => value.toPrecision(4)).join(', ')}\n`);
  return values.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? NaN;
}

/** A worker over some engines of ComfyUI's API. */
async function withWorker<T>(
  urls: readonly string[],
  use: (client: WorkerClient) => Promise<T>,
): Promise<T> {
  using data = new Folder();
  const config = join(data.path, 'worker.yaml');
  const servers = urls.map((url, place) => ({ name: `server-${place}`, url }));
  writeFileSync(config, stringify({ servers }));
  await using worker = await startWorkerProcess(data.path, { arguments: ['--config', config] });
  const client = await worker.connect();
  await client.subscribe();
  return await use(client);
}

async function drafts(client: WorkerClient, cast: Cast): Promise<number[]> {
  await warmUp(client, cast);
  const full = await median('one in full, ms', () => oneFull(client, cast));
  const ratios: number[] = [];
  for (const count of [2, 3, 4]) {
    const draft = await median(`draft by ${count}, ms`, () => oneDraft(client, cast, count));
    ratios.push(draft / full);
  }
  return ratios;
}

/** Once: the shares are over many pictures already. */
async function warm(client: WorkerClient, cast: Cast, prompts: number, seeds: number) {
  const shares = await warmShares(client, cast, prompts, seeds);
  process.stderr.write(`warm server, sampling ${(shares.sampling * 100).toFixed(1)} %\n`);
  return shares;
}

async function startEngines(
  count: number,
  folder: Folder,
): Promise<{ urls: string[]; engines: Child[] }> {
  const urls: string[] = [];
  const engines: Child[] = [];
  for (let place = 0; place < count; place++) {
    const port = await freePort();
    const options = Object.entries(COSTS).flatMap(([name, value]) => [`--${name}`, String(value)]);
    engines.push(await startEngine(join(folder.path, String(place)), port, ...options));
    urls.push(`http://127.0.0.1:${port}`);
  }
  return { urls, engines };
}

async function builtinFigures(): Promise<Record<string, Figure>> {
  using folder = new Folder();
  const { urls, engines } = await startEngines(4, folder);
  try {
    process.stderr.write('\nbuilt-in engine\n');
    const single = await withWorker(urls.slice(0, 1), async client => ({
      ratios: await drafts(client, BUILTIN),
      shares: await warm(client, BUILTIN, 2, 4),
      one: await median('four sets by one on one server, ms', () => sameByOne(client, BUILTIN, 4)),
    }));
    const four = await withWorker(urls, async client => {
      await allModels(client, BUILTIN, 2);
      return await median('four sets by four on four servers, ms', () =>
        allModels(client, BUILTIN, 4),
      );
    });
    const [two = NaN, three = NaN, all = NaN] = single.ratios;
    return {
      draft_2: { value: two, atMost: 1.5 },
      draft_3: { value: three, atMost: 1.5 },
      draft_4: { value: all, atMost: 1.5 },
      servers_4: { value: four / single.one, atMost: 1.1 },
      warm_overhead: { value: single.shares.overhead, atMost: 0.05 },
    };
  } finally {
    await Promise.all(engines.map(engine => engine.kill()));
  }
}

async function comfyFigures(url: string): Promise<Record<string, Figure>> {
  return withWorker([url], async client => {
    const cast = await comfyCast(client);
    process.stderr.write(`\nComfyUI at ${url}\n`);
    const [two = NaN, three = NaN, all = NaN] = await drafts(client, cast);
    const shares = await warm(client, cast, 1, 2);
    return {
      comfyui_draft_2: { value: two, atMost: 1.5 },
      comfyui_draft_3: { value: three, atMost: 1.5 },
      comfyui_draft_4: { value: all, atMost: 1.5 },
      comfyui_warm_overhead: { value: shares.overhead },
    };
  });
}

const figures = await builtinFigures();
const url = process.env['COMFYUI_URL'] ?? '';
if (url === '') {
  process.stderr.write(
    '\nNo ComfyUI: set COMFYUI_URL to measure one with the tiny SDXL checkpoint.\n',
  );
} else Object.assign(figures, await comfyFigures(url));
reportFigures(figures, json);
