import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ComfyApi } from '../../src/worker/comfyui/api.ts';
import { ComfyHttp } from '../../src/worker/comfyui/http.ts';
import { until } from '../helpers/processes.ts';
import { type Call, Meddler, type Reply } from '../integration/comfyui-client/meddler.ts';
import { forgetful, isEnd, old } from '../integration/comfyui-client/rules.ts';
import { Bench } from '../integration/comfyui-client/worker.ts';
import { RealComfyui } from './server.ts';
import { askServer, comfyui, describeOwnComfyui, TINY15 } from './studio.ts';

const POST = ({ method, path }: Call): boolean => method === 'POST' && path === '/prompt';

/** The traps of the network and of other versions, with a real server behind them. */
describeOwnComfyui('traps before a real ComfyUI')('a worker at a real ComfyUI', () => {
  let server: RealComfyui;
  let seed = 5_000;

  beforeAll(async () => {
    server = await RealComfyui.start(comfyui().directory ?? '');
  });

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  /** Our pictures on the server's disk. */
  function drawn(): string[] {
    const folder = join(server.output, 'dgx-pixels');
    return existsSync(folder) ? readdirSync(folder) : [];
  }

  async function between(
    act: (bench: Bench, meddler: Meddler) => Promise<void>,
    config: object = { keepOutputs: true },
  ): Promise<void> {
    await using meddler = await Meddler.before(server.url);
    await using bench = await Bench.open(meddler.url, config);
    await until('it is ready', async () => (await bench.server()).state === 'ready', 120_000);
    await act(bench, meddler);
  }

  const submit = (bench: Bench, steps: number): Promise<string> =>
    bench.submit({ ...TINY15, steps, seed: seed++ });

  it('follows a run over a broken event socket, under a new client id', async () => {
    await between(async (bench, meddler) => {
      const job = await submit(bench, 60);
      await bench.untilRunning(job);
      meddler.cutSockets();
      expect((await bench.ended(job)).state).toBe('done');
      expect(new Set(meddler.clientIds).size).toBe(2);
      expect(meddler.count('POST /prompt')).toBe(1);
    });
  });

  it('finds out the end of a run of which no frame came', async () => {
    await between(async (bench, meddler) => {
      meddler.passFrame = () => false;
      const job = await submit(bench, 4);
      expect((await bench.ended(job)).state).toBe('done');
      await until('the deaf socket is opened again', () => meddler.clientIds.length === 2);
    });
  });

  it('does not repeat a post whose answer was lost', async () => {
    await between(async (bench, meddler) => {
      let first = true;
      meddler.rules.push(async (call): Promise<Reply | null> => {
        if (!POST(call) || !first) return null;
        first = false;
        await call.pass();
        return { status: 0, body: null };
      });
      const before = drawn().length;
      const job = await submit(bench, 30);
      expect((await bench.ended(job)).state).toBe('done');
      expect(meddler.count('POST /prompt')).toBe(1);
      expect(drawn()).toHaveLength(before + 1);
    });
  });

  it('takes the files for the truth when the history is gone', async () => {
    await between(async (bench, meddler) => {
      meddler.passFrame = (data, isBinary) => !isEnd(data, isBinary);
      const job = await submit(bench, 4);
      const { promptId } = await bench.run(job);
      await until('it is saved', () => drawn().some(name => name.startsWith(promptId)));
      meddler.rules.push(forgetful);
      meddler.cutSockets();
      expect((await bench.ended(job)).state).toBe('done');
      expect(meddler.count('POST /prompt')).toBe(1);
    });
  });

  it('follows and cancels runs by queue and history where /api/jobs is missing', async () => {
    await between(async (bench, meddler) => {
      meddler.rules.push(old);
      meddler.cutSockets();
      await until('it was asked what it can do', () => meddler.count('GET /features') === 2);
      await until('it is ready', async () => (await bench.server()).state === 'ready');
      const done = await submit(bench, 4);
      expect((await bench.ended(done)).state).toBe('done');
      const job = await submit(bench, 1_000);
      await bench.untilRunning(job);
      await bench.client.request('jobs.cancel', { target: { job } });
      expect((await bench.ended(job)).state).toBe('cancelled');
    });
  });

  it('leaves nothing behind after the import, neither on the disk nor in the history', async () => {
    await between(async bench => {
      const before = drawn().length;
      const job = await submit(bench, 4);
      expect((await bench.ended(job)).state).toBe('done');
      const { promptId } = await bench.run(job);
      await until('the history is gone', async () => {
        const history = await askServer(server.url, `/history/${promptId}`);
        return Object.keys(history as object).length === 0;
      });
      await until('the file is gone', () => !drawn().some(name => name.startsWith(promptId)));
      expect(drawn()).toHaveLength(before);
    }, {});
  });

  it('knows what the server takes, and keeps names of any script', async () => {
    const http = new ComfyHttp({ url: server.url, headers: {}, tls: {} });
    try {
      const api = new ComfyApi(http);
      const big = new Uint8Array(101 * 1024 * 1024);
      // Before it has asked it can but try.
      await expect(api.uploadImage('big.png', big, 'image/png')).rejects.toMatchObject({
        code: expect.stringMatching(/too-large|engine-unavailable/) as unknown,
      });
      await api.discover();
      await expect(api.uploadImage('big.png', big, 'image/png')).rejects.toMatchObject({
        code: 'too-large',
      });
      const stored = await api.uploadImage('ナイト ñ.png', new Uint8Array(9), 'image/png');
      expect(stored).toBe('dgx-pixels/ナイト ñ.png');
      const image = { filename: 'ナイト ñ.png', subfolder: 'dgx-pixels', type: 'input' };
      expect(await api.view(image)).toHaveLength(9);
      expect(await api.view({ ...image, filename: '..' })).toBeNull();
    } finally {
      await http.close();
    }
  });
});
