import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/worker/log.ts';
import { ServerLink } from '../../../src/worker/comfyui/server-link.ts';
import { Folder, until } from '../../helpers/processes.ts';
import { get } from '../builtin-engine-client.ts';
import { changed } from './meddler.ts';
import { Setting } from './setting.ts';

const FOREIGN = '22222222-0000-4000-8000-000000000000_00001_.png';

describe('what a run leaves on its engine', () => {
  it('is removed after the import, history and files, and nothing else is', async () => {
    await using setting = await Setting.open({}, undefined, {});
    const { bench } = setting;
    mkdirSync(setting.outputs, { recursive: true });
    for (const name of [FOREIGN, 'mine.png']) writeFileSync(join(setting.outputs, name), 'mine');
    const job = await bench.submit({ batch: 3 });
    expect((await bench.ended(job)).state).toBe('done');
    const { promptId, images } = await bench.run(job);
    await until('only the files of others are left', () => setting.drawn().length === 2);
    expect(setting.drawn().sort()).toEqual([FOREIGN, 'mine.png'].sort());
    await until('the history is empty', async () => {
      const { body } = await get({ url: setting.engineUrl }, `/history/${promptId}`);
      return Object.keys(body).length === 0;
    });
    for (const { raw } of images) {
      expect((await bench.client.fetchArtifact(raw)).byteLength).toBeGreaterThan(0);
    }
  });

  it('stays when the configuration says so', async () => {
    await using setting = await Setting.open({}, undefined, { keepOutputs: true });
    const { bench } = setting;
    const job = await bench.submit();
    await bench.ended(job);
    const { promptId } = await bench.run(job);
    // A later run has ended too, so that the first one would have been cleared by now.
    await bench.ended(await bench.submit({ seed: 8 }));
    expect(setting.drawn()).toHaveLength(2);
    const { body } = await get({ url: setting.engineUrl }, `/history/${promptId}`);
    expect(body).toHaveProperty(promptId);
  });

  it('stays when the run failed, for whoever looks into it', async () => {
    await using setting = await Setting.open({}, undefined, {});
    const { bench } = setting;
    const job = await bench.submit({ prompt: 'sword __fail__' });
    expect((await bench.ended(job)).state).toBe('failed');
    const { promptId } = await bench.run(job);
    const { body } = await get({ url: setting.engineUrl }, `/history/${promptId}`);
    expect(body).toHaveProperty(promptId);
  });

  it('is told apart from the same names elsewhere: bytes that are not in the store are never removed', async () => {
    using elsewhere = new Folder();
    const ours = join(elsewhere.path, 'dgx-pixels');
    mkdirSync(ours);
    // A port of this machine that leads to another one: its folder exists here too.
    await using setting = await Setting.open(
      {},
      ({ rules }) => {
        rules.push(async call =>
          call.path === '/system_stats'
            ? changed(call, stats => ({
                ...stats,
                system: {
                  ...(stats['system'] as object),
                  argv: [
                    'main.py',
                    '--base-directory',
                    '/nowhere',
                    '--output-directory',
                    elsewhere.path,
                  ],
                },
              }))
            : null,
        );
        rules.push(async call => {
          const name = /filename=([^&]+)/.exec(call.path)?.[1];
          if (name !== undefined) writeFileSync(join(ours, name), 'of somebody else');
          return null;
        });
      },
      {},
    );
    const { bench } = setting;
    const job = await bench.submit();
    expect((await bench.ended(job)).state).toBe('done');
    await bench.ended(await bench.submit({ seed: 8 }));
    expect(readdirSync(ours)).toHaveLength(2);
    expect(setting.drawn()).toHaveLength(2);
  });

  it('is never reached through a link in place of our folder', async () => {
    using elsewhere = new Folder();
    await using setting = await Setting.open({}, undefined, {});
    symlinkSync(elsewhere.path, setting.outputs, 'junction');
    const job = await setting.bench.submit();
    expect((await setting.bench.ended(job)).state).toBe('done');
    await setting.bench.ended(await setting.bench.submit({ seed: 8 }));
    expect(readdirSync(elsewhere.path)).toHaveLength(2);
  });

  it('is counted where it can be read, and unknown elsewhere', async () => {
    await using setting = await Setting.open();
    await setting.bench.ended(await setting.bench.submit({ batch: 2 }));
    writeFileSync(join(setting.outputs, 'mine.png'), 'mine');
    const linkTo = async (url: string) => {
      const link = new ServerLink('box', { url, headers: {}, tls: {} }, createLog('silent'));
      await new Promise<void>(resolve => {
        const nothing = () => undefined;
        link.start({
          ready: resolve,
          stateChanged: nothing,
          inventoryChanged: nothing,
          message: nothing,
        });
      });
      const left = await link.outputsLeft();
      await link.close();
      return left;
    };
    const left = await linkTo(setting.meddler.url);
    expect(left).toMatchObject({ folder: setting.outputs, count: 2 });
    expect(left?.bytes).toBeGreaterThan(100);
    setting.meddler.rules.push(async call =>
      call.path === '/system_stats'
        ? changed(call, stats => ({
            ...stats,
            system: { ...(stats['system'] as object), argv: ['main.py'] },
          }))
        : null,
    );
    expect(await linkTo(setting.meddler.url)).toBeNull();
    expect(existsSync(setting.outputs)).toBe(true);
  });
});
