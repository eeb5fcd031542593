import { describe, expect, it } from 'vitest';
import { until } from '../../helpers/processes.ts';
import { Setting } from './setting.ts';

const STRANGER = '00000000-0000-4000-8000-000000000000';

function frame(type: string, data: object): string {
  return JSON.stringify({ type, data });
}

/** A preview in the old form, which does not say whose it is. */
function legacyPreview(): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(1, 0);
  head.writeUInt32BE(1, 4);
  return Buffer.concat([head, Buffer.from([0xff, 0xd8, 0xff])]);
}

describe('frames that are not of our run', () => {
  it('of other prompts, without a prompt and in the old form change nothing, and the run is done', async () => {
    await using setting = await Setting.open({ stepMs: 30 });
    const { bench, meddler } = setting;
    const previews: Uint8Array[] = [];
    bench.client.onEvent(event => {
      if (event.type === 'run.preview') previews.push(event.image ?? new Uint8Array());
    });
    await bench.client.subscribe();
    const job = await bench.submit({ steps: 30 });
    await bench.untilRunning(job);
    for (const data of [{ prompt_id: STRANGER }, {}]) {
      meddler.send(frame('execution_error', { ...data, exception_type: 'E', node_type: 'X' }));
      meddler.send(frame('execution_interrupted', data));
      meddler.send(frame('progress', { ...data, value: 1, max: 2, node: '3' }));
      meddler.send(frame('executing', { ...data, node: null }));
      meddler.send(frame('executing', { ...data, node: '3' }));
    }
    meddler.send(legacyPreview());
    expect((await bench.ended(job)).state).toBe('done');
    expect(previews.length).toBeGreaterThan(0);
    expect(previews.every(image => image[0] !== 0xff)).toBe(true);
    expect(setting.drawn()).toHaveLength(1);
  });

  it('that say a branch is blocked do not fail a run that goes on', async () => {
    await using setting = await Setting.open({ stepMs: 30 });
    const job = await setting.bench.submit({ steps: 20 });
    await setting.bench.untilRunning(job);
    const { promptId } = await setting.bench.run(job);
    setting.meddler.send(
      frame('execution_error', {
        prompt_id: promptId,
        exception_type: 'ExecutionBlocked',
        exception_message: 'blocked',
      }),
    );
    expect((await setting.bench.ended(job)).state).toBe('done');
  });
});

describe('frames that are none', () => {
  it('cut short, of random bytes, of wrong types or endless do no harm', async () => {
    await using setting = await Setting.open({ stepMs: 30 });
    const { bench, meddler } = setting;
    const job = await bench.submit({ steps: 40 });
    await bench.untilRunning(job);
    const { promptId } = await bench.run(job);
    const rubbish = [
      '',
      '{',
      '[]',
      '"text"',
      '{"type":"progress","data":null}',
      frame('progress', { prompt_id: promptId, value: 'much', max: [1], node: 7 }),
      frame('progress', { prompt_id: promptId, value: -1, max: 1e308, node: 'nope' }),
      frame('executed', { prompt_id: promptId, node: '9', output: { images: [null, 3, {}] } }),
      frame('executed', { prompt_id: promptId, node: '9', output: null }),
      frame('execution_cached', { prompt_id: promptId, nodes: 'x' }),
      `{"type":"progress","data":{"prompt_id":"${promptId}","value":NaN,"max":Infinity,"node":"3"}}`,
      '['.repeat(100_000),
    ];
    for (const text of rubbish) meddler.send(text);
    for (let size = 0; size < 40; size++) {
      meddler.send(Buffer.from(Array.from({ length: size }, (_, i) => (i * 37 + size) & 255)));
    }
    const head = Buffer.alloc(8);
    head.writeUInt32BE(4, 0);
    head.writeUInt32BE(0xffff_ffff, 4);
    meddler.send(head);
    meddler.send(Buffer.alloc(20 * 1024 * 1024, 1));
    expect((await bench.ended(job)).state).toBe('done');
    expect(setting.drawn()).toHaveLength(1);
  });

  it('torn in the WebSocket itself cost the connection, not the run', async () => {
    await using setting = await Setting.open({ stepMs: 40 });
    const { bench, meddler } = setting;
    const job = await bench.submit({ steps: 40 });
    await bench.untilRunning(job);
    // Reserved bits are set: no WebSocket may send this.
    meddler.sendRaw(Buffer.from([0xf1, 0x05, 1, 2, 3]));
    await until('the socket is opened again', () => meddler.clientIds.length === 2);
    expect((await bench.ended(job)).state).toBe('done');
    expect(setting.drawn()).toHaveLength(1);
  });

  it('larger than anything true cost the connection, not the run', async () => {
    await using setting = await Setting.open({ stepMs: 60 });
    const { bench, meddler } = setting;
    const job = await bench.submit({ steps: 40 });
    await bench.untilRunning(job);
    meddler.send(Buffer.alloc(65 * 1024 * 1024));
    await until('the socket is opened again', () => meddler.clientIds.length === 2);
    expect((await bench.ended(job)).state).toBe('done');
    expect(setting.drawn()).toHaveLength(1);
  });
});
