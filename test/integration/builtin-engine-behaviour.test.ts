import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { spawnBuiltinEngineThread } from '../../src/worker/builtin/engine-spawn.ts';
import { decodePng } from '../../src/worker/builtin/server/images/png-read.ts';
import {
  engineIn,
  filesOf,
  finished,
  type Frame,
  get,
  type Json,
  Listener,
  type Nodes,
  post,
  recording,
} from './builtin-engine-client.ts';

const threadFile = fileURLToPath(
  new URL('../../src/worker/builtin/engine-thread.ts', import.meta.url),
);

let cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const clean of cleanups.reverse()) await clean();
  cleanups = [];
});

async function start(options: Parameters<typeof engineIn>[0] = {}) {
  const started = await engineIn(options);
  cleanups.push(started.stop);
  return started;
}

/** The plain graph with some inputs changed. */
function graphWith(changes: Record<string, Json> = {}, extra: Nodes = {}): Nodes {
  const graph = recording('run-success').request.prompt;
  graph['4']!.inputs['ckpt_name'] = 'builtin/arcade.safetensors';
  for (const [id, inputs] of Object.entries(changes)) Object.assign(graph[id]!.inputs, inputs);
  return { ...graph, ...extra };
}

interface Target {
  url: string;
}

/** Queues a graph; the id of the prompt. */
async function queue(engine: Target, prompt: Nodes, rest: Json = {}): Promise<string> {
  const { status, body } = await post(engine, '/prompt', { prompt, ...rest });
  expect(body).toMatchObject({ node_errors: {} });
  expect(status).toBe(200);
  return String(body['prompt_id']);
}

/** Runs a graph to its end and reads what it saved. */
async function draw(
  { engine, folder }: Awaited<ReturnType<typeof engineIn>>,
  prompt: Nodes,
  rest: Json = {},
) {
  const history = await finished(engine, await queue(engine, prompt, rest));
  return filesOf(history).map(name => decodePng(readFileSync(join(folder, 'output/rec', name))));
}

/** Waits for the n-th status: one on connecting, then one when a prompt comes, starts and ends. */
function statuses(listener: Listener, count: number): Promise<Frame> {
  const isNth = () => listener.types().filter(type => type === 'status').length >= count;
  return listener.until(isNth);
}

const NO_STEP: Json = { steps: 1 };
const SLOW: Record<string, Json> = { '3': { steps: 500 }, '6': { text: 'sword __slow__' } };

describe('who hears what', () => {
  it('sends a run’s messages to its own client only, and status to all', async () => {
    const { engine } = await start();
    const [mine, other] = [await Listener.open(engine, 'a'), await Listener.open(engine, 'b')];
    const id = await queue(engine, graphWith(), { client_id: 'a' });
    await mine.ended(id);
    await statuses(other, 4);
    expect(new Set(other.types())).toEqual(new Set(['status', 'feature_flags']));
    await Promise.all([mine.close(), other.close()]);
  });

  it('broadcasts progress and old-style previews of a prompt that has no client', async () => {
    const { engine } = await start();
    const listener = await Listener.open(engine, 'a');
    await finished(engine, await queue(engine, graphWith()));
    const types = new Set(listener.types());
    expect(types).toEqual(
      new Set(['status', 'feature_flags', 'progress_state', 'progress', 'binary 1']),
    );
    await listener.close();
  });

  it('sends an interruption of a prompt without a client to all', async () => {
    const { engine } = await start();
    const listener = await Listener.open(engine, 'a');
    await queue(engine, graphWith(SLOW));
    await listener.until(frame => 'type' in frame && frame.type === 'progress');
    await post(engine, '/interrupt', '');
    await listener.until(frame => 'type' in frame && frame.type === 'execution_interrupted');
    await listener.close();
  });

  it('sends old-style PNG previews to a client that did not negotiate', async () => {
    const { engine } = await start();
    const listener = await Listener.open(engine, 'old', false);
    const id = await queue(engine, graphWith(), { client_id: 'old' });
    await listener.ended(id);
    const previews = listener.frames.filter(frame => 'binary' in frame);
    expect(previews.map(frame => frame.binary)).toEqual([1, 1, 1, 1]);
    expect(decodePng(previews[3]!.image).image.width).toBeLessThanOrEqual(128);
    await listener.close();
  });

  it('sends no previews when the prompt does not want them', async () => {
    const { engine } = await start();
    const listener = await Listener.open(engine, 'a');
    const rest = { client_id: 'a', extra_data: { preview_method: 'none' } };
    await listener.ended(await queue(engine, graphWith(), rest));
    expect(listener.frames.some(frame => 'binary' in frame)).toBe(false);
    await listener.close();
  });

  it('tells a client that reconnects which node runs, without a prompt id', async () => {
    const { engine } = await start();
    const first = await Listener.open(engine, 'a');
    await queue(engine, graphWith(SLOW), { client_id: 'a' });
    await first.until(frame => 'type' in frame && frame.type === 'progress');
    await first.close();
    const second = await Listener.open(engine, 'a');
    const greeting = await second.until(frame => 'type' in frame && frame.type === 'executing');
    expect(greeting).toEqual({ type: 'executing', data: { node: '3' } });
    await second.close();
  });

  it('goes silent on a newer socket of the same id once the older one closes', async () => {
    const { engine } = await start();
    const older = await Listener.open(engine, 'same');
    const newer = await Listener.open(engine, 'same');
    await older.close();
    const watcher = await Listener.open(engine, 'watcher');
    const before = newer.frames.length;
    await finished(engine, await queue(engine, graphWith(), { client_id: 'same' }));
    await statuses(watcher, 4);
    expect(newer.frames.length).toBe(before);
    await Promise.all([newer.close(), watcher.close()]);
  });

  it('keeps running when its client goes away', async () => {
    const { engine } = await start();
    const listener = await Listener.open(engine, 'a');
    const id = await queue(engine, graphWith({ '3': { steps: 20 } }), { client_id: 'a' });
    await listener.close();
    expect(await finished(engine, id)).toMatchObject({ status: { status_str: 'success' } });
  });

  it('writes the history before it says that nothing executes any more', async () => {
    const { engine } = await start();
    const listener = await Listener.open(engine, 'a');
    const id = await queue(engine, graphWith(), { client_id: 'a' });
    await listener.ended(id);
    expect((await get(engine, `/history/${id}`)).body).toHaveProperty(id);
    await listener.close();
  });
});

describe('the queue of the engine', () => {
  it('runs by number, puts front prompts first, and lets waiting ones be deleted', async () => {
    const { engine } = await start();
    const running = await queue(engine, graphWith(SLOW));
    const seed = (value: number) => graphWith({ '3': { seed: value, ...NO_STEP } });
    const normal = await queue(engine, seed(1));
    const front = await queue(engine, seed(2), { front: true });
    const early = await queue(engine, seed(3), { number: -100 });
    const deleted = await queue(engine, seed(4));
    const listed = (await get(engine, '/queue')).body as { queue_pending: unknown[][] };
    expect(listed.queue_pending.map(item => item[0]).sort()).toEqual([-100, -2, 1, 3]);
    expect(await post(engine, '/queue', { delete: [deleted, 'no such id'] })).toMatchObject({
      status: 200,
      body: { text: '' },
    });
    expect((await post(engine, `/api/jobs/${deleted}/cancel`, '')).body).toEqual({
      cancelled: false,
    });
    await post(engine, '/interrupt', { prompt_id: normal });
    await post(engine, '/interrupt', { prompt_id: running });
    await finished(engine, normal);
    const { body } = await get(engine, '/history');
    expect(Object.keys(body)).toEqual([running, early, front, normal]);
    expect(body[running]).toMatchObject({ status: { status_str: 'error' } });
    expect(body[normal]).toMatchObject({ status: { status_str: 'success' } });
  });

  it('shows jobs in every state, filtered, sorted and in pages', async () => {
    const { engine } = await start();
    const done = await queue(engine, graphWith(), {
      extra_data: { extra_pnginfo: { workflow: { id: 'w1' } } },
    });
    await finished(engine, done);
    const failed = await queue(engine, graphWith({ '6': { text: '__oom__' } }));
    const error = (await finished(engine, failed))['status'];
    expect(JSON.stringify(error)).toContain('torch.OutOfMemoryError');
    expect(JSON.stringify(error)).toContain('TIPS: ');
    const running = await queue(engine, graphWith(SLOW));
    const waiting = await queue(engine, graphWith(SLOW), { prompt_id: randomUUID() });
    const states = async (query: string) => {
      const { body } = await get(engine, `/api/jobs${query}`);
      return (body['jobs'] as Json[]).map(job => job['status']);
    };
    expect(await states('?sort_order=asc')).toEqual([
      'completed',
      'failed',
      'in_progress',
      'pending',
    ]);
    expect(await states('?status=pending,failed')).toEqual(['pending', 'failed']);
    expect(await states('?workflow_id=w1')).toEqual(['completed']);
    expect((await get(engine, '/api/jobs?limit=1&offset=1')).body['pagination']).toEqual({
      offset: 1,
      limit: 1,
      total: 4,
      has_more: true,
    });
    for (const query of ['?status=odd', '?sort_by=x', '?sort_order=x', '?limit=0', '?offset=x']) {
      expect((await get(engine, `/api/jobs${query}`)).status, query).toBe(400);
    }
    expect((await post(engine, '/api/jobs/cancel', { job_ids: ['X', 5] })).body).toEqual({
      error: 'job_ids contains invalid id(s)',
      invalid_ids: ['X', '5'],
    });
    const both = { job_ids: [waiting, running, done] };
    expect((await post(engine, '/api/jobs/cancel', both)).body).toEqual({ cancelled: true });
    await finished(engine, running);
    expect((await get(engine, `/api/jobs/${running}`)).body['status']).toBe('cancelled');
    expect((await get(engine, `/api/jobs/${waiting}`)).status).toBe(404);
  });

  it('draws again after the node cache was freed, and loads again after models were', async () => {
    const { engine } = await start();
    const first = await finished(engine, await queue(engine, graphWith()));
    const again = await finished(engine, await queue(engine, graphWith()));
    await post(engine, '/free', { free_memory: true });
    const freed = await finished(engine, await queue(engine, graphWith()));
    expect(filesOf(again)).toEqual(filesOf(first));
    expect(filesOf(freed)).not.toEqual(filesOf(first));
  });

  it.each([
    [
      'a cycle through inputs that no class declares',
      { '5': { odd: ['9', 0] } },
      {},
      'graph.DependencyCycleError',
    ],
    ['a link to no node in such an input', { '5': { odd: ['constructor', 0] } }, {}, 'KeyError'],
    ['a literal where a model belongs', { '3': { model: 'x' } }, {}, 'RuntimeError'],
    ['a node without inputs beside the graph', {}, { '99': { class_type: 'VAEDecode' } }, ''],
  ])('ends a run with %s', async (_, changes, extra, type) => {
    const { engine } = await start();
    const graph = graphWith(changes, extra as unknown as Nodes);
    const history = await finished(engine, await queue(engine, graph));
    const state = type === '' ? 'success' : 'error';
    expect(history).toMatchObject({ status: { status_str: state } });
    expect(JSON.stringify(history['status'])).toContain(type);
    expect(await finished(engine, await queue(engine, graphWith()))).toMatchObject({
      status: { status_str: 'success' },
    });
  });

  it('goes on with the next prompt after one that failed', async () => {
    const { engine } = await start();
    await queue(engine, graphWith({ '6': { text: '__fail__' } }));
    const good = await finished(engine, await queue(engine, graphWith()));
    expect(good).toMatchObject({ status: { status_str: 'success' } });
  });
});

describe('what is drawn', () => {
  it('makes the same pixels for the same seed, and others for another', async () => {
    const started = await start();
    const [first] = await draw(started, graphWith());
    await post(started.engine, '/free', { free_memory: true });
    const [again] = await draw(started, graphWith());
    const [other] = await draw(started, graphWith({ '3': { seed: 43 } }));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('draws image 2 of a batch alone, byte for byte', async () => {
    const started = await start();
    const batch = await draw(started, graphWith({ '5': { batch_size: 4 } }));
    const alone = await draw(
      started,
      graphWith(
        { '5': { batch_size: 4 }, '3': { latent_image: ['50', 0] } },
        {
          '50': {
            class_type: 'LatentFromBatch',
            inputs: { samples: ['5', 0], batch_index: 2, length: 1 },
          },
        },
      ),
    );
    expect(alone).toEqual([batch[2]]);
    expect(new Set(batch.map(({ image }) => Buffer.from(image.data).toString('base64'))).size).toBe(
      4,
    );
  });

  it('draws at the size that is sent beside the graph, enlarged without a trace', async () => {
    const started = await start();
    const rest = { extra_data: { extra_pnginfo: { dgx_pixels: { size: [16, 8] } } } };
    const graph = graphWith({ '5': { width: 160, height: 80 } });
    const [drawn] = await draw(started, graph, rest);
    const { image } = drawn!;
    expect([image.width, image.height]).toEqual([160, 80]);
    const pixels = new Uint32Array(image.data.buffer);
    for (let y = 0; y < 80; y += 1) {
      for (let x = 0; x < 160; x += 1) {
        const corner = Math.floor(y / 10) * 10 * 160 + Math.floor(x / 10) * 10;
        expect(pixels[y * 160 + x]).toBe(pixels[corner]);
      }
    }
  });

  it('cuts the sprite out when the prompt asks for it, and saves alpha', async () => {
    const started = await start();
    const [flat] = await draw(started, graphWith());
    const [cut] = await draw(
      started,
      graphWith({ '6': { text: 'rusty sword, transparent background' } }),
    );
    expect(flat?.alpha).toBe(false);
    expect(cut?.alpha).toBe(true);
    expect(cut?.image.data.filter((value, i) => i % 4 === 3 && value === 0).length).toBeGreaterThan(
      100,
    );
  });

  it('cuts the sprite out through the background removal nodes', async () => {
    const started = await start();
    const [cut] = await draw(
      started,
      graphWith(
        { '9': { images: ['33', 0] } },
        {
          '30': {
            class_type: 'LoadBackgroundRemovalModel',
            inputs: { bg_removal_name: 'builtin/border-key.safetensors' },
          },
          '31': {
            class_type: 'RemoveBackground',
            inputs: { bg_removal_model: ['30', 0], image: ['8', 0] },
          },
          '32': { class_type: 'InvertMask', inputs: { mask: ['31', 0] } },
          '33': {
            class_type: 'JoinImageWithAlpha',
            inputs: { image: ['8', 0], alpha: ['32', 0] },
          },
        },
      ),
    );
    const alphas = cut!.image.data.filter((_, i) => i % 4 === 3);
    expect(cut?.alpha).toBe(true);
    expect(alphas[0]).toBe(0);
    expect(alphas.includes(255)).toBe(true);
  });

  it('starts from an uploaded picture when denoise leaves something of it', async () => {
    const started = await start();
    const [sword] = await draw(started, graphWith());
    const { engine, folder } = started;
    await upload(engine, readFileSync(join(folder, 'output/rec/sword_00001_.png')), 'init.png');
    const withInit = (denoise: number) =>
      graphWith(
        { '3': { latent_image: ['61', 0], denoise, seed: 99 }, '6': { text: 'green slime' } },
        {
          '60': { class_type: 'LoadImage', inputs: { image: 'init.png' } },
          '61': { class_type: 'VAEEncode', inputs: { pixels: ['60', 0], vae: ['4', 2] } },
        },
      );
    const [near] = await draw(started, withInit(0.05));
    const [far] = await draw(started, withInit(1));
    const distance = (image: Uint8ClampedArray) =>
      image.reduce((sum, value, i) => sum + Math.abs(value - sword!.image.data[i]!), 0);
    expect(distance(near!.image.data)).toBeLessThan(distance(far!.image.data));
  });

  it('saves black when the test word asks for a model that overflows', async () => {
    const [black] = await draw(await start(), graphWith({ '6': { text: 'sword __nan__' } }));
    expect(black?.image.data.some((value, i) => i % 4 !== 3 && value !== 0)).toBe(false);
  });

  it('writes the graph and what is sent beside it into the file as ASCII', async () => {
    const { engine, folder } = await start();
    const graph = graphWith({ '6': { text: '剣 sword' } });
    const rest = { extra_data: { extra_pnginfo: { dgx_pixels: { name: 'é' } } } };
    const history = await finished(engine, await queue(engine, graph, rest));
    const bytes = readFileSync(join(folder, 'output/rec', filesOf(history)[0]!));
    expect(bytes.includes('tEXtprompt\0{"3":')).toBe(true);
    expect(bytes.includes('\\u5263 sword')).toBe(true);
    expect(bytes.includes('tEXtdgx_pixels\0{"name":"\\u00e9"}')).toBe(true);
  });

  it('never saves outside the output folder', async () => {
    const { engine, folder } = await start();
    const id = await queue(engine, graphWith({ '9': { filename_prefix: '../../escape' } }));
    const history = await finished(engine, id);
    expect(JSON.stringify(history['status'])).toContain('outside the output folder');
    expect(readdirSync(folder).sort()).toEqual(['input', 'output']);
  });

  it('runs out of memory instead of trying a batch that no machine could hold', async () => {
    const { engine } = await start();
    const graph = graphWith({ '5': { width: 16384, height: 16384, batch_size: 4096 } });
    const history = await finished(engine, await queue(engine, graph));
    expect(JSON.stringify(history['status'])).toContain('torch.OutOfMemoryError');
  });
});

async function upload(engine: Target, bytes: Uint8Array, name: string, fields: Json = {}) {
  const form = new FormData();
  form.append('image', new Blob([Buffer.from(bytes)]), name);
  for (const [key, value] of Object.entries(fields)) form.append(key, String(value));
  const response = await fetch(`${engine.url}/upload/image`, { method: 'POST', body: form });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Json) };
}

describe('files', () => {
  const view = (engine: Target, query: Record<string, string>) =>
    fetch(`${engine.url}/view?${new URLSearchParams(query).toString()}`);

  it('go up and come back under a non-ASCII name', async () => {
    const { engine } = await start();
    const name = 'ナイト é.png';
    const answer = await upload(engine, Buffer.from('bytes'), name, { subfolder: 'a/ü' });
    expect(answer).toEqual({ status: 200, body: { name, subfolder: 'a/ü', type: 'input' } });
    const back = await view(engine, { filename: name, subfolder: 'a/ü', type: 'input' });
    expect(back.headers.get('content-type')).toBe('image/png');
    expect(await back.text()).toBe('bytes');
    const annotated = await view(engine, { filename: `${name} [input]`, subfolder: 'a/ü' });
    expect(annotated.status).toBe(200);
  });

  it('keep their name when equal, get another when not, and are replaced on request', async () => {
    const { engine, folder } = await start();
    const put = async (text: string, fields: Json = {}) =>
      (await upload(engine, Buffer.from(text), 'a.png', fields)).body['name'];
    expect(await put('one')).toBe('a.png');
    expect(await put('one')).toBe('a.png');
    expect(await put('two')).toBe('a (1).png');
    expect(await put('two')).toBe('a (1).png');
    expect(await put('three', { overwrite: 'true' })).toBe('a.png');
    expect(readFileSync(join(folder, 'input/a.png'), 'utf8')).toBe('three');
  });

  it('never go outside their folder', async () => {
    const { engine, folder } = await start();
    const bytes = Buffer.from('x');
    for (const subfolder of ['..', '../x', '/tmp/x', 'a/../../x']) {
      expect((await upload(engine, bytes, 'a.png', { subfolder })).status, subfolder).toBe(400);
    }
    expect((await upload(engine, bytes, '../up.png')).status).toBe(400);
    expect((await upload(engine, bytes, 'a.png', { type: 'models' })).status).toBe(400);
    expect(existsSync(join(folder, 'up.png'))).toBe(false);
    const refusals: [Record<string, string>, number][] = [
      [{ filename: '../x.png' }, 400],
      [{ filename: '/etc/passwd' }, 400],
      [{ filename: '' }, 400],
      [{ filename: 'x.png', type: 'models' }, 400],
      [{ filename: 'x.png', subfolder: '..' }, 403],
      [{ filename: 'x.png', subfolder: '/etc' }, 403],
      [{ filename: 'x.png', subfolder: 'gone' }, 404],
      [{}, 404],
    ];
    for (const [query, status] of refusals) {
      expect((await view(engine, query)).status, JSON.stringify(query)).toBe(status);
    }
  });

  it('may have any name that a header cannot carry', async () => {
    const { engine } = await start();
    for (const name of ['a\u0001b.png', 'q;x="1.png', 'é\u007f.png']) {
      const answer = await upload(engine, Buffer.from('bytes'), name);
      const filename = String(answer.body['name']);
      expect((await view(engine, { filename, type: 'input' })).status, name).toBe(200);
    }
  });

  it('come as one channel when asked', async () => {
    const { engine, folder } = await start();
    const graph = graphWith({ '6': { text: 'gem, transparent background' } });
    await draw({ engine, folder, stop: async () => undefined }, graph);
    const file = { filename: 'sword_00001_.png', subfolder: 'rec' };
    const rgb = await view(engine, { ...file, channel: 'rgb' });
    expect(decodePng(Buffer.from(await rgb.arrayBuffer())).alpha).toBe(false);
    const alpha = await view(engine, { ...file, channel: 'a' });
    const { image } = decodePng(Buffer.from(await alpha.arrayBuffer()));
    expect(image.data.some((value, i) => i % 4 !== 3 && value !== 0)).toBe(false);
  });

  it('of previews vanish when the engine closes, and nothing else does', async () => {
    const temp = mkdtempSync(join(tmpdir(), 'builtin-temp-'));
    cleanups.push(() => rmSync(temp, { recursive: true }));
    const { engine, stop } = await engineIn({ tempDirectory: temp });
    await upload(engine, Buffer.from('mine'), 'keep.png', { type: 'temp' });
    const graph = graphWith(
      {},
      { '9': { class_type: 'PreviewImage', inputs: { images: ['8', 0] } } },
    );
    const history = await finished(engine, await queue(engine, graph));
    const [name] = filesOf(history);
    expect((await view(engine, { filename: name!, type: 'temp' })).status).toBe(200);
    await stop();
    expect(readdirSync(temp)).toEqual(['keep.png']);
  });
});

/** One request with headers that fetch would not send. */
async function raw(
  engine: Target & { port: number },
  headers: Record<string, string>,
  path = '/prompt',
) {
  const request = httpRequest({ port: engine.port, host: '127.0.0.1', path, headers });
  request.end();
  const [response] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
  response.resume();
  return response.statusCode;
}

describe('strangers and broken bodies', () => {
  it('keeps foreign hosts and origins out, over HTTP and WebSocket', async () => {
    const { engine } = await start();
    const own = `127.0.0.1:${engine.port}`;
    expect(await raw(engine, { Host: own })).toBe(200);
    expect(await raw(engine, { Host: `localhost:${engine.port}` })).toBe(200);
    expect(await raw(engine, { Host: own, Origin: `http://${own}` })).toBe(200);
    expect(await raw(engine, { Host: `evil.example:${engine.port}` })).toBe(403);
    expect(await raw(engine, { Host: own, Origin: 'http://evil.example' })).toBe(403);
    expect(await raw(engine, { Host: own, 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
    const socket = new WebSocket(`ws://${own}/ws`, { origin: 'http://evil.example' });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('403');
  });

  it('answers 500 to a body that is not JSON, and keeps working', async () => {
    const { engine } = await start();
    const bodies = ['', 'x', '{', '[1', 'NaN', '\0', '{"prompt":{"1":5}}', '{"prompt":[]}', '5'];
    for (const body of bodies) {
      expect((await post(engine, '/prompt', body)).status, body).toBe(500);
    }
    for (const path of ['/queue', '/history', '/free']) {
      expect((await post(engine, path, 'x')).status, path).toBe(500);
    }
    expect((await post(engine, '/prompt', '{}')).body).toMatchObject({
      error: { type: 'no_prompt' },
    });
    for (const prompt_id of [
      'X',
      5,
      randomUUID().toUpperCase(),
      randomUUID().replaceAll('-', ''),
    ]) {
      const { status, body } = await post(engine, '/prompt', { prompt: graphWith(), prompt_id });
      expect([status, body['error']]).toMatchObject([400, { type: 'invalid_prompt_id' }]);
    }
    await finished(engine, await queue(engine, graphWith()));
  });

  it('survives thousands of damaged requests without a fault of its own', async () => {
    const { engine } = await start({ stepMs: 0 });
    const faults: Error[] = [];
    const note = (fault: Error) => faults.push(fault);
    process.on('warning', note);
    cleanups.push(() => void process.off('warning', note));
    const good = JSON.stringify({ prompt: graphWith({ '3': { steps: 2000 } }), client_id: 'x' });
    const paths = ['/prompt', '/queue', '/history', '/interrupt', '/free', '/api/jobs/cancel'];
    let state = 12345;
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % below;
    };
    const values = [
      'null',
      '-1',
      '1e400',
      '""',
      '[]',
      '{}',
      '["3",0]',
      'true',
      '"\\u0000"',
      '9e15',
    ];
    for (let i = 0; i < 2000; i += 1) {
      const at = random(good.length);
      const body =
        random(2) === 0
          ? good.slice(0, at) + String.fromCharCode(random(256)) + good.slice(at + 1)
          : good.replaceAll(/:(?=[\d"[{])(?:"[^"]*"|[\d.]+|\[[^\]]*\])/g, value =>
              random(12) === 0 ? `:${values[random(values.length)]!}` : value,
            );
      const { status } = await post(engine, paths[random(paths.length)]!, body);
      expect([200, 400, 500]).toContain(status);
    }
    await post(engine, '/queue', { clear: true });
    await post(engine, '/interrupt', '');
    expect((await get(engine, '/object_info/KSampler')).status).toBe(200);
    expect(faults).toEqual([]);
  });

  it('answers what it does not have like the real server', async () => {
    const { engine } = await start();
    expect(await get(engine, '/nope')).toEqual({ status: 404, body: { text: '404: Not Found' } });
    expect((await get(engine, '/userdata?dir=x')).status).toBe(404);
    expect((await get(engine, '/upload/image')).status).toBe(405);
    expect((await get(engine, '/models/nope')).status).toBe(404);
    expect((await get(engine, '/object_info/Nope')).body).toEqual({});
    expect((await get(engine, '/history?max_items=x')).status).toBe(500);
    expect((await get(engine, '/ws')).status).toBe(400);
    expect((await get(engine, '/')).body['text']).toContain('built-in engine');
  });
});

describe('a thread and a process of its own', () => {
  it('runs in a thread of the caller and ends when told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'builtin-thread-'));
    cleanups.push(() => rmSync(folder, { recursive: true }));
    const options = { outputDirectory: join(folder, 'o'), inputDirectory: join(folder, 'i') };
    const engine = await spawnBuiltinEngineThread(threadFile, { ...options, stepMs: 1, loadMs: 1 });
    const ended = once(engine.thread, 'exit');
    await finished(engine, await queue(engine, graphWith()));
    await expect(
      spawnBuiltinEngineThread(threadFile, { ...options, port: engine.port }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await engine.close();
    await ended;
    await expect(get(engine, '/prompt')).rejects.toThrow();
    await engine.close();
  });

  async function startProcess(folder: string, port = 0) {
    const args = [threadFile, '--dir', folder, '--port', String(port), '--step-ms', '2'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    cleanups.push(() => void child.kill('SIGKILL'));
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { child, ...(JSON.parse(line) as { url: string; port: number; type: string }) };
  }

  async function kill(child: ChildProcess): Promise<void> {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  it('loses queue and history when killed, and keeps its pictures', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'builtin-process-'));
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
    const first = await startProcess(folder);
    const done = await queue(first, graphWith());
    await finished(first, done);
    const lost = await queue(first, graphWith(SLOW));
    await kill(first.child);
    const second = await startProcess(folder, first.port);
    expect(second.url).toBe(first.url);
    for (const id of [done, lost]) {
      expect((await get(second, `/api/jobs/${id}`)).status).toBe(404);
      expect((await get(second, `/history/${id}`)).body).toEqual({});
    }
    const picture = await fetch(`${second.url}/view?filename=sword_00001_.png&subfolder=rec`);
    expect(picture.status).toBe(200);
    const again = await finished(second, await queue(second, graphWith({ '3': { seed: 8 } })));
    expect(filesOf(again)).toEqual(['sword_00002_.png']);
  });

  it('ends with code 0 on SIGTERM and says why it cannot start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'builtin-process-'));
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
    const first = await startProcess(folder);
    const second = await startProcess(folder, first.port);
    expect(second).toMatchObject({ type: 'failed', code: 'EADDRINUSE' });
    const ended = once(first.child, 'exit');
    first.child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });
});

describe('an engine that closes', () => {
  it('ends its sockets in the middle of a run', async () => {
    const { engine, stop } = await engineIn();
    const listener = await Listener.open(engine, 'a');
    const closed = once(listener.socket, 'close');
    await queue(engine, graphWith(SLOW), { client_id: 'a' });
    await listener.until((frame: Frame) => 'type' in frame && frame.type === 'progress');
    await stop();
    await closed;
  });
});
