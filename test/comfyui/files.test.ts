import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuid7 } from '../../src/client/uuid7.ts';
import type { RecipeInput } from '../../src/protocol/recipe.ts';
import { until } from '../helpers/processes.ts';
import { ensureModels, RealComfyui } from './server.ts';
import { comfyui, describeOwnComfyui, Studio, TINY15 } from './studio.ts';

/** The LoRA whose file the tests replace. */
const LORA = 'style.safetensors';
const PACK = 'dgx-pixels-test-pack';

/** A node that gives what a model gives that fails numerically, without a model. */
const PACK_CODE = `
import torch

class NotANumber:
    CATEGORY = "test"
    RETURN_TYPES = ("IMAGE",)
    FUNCTION = "make"

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"text": ("STRING", {"default": ""})}}

    def make(self, text):
        return (torch.full((1, 64, 64, 3), float(text)),)

NODE_CLASS_MAPPINGS = {"DgxPixelsTestFill": NotANumber}
`;

const FILL = {
  '1': {
    class_type: 'DgxPixelsTestFill',
    inputs: { text: '' },
    _meta: { title: '@positive' },
  },
  '2': { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'x' } },
};

/** A copy of a safetensors file in which every second half-precision value is NaN. */
function withNaN(bytes: Buffer): Buffer {
  const spoilt = Buffer.from(bytes);
  for (let at = 8 + Number(bytes.readBigUInt64LE(0)); at + 2 <= spoilt.length; at += 4) {
    spoilt.writeUInt16LE(0x7e00, at);
  }
  return spoilt;
}

const sha256 = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex');

describeOwnComfyui('files of a real ComfyUI')('files of a real ComfyUI', () => {
  let server: RealComfyui;
  let studio: Studio;
  let shared: string;

  const lora = () => join(server.folder, 'models', 'loras', LORA);
  const shipped = (name: string) => join(shared, 'loras', `${name}.safetensors`);

  function replaceLora(source: string): void {
    copyFileSync(source, `${lora()}.part`);
    renameSync(`${lora()}.part`, lora());
  }

  beforeAll(async () => {
    shared = ensureModels();
    server = await RealComfyui.start(comfyui().directory ?? '', folder => {
      for (const kind of ['checkpoints', 'loras', 'vae']) {
        mkdirSync(join(folder, 'models', kind), { recursive: true });
      }
      const from = (path: string) => {
        symlinkSync(join(shared, path), join(folder, 'models', path));
      };
      from('checkpoints/tiny15.safetensors');
      copyFileSync(shipped('tiny-sd15-a'), join(folder, 'models', 'loras', LORA));
      const vae = readFileSync(join(shared, 'vae', 'tiny-vae.safetensors'));
      writeFileSync(join(folder, 'models', 'vae', 'nan-vae.safetensors'), withNaN(vae));
      mkdirSync(join(folder, 'custom_nodes', PACK));
      writeFileSync(join(folder, 'custom_nodes', PACK, '__init__.py'), PACK_CODE);
    });
    studio = await Studio.open(server.url);
  });

  afterAll(async () => {
    await studio[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const styled: Partial<RecipeInput> = { ...TINY15, loras: [{ name: LORA }] };

  async function untilRead(): Promise<void> {
    await until('its files are read', async () => {
      const { checkpoints, loras } = await studio.client.request('models.list', {});
      return [...checkpoints, ...loras].every(({ sha256: hash }) => hash !== null);
    });
  }

  async function stampOf(digest = '') {
    return (await studio.client.request('artifacts.recipe', { digest })).engine;
  }

  it('are recorded by their hashes, with the version of ComfyUI and its node packs', async () => {
    await untilRead();
    const { run } = await studio.draw(styled);
    const stamp = await stampOf(run.images[0]?.raw);
    expect(stamp).toMatchObject({
      engine: 'comfyui',
      models: [
        {
          kind: 'checkpoint',
          name: TINY15.checkpoint,
          sha256: sha256(join(shared, 'checkpoints', TINY15.checkpoint)),
        },
        { kind: 'lora', name: LORA, sha256: sha256(lora()) },
      ],
      packs: [PACK],
    });
    expect(comfyui().versions).toContain(stamp?.version ?? 'none');
  });

  describe('that are replaced between submission and hand-over', () => {
    it.each([
      ['a LoRA of another family', 'tiny-sdxl-b', 'invalid-params', /is for SDXL/],
      ['one of another family by its header only', 'sd15-in-name-only', 'invalid-params', /is for/],
      ['a LoRA with NaN', 'tiny-sd15-nan', 'invalid-params', /infinite values or NaN/],
      ['another good LoRA', 'tiny-sd15-b', 'conflict', /was replaced/],
    ])('are not drawn with: %s', async (_, source, code, message) => {
      replaceLora(shipped('tiny-sd15-a'));
      await sleep(50);
      expect((await studio.draw(styled)).pictures).toHaveLength(1);
      await studio.client.request('lanes.pause', { lane: 'interactive' });
      const id = await studio.submit({ ...styled, seed: 99 });
      await sleep(50);
      replaceLora(shipped(source));
      await studio.client.request('lanes.resume', { lane: 'interactive' });
      const job = await studio.ended(id);
      expect(job).toMatchObject({ state: 'failed', error: { code } });
      expect(job.error?.message).toMatch(message);
    });
  });

  it('that are replaced between jobs are drawn with, although the engine has the old ones in its cache', async () => {
    replaceLora(shipped('tiny-sd15-a'));
    await sleep(50);
    const first = await studio.draw({ ...styled, seed: 50 });
    const again = await studio.draw({ ...styled, seed: 50 });
    expect(again.pictures).toEqual(first.pictures);
    replaceLora(shipped('tiny-sd15-b'));
    await sleep(50);
    const second = await studio.draw({ ...styled, seed: 50 });
    expect(second.pictures).not.toEqual(first.pictures);
    const { models } = (await stampOf(second.run.images[0]?.raw)) ?? { models: [] };
    expect(models.at(-1)?.sha256).toBe(sha256(shipped('tiny-sd15-b')));
  });

  it('with NaN in the VAE give a warning before and, since the picture is black, an error after', async () => {
    await until('the VAE is read', async () => {
      const { vaes } = await studio.client.request('models.list', {});
      return vaes.find(({ name }) => name === 'nan-vae.safetensors')?.problem?.includes('NaN');
    });
    const id = await studio.submit({ ...TINY15, vae: 'nan-vae.safetensors' });
    const job = await studio.ended(id);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'blank-result' } });
    expect((await studio.run(id)).warnings.join()).toMatch(/nan-vae.*NaN/);
    expect((await studio.draw(TINY15)).pictures).toHaveLength(1);
  });

  it.each(['nan', '0'])('do not matter to a result that is all %s: it is caught', async value => {
    await studio.client.request('workflows.add', { name: 'fill', graph: FILL, replace: true });
    const fill = async (prompt: string) => {
      const id = uuid7();
      const { size, pixels } = TINY15;
      const recipe = { prompt, workflow: 'fill', size, pixels };
      await studio.client.request('jobs.submit', {
        id,
        spec: { kind: 'generate', items: [{ recipe }] },
      });
      return studio.ended(id);
    };
    expect(await fill(value)).toMatchObject({ state: 'failed', error: { code: 'blank-result' } });
    expect((await fill('0.5')).state).toBe('done');
  });
});
