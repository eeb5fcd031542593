import { describe, expect, it } from 'vitest';
import { until } from '../../helpers/processes.ts';
import { changed, type Rule, textOf } from './meddler.ts';
import { forgetful, isEnd, ofVersion } from './rules.ts';
import { Setting } from './setting.ts';

type History = Record<string, { outputs: Record<string, { images: { filename: string }[] }> }>;

function onHistory(change: (history: History) => unknown): Rule {
  return async call =>
    call.method === 'GET' && call.path.startsWith('/history/')
      ? changed(call, value => change(value as History))
      : null;
}

describe('the end of a run', () => {
  it('is the frame after which nothing executes: success alone does not make it read the history', async () => {
    await using setting = await Setting.open({ stepMs: 5 });
    const { bench, meddler } = setting;
    let end = '';
    let success = false;
    meddler.passFrame = (data, isBinary) => {
      if (!isBinary && data.includes('execution_success')) success = true;
      if (end !== '' || !isEnd(data, isBinary)) return true;
      end = data.toString();
      return false;
    };
    const job = await bench.submit();
    await until('the engine has said its last word', () => success && end !== '');
    await new Promise(resolve => setTimeout(resolve, 500));
    expect(meddler.count('GET /history/')).toBe(0);
    expect((await bench.run(job)).state).toBe('running');
    meddler.send(end);
    expect((await bench.ended(job)).state).toBe('done');
    expect(meddler.count('GET /history/')).toBe(1);
  });

  it('may come before the history has it', async () => {
    let early = 3;
    await using setting = await Setting.open({}, ({ rules }) => {
      rules.push(onHistory(history => (early-- > 0 ? {} : history)));
    });
    const job = await setting.bench.submit();
    expect((await setting.bench.ended(job)).state).toBe('done');
    expect(early).toBeLessThan(0);
  });

  it('is found out when every frame of it is lost, and the deaf socket is opened anew', async () => {
    await using setting = await Setting.open();
    const { bench, meddler } = setting;
    meddler.passFrame = () => false;
    const job = await bench.submit();
    expect((await bench.ended(job)).state).toBe('done');
    await until('the socket is opened again', () => meddler.clientIds.length === 2);
    meddler.passFrame = () => true;
    await until('the engine is ready', async () => (await bench.server()).state === 'ready');
    expect(setting.drawn()).toHaveLength(1);
  });

  it('is understood when Python wrote NaN into the history', async () => {
    await using setting = await Setting.open({}, ({ rules }) => {
      rules.push(async call => {
        if (!call.path.startsWith('/history/')) return null;
        const reply = await call.pass();
        return { ...reply, body: textOf(reply).replace('"meta"', '"odd": NaN, "meta"') };
      });
    });
    const job = await setting.bench.submit();
    expect((await setting.bench.ended(job)).state).toBe('done');
  });
});

describe('the same recipe again', () => {
  it('makes a file of its own, although the engine answers from its cache', async () => {
    await using setting = await Setting.open();
    const jobs = [await setting.bench.submit(), await setting.bench.submit()];
    for (const job of jobs) expect((await setting.bench.ended(job)).state).toBe('done');
    const ids = await Promise.all(jobs.map(async job => (await setting.bench.run(job)).promptId));
    expect(setting.drawn().sort()).toEqual(ids.map(id => `${id}_00001_.png`).sort());
  });

  it('is not done when the engine only names the files of an earlier run', async () => {
    let stale = '';
    await using setting = await Setting.open({}, ({ rules }) => {
      rules.push(
        onHistory(history => {
          for (const entry of Object.values(history)) {
            for (const { images } of Object.values(entry.outputs)) {
              for (const image of images) {
                if (stale === '') stale = image.filename;
                else image.filename = stale;
              }
            }
          }
          return history;
        }),
      );
    });
    const { bench } = setting;
    expect((await bench.ended(await bench.submit())).state).toBe('done');
    const job = await bench.submit();
    expect(await bench.ended(job)).toMatchObject({
      state: 'failed',
      error: {
        code: 'engine-failed',
        message: expect.stringMatching(/not of this run/) as unknown,
      },
    });
  });
});

describe('a run whose history is gone', () => {
  /** Draws a run to its end while the worker hears nothing, and then lets it ask a server that has forgotten everything. */
  async function forgotten(setting: Setting, more: Rule[] = [], batch = 1): Promise<string> {
    const { bench, meddler } = setting;
    meddler.passFrame = (data, isBinary) => !isEnd(data, isBinary);
    // Files are fetched as soon as they are named.
    meddler.rules.push(...more);
    const job = await bench.submit({ batch }, 1, { retryLost: 'once' });
    await until('the engine has saved', () => setting.drawn().length === batch);
    meddler.rules.push(forgetful);
    meddler.passFrame = () => true;
    meddler.cutSockets();
    return job;
  }

  it('is done when all its files are there, and records the version that drew it, not the one that answers now', async () => {
    await using setting = await Setting.open({}, ({ rules }) => rules.push(ofVersion('0.33.0')));
    const { bench, meddler } = setting;
    await until('it is ready', async () => (await bench.server()).version === '0.33.0');
    const job = await forgotten(setting, [], 3);
    meddler.rules.unshift(ofVersion('0.34.1'));
    expect((await bench.ended(job)).state).toBe('done');
    expect((await bench.server()).version).toBe('0.34.1');
    const { images } = await bench.run(job);
    expect(images).toHaveLength(3);
    const recipeOf = async (digest: string) => bench.client.request('artifacts.recipe', { digest });
    expect((await recipeOf(images[0]?.sprite ?? '')).engine).toMatchObject({
      engine: 'comfyui',
      version: '0.33.0',
    });
    const next = await bench.submit({ seed: 99 });
    meddler.rules.splice(meddler.rules.indexOf(forgetful), 1);
    await bench.ended(next);
    const [image] = (await bench.run(next)).images;
    expect((await recipeOf(image?.sprite ?? '')).engine?.version).toBe('0.34.1');
  });

  it('is lost, not done, when one of its files is missing', async () => {
    await using setting = await Setting.open();
    const gone: Rule = async ({ path }) =>
      path.startsWith('/view') && path.includes('_00002_') ? { status: 404, body: '' } : null;
    const job = await forgotten(setting, [gone], 3);
    expect(await setting.bench.ended(job)).toMatchObject({
      state: 'lost',
      error: { code: 'engine-lost' },
    });
    expect(setting.meddler.count('POST /prompt')).toBe(1);
  });

  it('is lost, not done, when a file is cut short', async () => {
    await using setting = await Setting.open();
    const torn: Rule = async call => {
      if (!call.path.startsWith('/view')) return null;
      const reply = await call.pass();
      const bytes = reply.body as Buffer;
      return { ...reply, body: bytes.subarray(0, Math.floor(bytes.length * 0.7)) };
    };
    const job = await forgotten(setting, [torn]);
    expect(await setting.bench.ended(job)).toMatchObject({ state: 'lost' });
    expect((await setting.bench.reasons(job)).join('\n')).toMatch(/while it was saving/);
  });

  it('is neither lost nor done while a proxy answers 404 in place of the server', async () => {
    await using setting = await Setting.open();
    const { bench, meddler } = setting;
    let away = true;
    const proxy: Rule = async ({ path }) =>
      away && !path.startsWith('/system_stats') && !path.startsWith('/object_info')
        ? { status: 404, body: '<html>tunnel not found</html>' }
        : null;
    meddler.passFrame = (data, isBinary) => !isEnd(data, isBinary);
    const job = await bench.submit();
    await until('the engine has saved', () => setting.drawn().length === 1);
    meddler.rules.push(proxy);
    await until('it was asked', () => meddler.count('GET /api/jobs/') >= 3);
    await new Promise(resolve => setTimeout(resolve, 2_500));
    expect((await bench.run(job)).finishedAt).toBeNull();
    away = false;
    expect((await bench.ended(job)).state).toBe('done');
    expect(meddler.count('POST /prompt')).toBe(1);
  });
});

describe('a run that fails on the engine', () => {
  /** Fails with the words of another trouble than the one that the engine can be asked for. */
  function failing(exception_type: string, exception_message: string): Rule {
    return async call =>
      call.method === 'GET' && call.path.startsWith('/history/')
        ? changed(call, history => {
            for (const entry of Object.values(history)) {
              const { status } = entry as {
                status: { messages: [string, Record<string, unknown>][] };
              };
              for (const [type, data] of status.messages) {
                if (type === 'execution_error') {
                  Object.assign(data, { exception_type, exception_message });
                }
              }
            }
            return history;
          })
        : null;
  }

  it.each([
    ['OSError', "[Errno 28] No space left on device: '/srv/x.png'", 'disk-full', /Free some space/],
    ['torch.OutOfMemoryError', 'Allocation on device 0', 'engine-out-of-memory', /smaller/],
    ['RuntimeError', 'CUDA error: out of memory', 'engine-out-of-memory', /smaller/],
    ['ValueError', 'bad /home/ann/x/y.py\n  trace', 'engine-failed', /failed in/],
  ])('with %s: %s says what to do, and shows no path', async (type, message, code, advice) => {
    await using setting = await Setting.open({}, ({ rules }) => rules.push(failing(type, message)));
    const { bench, meddler } = setting;
    // What the history says is all that there is when the event was missed.
    meddler.passFrame = (data, isBinary) => isBinary || !data.includes('execution_error');
    const job = await bench.submit({ prompt: 'sword __fail__' });
    const { state, error } = await bench.ended(job);
    expect({ state, code: error?.code }).toEqual({ state: 'failed', code });
    expect(error?.message).toMatch(advice);
    expect(error?.message).not.toMatch(/srv|home|trace/);
    expect(meddler.count('POST /prompt')).toBe(1);
  });
});

describe('a graph of which the server would drop a part', () => {
  it('is a failure although the status is 200, and what was queued of it is stopped', async () => {
    await using setting = await Setting.open({ stepMs: 50 }, ({ rules }) => {
      rules.push(async call =>
        call.method === 'POST' && call.path === '/prompt'
          ? changed(call, answer => ({
              ...answer,
              node_errors: {
                '4': {
                  errors: [{ message: 'Value not in list', details: 'ckpt_name: nope' }],
                  class_type: 'CheckpointLoaderSimple',
                },
              },
            }))
          : null,
      );
    });
    const { bench, meddler } = setting;
    const job = await bench.submit({ steps: 100 });
    expect(await bench.ended(job)).toMatchObject({
      state: 'failed',
      error: {
        code: 'engine-rejected',
        message: expect.stringMatching(/Value not in list/) as unknown,
      },
    });
    const { promptId } = await bench.run(job);
    expect(meddler.log).toContain(`POST /api/jobs/${promptId}/cancel`);
    expect(setting.drawn()).toEqual([]);
  });
});
