import { describe, expect, it } from 'vitest';
import { rejectionOf } from '../../../src/worker/comfyui/rejection.ts';
import { until } from '../../helpers/processes.ts';
import { changed, type Rule } from './meddler.ts';
import { Setting } from './setting.ts';

const ODD_NAMES = ['../../etc/passwd.safetensors', 'дракон/剣 💎.safetensors', 'a\\b.safetensors'];

/** Adds names to the checkpoints and LoRAs that the server offers. */
function offering(names: readonly string[]): Rule {
  const add = (info: Record<string, unknown>, node: string, input: string): void => {
    const { required } = (info[node] as { input: { required: Record<string, unknown[]> } }).input;
    const [options] = required[input] as [string[]];
    options.push(...names);
  };
  return async call =>
    call.path === '/object_info'
      ? changed(call, info => {
          add(info, 'CheckpointLoaderSimple', 'ckpt_name');
          add(info, 'LoraLoader', 'lora_name');
          return info;
        })
      : null;
}

describe('a server with 10,000 models', () => {
  it('of every kind is listed, found and drawn with', async () => {
    const many = Array.from(
      { length: 10_000 },
      (_, i) => `collection-${i % 40}/some long name of a model ${i}.safetensors`,
    );
    await using setting = await Setting.open({}, ({ rules }) =>
      rules.push(offering([...many, ...ODD_NAMES])),
    );
    const { bench } = setting;
    await until('it is ready', async () => (await bench.server()).state === 'ready');
    const { checkpoints, loras } = await bench.client.request('models.list', {});
    for (const listed of [checkpoints, loras]) {
      const names = new Set(listed.map(({ name }) => name));
      expect(many.filter(name => !names.has(name))).toEqual([]);
    }
    expect((await bench.ended(await bench.submit())).state).toBe('done');
    await expect(
      bench.submit({ checkpoint: 'some long name of a modle 77.safetensors' }),
    ).rejects.toMatchObject({ code: 'unknown-model' });
  });

  it('whose names leave the folder or are in another script are refused or drawn with, never followed', async () => {
    await using setting = await Setting.open({}, ({ rules }) => rules.push(offering(ODD_NAMES)));
    const { bench, meddler } = setting;
    await until('it is ready', async () => (await bench.server()).state === 'ready');
    await expect(bench.submit({ checkpoint: ODD_NAMES[0] ?? '' })).rejects.toMatchObject({
      code: 'invalid-params',
    });
    // The built-in engine does not have it; a real one would. What counts is what is sent.
    const job = await bench.submit({ checkpoint: ODD_NAMES[1] ?? '' });
    expect(await bench.ended(job)).toMatchObject({
      state: 'failed',
      error: { code: 'engine-rejected', message: expect.stringContaining('剣 💎') as unknown },
    });
    expect(meddler.count('POST /prompt')).toBe(1);
  });
});

describe('a refusal of a graph of 4,000 nodes', () => {
  it('names the first fault, counts the others and stays short', () => {
    const ids = Array.from({ length: 4_000 }, (_, i) => String(i));
    const graph = Object.fromEntries(ids.map(id => [id, { class_type: 'KSampler', inputs: {} }]));
    const errors = [{ message: 'Value not in list', details: 'x'.repeat(5_000) }];
    const node_errors = Object.fromEntries(ids.map(id => [id, { errors }]));
    const error = rejectionOf({ error: {}, node_errors }, graph);
    expect(error.message).toMatch(/KSampler \(node 0\).*and 3999 more/);
    expect(JSON.stringify(error.toWire()).length).toBeLessThan(200_000);
    expect(error.message.length).toBeLessThan(1_000);
  });
});
