import { describe, expect, it } from 'vitest';
import { until } from '../../helpers/processes.ts';
import { engineIn } from '../builtin-engine-client.ts';
import { Linked } from './link.ts';
import { changed, Meddler } from './meddler.ts';
import { ofVersion } from './rules.ts';
import { Setting } from './setting.ts';

describe('an event socket that breaks in the middle of a run', () => {
  it('is opened again under another id, and the run is followed to its end', async () => {
    await using setting = await Setting.open({ stepMs: 40 });
    const { bench, meddler } = setting;
    const job = await bench.submit({ steps: 40 }, 2);
    await bench.untilRunning(job);
    meddler.cutSockets();
    expect((await bench.ended(job)).runs.done).toBe(2);
    expect(meddler.clientIds).toHaveLength(2);
    expect(new Set(meddler.clientIds).size).toBe(2);
    expect(meddler.count('POST /prompt')).toBe(2);
    expect(setting.drawn()).toHaveLength(2);
  });

  it('is not missed: a frozen one says nothing, and the jobs are asked instead', async () => {
    await using setting = await Setting.open({ stepMs: 40 });
    const { bench, meddler } = setting;
    const job = await bench.submit({ steps: 40 }, 2);
    await bench.untilRunning(job);
    meddler.freezeSockets();
    expect((await bench.ended(job)).runs.done).toBe(2);
    expect(meddler.count('POST /prompt')).toBe(2);
    expect(setting.drawn()).toHaveLength(2);
  });
});

describe('the link to a server', () => {
  async function linked(timing: ConstructorParameters<typeof Linked>[1]) {
    const engine = await engineIn();
    const meddler = await Meddler.before(engine.engine.url);
    const link = new Linked(meddler.url, timing);
    return {
      meddler,
      link,
      [Symbol.asyncDispose]: async () => {
        await link[Symbol.asyncDispose]();
        await meddler[Symbol.asyncDispose]();
        await engine.stop();
      },
    };
  }

  it('stays open while nothing happens, as long as pings are answered', async () => {
    await using setting = await linked({ pingMs: 50 });
    const { meddler, link } = setting;
    await link.ready();
    // Over a hundred pings, each of which would close it without an answer.
    await new Promise(resolve => setTimeout(resolve, 6_000));
    expect(meddler.clientIds).toHaveLength(1);
    expect(link.link.state).toBe('ready');
  });

  it('is made anew when the other end is gone without a word', async () => {
    await using setting = await linked({ pingMs: 30 });
    const { meddler, link } = setting;
    await link.ready();
    meddler.freezeSockets();
    await link.ready(2);
    expect(link.states).toContain('connecting');
    expect(new Set(meddler.clientIds).size).toBe(2);
  });

  it('does not hammer a server that closes every socket at once', async () => {
    await using setting = await linked({});
    const { meddler, link } = setting;
    await link.ready();
    meddler.passFrame = () => {
      meddler.cutSockets();
      return false;
    };
    meddler.cutSockets();
    await new Promise(resolve => setTimeout(resolve, 2_500));
    // Each attempt reads all node classes: at most one in a second.
    expect(meddler.count('GET /object_info')).toBeLessThanOrEqual(5);
  });

  it('reads models and node classes again while it lasts', async () => {
    await using setting = await linked({ inventoryMs: 30 });
    const { meddler, link } = setting;
    await link.ready();
    expect(link.inventories).toBe(1);
    meddler.rules.push(async call =>
      call.path === '/object_info' ? changed(call, info => ({ ...info, NewNode: {} })) : null,
    );
    await until(
      'the new class is known',
      () => link.link.inventory?.classes.includes('NewNode') === true,
    );
    expect(link.inventories).toBe(2);
  });
});

describe('a server that is exchanged for another version', () => {
  it('is read anew: version, models and classes, and workflows are checked again', async () => {
    await using setting = await Setting.open({}, ({ rules }) => rules.push(ofVersion('0.33.0')));
    const { bench, meddler } = setting;
    const problemOf = async () => {
      const { workflows } = await bench.client.request('workflows.list', {});
      return workflows.find(({ name }) => name === 'sprite-sdxl')?.problem ?? null;
    };
    await until('it is ready', async () => (await bench.server()).version === '0.33.0');
    expect(await problemOf()).toBeNull();
    meddler.rules.unshift(ofVersion('0.40.0'), async call =>
      call.path === '/object_info'
        ? changed(call, ({ KSampler, ...info }) => ({ ...info, KSamplerNew: KSampler }))
        : null,
    );
    meddler.cutSockets();
    await until('the new version is known', async () => {
      const { version, state } = await bench.server();
      return version === '0.40.0' && state === 'ready';
    });
    const problem = await until('the workflow is checked again', problemOf);
    expect(problem).toMatch(/KSampler/);
  });
});
