import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createImage } from '../../../src/pixels/image.ts';
import { encodePng } from '../../../src/pixels/png/encode.ts';
import { ComfyApi } from '../../../src/worker/comfyui/api.ts';
import { ComfyHttp } from '../../../src/worker/comfyui/http.ts';
import { nodeZlib } from '../../../src/worker/images/node-zlib.ts';
import { engineIn } from '../builtin-engine-client.ts';
import { jsonReply, Meddler, type Rule } from './meddler.ts';
import { Setting } from './setting.ts';

function picture(): Uint8Array {
  const image = createImage(64, 64);
  image.data.set(randomBytes(image.data.length));
  for (let i = 3; i < image.data.length; i += 4) image.data[i] = 255;
  return encodePng(image, nodeZlib);
}

async function withApi(
  rules: Rule[],
  act: (api: ComfyApi, meddler: Meddler, folder: string) => Promise<void>,
): Promise<void> {
  const engine = await engineIn();
  const meddler = await Meddler.before(engine.engine.url);
  meddler.rules.push(...rules);
  const http = new ComfyHttp({ url: meddler.url, headers: {}, tls: {} });
  try {
    const api = new ComfyApi(http);
    await api.discover();
    await act(api, meddler, engine.folder);
  } finally {
    await http.close();
    await meddler[Symbol.asyncDispose]();
    await engine.stop();
  }
}

const HUNDRED_MB = 100 * 1024 * 1024;
const isUpload = ({ path }: { path: string }): boolean => path === '/upload/image';

describe('an upload', () => {
  it('keeps a name in any script, and the file is found under the name that came back', async () => {
    await withApi([], async (api, _, folder) => {
      const name = 'ナイト "剣" ñ%20.png';
      const stored = await api.uploadImage(name, picture(), 'image/png');
      expect(stored).toMatch(/^dgx-pixels\/ナイト/);
      expect(readdirSync(join(folder, 'input', 'dgx-pixels'))).toEqual([stored.slice(11)]);
      const [, filename = ''] = stored.split('/');
      const bytes = await api.view({ filename, subfolder: 'dgx-pixels', type: 'input' });
      expect(bytes?.subarray(1, 4).toString()).toBe('PNG');
    });
  });

  it('of 100 MB is refused before anything is sent, with what to do', async () => {
    await withApi([], async (api, meddler) => {
      await expect(
        api.uploadImage('big.png', new Uint8Array(HUNDRED_MB), 'image/png'),
      ).rejects.toMatchObject({
        code: 'too-large',
        message: expect.stringMatching(
          /100\.0 MB.*at most 100\.0 MB.*--max-upload-size/,
        ) as unknown,
      });
      expect(meddler.count('POST /upload')).toBe(0);
    });
  });

  it('of 100 MB arrives whole where the server takes more', async () => {
    let arrived = 0;
    const larger: Rule = async ({ path }) =>
      path === '/features' ? jsonReply({ max_upload_size: 4 * HUNDRED_MB }) : null;
    const swallow: Rule = async call => {
      if (!isUpload(call)) return null;
      arrived = call.body.byteLength;
      return jsonReply({ name: 'big.png', subfolder: 'dgx-pixels', type: 'input' });
    };
    await withApi([larger, swallow], async api => {
      const name = await api.uploadImage('big.png', new Uint8Array(HUNDRED_MB), 'image/png');
      expect(name).toBe('dgx-pixels/big.png');
      expect(arrived).toBeGreaterThan(HUNDRED_MB);
    });
  });

  it.each([
    [413, '', 'too-large', /--max-upload-size/],
    [500, '500 Internal Server Error', 'engine-rejected', /disk .*full/],
    [400, '', 'engine-rejected', /could not store/],
    [401, '<html>', 'engine-unavailable', /credentials/],
    [502, '<html>', 'engine-unavailable', /cannot reach it/],
    [200, '<html>', 'engine-unavailable', /not a ComfyUI/],
    [200, '{}', 'engine-unavailable', /not a ComfyUI/],
  ])('that is answered %i %s says what to do', async (status, body, code, message) => {
    const answer: Rule = async call => (isUpload(call) ? { status, body } : null);
    await withApi([answer], async api => {
      await expect(api.uploadImage('a.png', picture(), 'image/png')).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message) as unknown,
      });
    });
  });
});

describe('a run that starts from a picture', () => {
  it('uploads it once for several runs, and draws from it', async () => {
    await using setting = await Setting.open();
    const { bench, meddler } = setting;
    const digest = await bench.client.putArtifact(picture());
    const init = { image: digest, denoise: 0.4 };
    const job = await bench.submit({ workflow: 'image-to-image-sdxl', init }, 3);
    expect((await bench.ended(job)).runs.done).toBe(3);
    expect(meddler.count('POST /upload/image')).toBe(1);
  });

  it('fails with a reason, and does not try for ever, when its upload always breaks off', async () => {
    await using setting = await Setting.open({}, ({ rules }) => {
      rules.push(async call => (isUpload(call) ? { status: 0, body: null } : null));
    });
    const { bench, meddler } = setting;
    const digest = await bench.client.putArtifact(picture());
    const init = { image: digest, denoise: 0.4 };
    const job = await bench.submit({ workflow: 'image-to-image-sdxl', init });
    expect(await bench.ended(job)).toMatchObject({
      state: 'failed',
      error: {
        code: 'engine-rejected',
        message: expect.stringMatching(/uploaded in 3 attempts/) as unknown,
      },
    });
    expect(meddler.count('POST /prompt')).toBe(0);
  });

  it('is done when its upload breaks off once', async () => {
    let broken = 0;
    await using setting = await Setting.open({}, ({ rules }) => {
      rules.push(async call =>
        isUpload(call) && broken++ === 0 ? { status: 0, body: null } : null,
      );
    });
    const { bench } = setting;
    const digest = await bench.client.putArtifact(picture());
    const init = { image: digest, denoise: 0.4 };
    const job = await bench.submit({ workflow: 'image-to-image-sdxl', init });
    expect((await bench.ended(job)).state).toBe('done');
    expect((await bench.run(job)).attempt).toBe(1);
  });
});
