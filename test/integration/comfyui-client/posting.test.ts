import { describe, expect, it } from 'vitest';
import { until } from '../../helpers/processes.ts';
import { changed, jsonReply, type Rule } from './meddler.ts';
import { Setting } from './setting.ts';

const isPost = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'POST' && path === '/prompt';

/** Breaks the connection of the first post, after or before the server got it. */
function breakFirst(delivered: boolean, delayMs = 0): Rule {
  let left = 1;
  return async call => {
    if (!isPost(call) || left-- <= 0) return null;
    if (delivered && delayMs === 0) await call.pass();
    else if (delivered) setTimeout(() => void call.pass(), delayMs);
    return { status: 0, body: null };
  };
}

describe('a post whose answer was not seen', () => {
  it('is not repeated when the server has it: one prompt, one picture', async () => {
    await using setting = await Setting.open({ stepMs: 40 }, ({ rules }) => {
      rules.push(breakFirst(true));
    });
    const { bench, meddler } = setting;
    const job = await bench.submit({ steps: 20 });
    expect((await bench.ended(job)).state).toBe('done');
    expect(meddler.count('POST /prompt')).toBe(1);
    expect(setting.drawn()).toHaveLength(1);
    expect((await bench.run(job)).attempt).toBe(1);
  });

  it('that reaches the server a second later is not repeated either', async () => {
    await using setting = await Setting.open({ stepMs: 40 }, ({ rules }) => {
      rules.push(breakFirst(true, 1_000));
    });
    const { bench, meddler } = setting;
    const job = await bench.submit({ steps: 20 });
    expect((await bench.ended(job)).state).toBe('done');
    expect(meddler.count('POST /prompt')).toBe(1);
    expect(setting.drawn()).toHaveLength(1);
  });

  it('is repeated, under another id, once the server has not known it for a while', async () => {
    await using setting = await Setting.open({}, ({ rules }) => {
      rules.push(breakFirst(false));
    });
    const { bench, meddler } = setting;
    const job = await bench.submit();
    expect((await bench.ended(job)).state).toBe('done');
    const posts = meddler.log.flatMap((line, place) => (line === 'POST /prompt' ? [place] : []));
    expect(posts).toHaveLength(2);
    const between = meddler.log.slice(posts[0], posts[1]);
    expect(between.filter(line => line.startsWith('GET /api/jobs/')).length).toBeGreaterThan(1);
    expect(between).toContain('GET /queue');
    expect((await bench.run(job)).attempt).toBe(2);
    expect((await bench.reasons(job)).join('\n')).toMatch(/never reached the engine/);
    expect(setting.drawn()).toHaveLength(1);
  });

  it('is not repeated while the queue holds it, whatever the jobs say', async () => {
    let blind = true;
    await using setting = await Setting.open({ stepMs: 100 }, ({ rules }) => {
      rules.push(breakFirst(true), async ({ method, path }) =>
        blind && method === 'GET' && path.startsWith('/api/jobs/')
          ? jsonReply({ error: 'Job not found' }, 404)
          : null,
      );
    });
    const { bench, meddler } = setting;
    const job = await bench.submit({ steps: 60 });
    await until('the queue was asked', () => meddler.count('GET /queue') >= 4);
    expect((await bench.run(job)).attempt).toBe(1);
    blind = false;
    expect((await bench.ended(job)).state).toBe('done');
    expect(meddler.count('POST /prompt')).toBe(1);
  });

  it('is asked about when a gateway gave up on it', async () => {
    let first = true;
    await using setting = await Setting.open({ stepMs: 40 }, ({ rules }) => {
      rules.push(async call => {
        if (!isPost(call) || !first) return null;
        first = false;
        await call.pass();
        return { status: 504, body: '<html>gateway timeout</html>' };
      });
    });
    const { bench, meddler } = setting;
    const job = await bench.submit({ steps: 20 });
    expect((await bench.ended(job)).state).toBe('done');
    expect(meddler.count('POST /prompt')).toBe(1);
    expect(setting.drawn()).toHaveLength(1);
  });
});

describe('a post that somebody before the server refuses', () => {
  it('stays queued, says why, and is drawn once it gets through', async () => {
    let locked = false;
    await using setting = await Setting.open({}, ({ rules }) => {
      rules.push(async () => (locked ? { status: 401, body: '<html>sign in</html>' } : null));
    });
    const { bench, meddler } = setting;
    locked = true;
    const job = await bench.submit();
    const problem = await until('the server is known to be shut', async () => {
      const { state, problem: why } = await bench.server();
      return state === 'unreachable' ? why : null;
    });
    expect(problem).toMatch(/credentials \(status 401\).*"headers"/);
    expect((await bench.run(job)).state).toBe('queued');
    expect(meddler.count('POST /prompt')).toBe(1);
    locked = false;
    expect((await bench.ended(job)).state).toBe('done');
    expect((await bench.run(job)).attempt).toBe(1);
  });

  it('for its size fails with advice', async () => {
    await using setting = await Setting.open({}, ({ rules }) => {
      rules.push(async call => (isPost(call) ? { status: 413, body: 'too large' } : null));
    });
    const job = await setting.bench.submit();
    expect(await setting.bench.ended(job)).toMatchObject({
      state: 'failed',
      error: { code: 'too-large', message: expect.stringMatching(/--max-upload-size/) as unknown },
    });
  });
});

describe('a server that chooses the ids of jobs itself', () => {
  it('is refused, and what it queued is stopped', async () => {
    const other = '11111111-0000-4000-8000-000000000000';
    await using setting = await Setting.open({}, ({ rules }) => {
      rules.push(async call =>
        isPost(call) ? changed(call, answer => ({ ...answer, prompt_id: other })) : null,
      );
    });
    const { bench, meddler } = setting;
    const job = await bench.submit();
    expect(await bench.ended(job)).toMatchObject({
      state: 'failed',
      error: { code: 'engine-rejected', message: expect.stringMatching(/update it/) as unknown },
    });
    expect(meddler.log).toContain(`POST /api/jobs/${other}/cancel`);
  });
});
