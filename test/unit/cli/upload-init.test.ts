import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uploadInit } from '../../../src/cli/job/upload-init.ts';
import { FakeWorker } from './fake-worker.ts';

describe('the image that a drawing starts from', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dgxp-'));
    writeFileSync(join(folder, 'empty.png'), '');
    writeFileSync(join(folder, 'full.png'), 'bytes');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('is sent as it is', async () => {
    const worker = new FakeWorker();
    expect(await uploadInit(worker, 'full.png', folder)).toBe('f'.repeat(64));
    expect(await uploadInit(worker, undefined, folder)).toBeNull();
    expect(worker.uploads.map(each => Buffer.from(each).toString())).toEqual(['bytes']);
  });

  it.each([
    ['empty.png', /^empty\.png is empty; name an image/],
    ['absent.png', /Cannot read .*absent\.png: no such file/],
  ])('is not sent when there is nothing in it: %s', async (path, message) => {
    const worker = new FakeWorker();
    await expect(uploadInit(worker, path, folder)).rejects.toThrow(message);
    expect(worker.uploads).toEqual([]);
  });
});
