import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFacts } from '../../../src/worker/models/facts.ts';
import { scanFile } from '../../../src/worker/models/safetensors/scan.ts';
import { kohyaLora, modelFile, rawFile } from './model-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'dgxp-models-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

let files = 0;
function saved(bytes: Uint8Array): string {
  const path = join(folder, `${files++}.safetensors`);
  writeFileSync(path, bytes);
  return path;
}

function problemOf(bytes: Uint8Array): string | undefined {
  return readFacts(saved(bytes), 'lora').problem?.kind;
}

const scan = (bytes: Uint8Array) => scanFile(saved(bytes), () => Promise.resolve());

describe('the header of a safetensors file', () => {
  const good = kohyaLora(768);

  it('of a whole file has no problem', () => {
    expect(problemOf(good)).toBeUndefined();
  });

  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(), 'truncated'],
    ['four bytes', new Uint8Array(4), 'not-safetensors'],
    ['a web page saved under the name', Buffer.from('<!DOCTYPE html><html>'), 'not-safetensors'],
    [
      'a Git LFS pointer',
      Buffer.from('version https://git-lfs.github.com/spec/v1'),
      'not-safetensors',
    ],
    [
      'a header of 100 GB',
      Buffer.concat([Buffer.from('00e8764817000000', 'hex'), good]),
      'not-safetensors',
    ],
    ['a file cut in its header', good.subarray(0, 60), 'truncated'],
    ['a file cut in its tensors', good.subarray(0, good.length - 1), 'truncated'],
    ['a header that is no JSON', rawFile('{"a": '), 'not-safetensors'],
    [
      'a header that is no UTF-8',
      Buffer.concat([Buffer.from('0200000000000000', 'hex'), Buffer.from([0xff, 0xfe])]),
      'not-safetensors',
    ],
    ['a header that is a list', rawFile([]), 'damaged'],
    ['an entry without offsets', rawFile({ a: { dtype: 'F16', shape: [1] } }), 'damaged'],
    ['an entry that is null', rawFile({ a: null }), 'damaged'],
    [
      'offsets that run backwards',
      rawFile({ a: { dtype: 'F16', shape: [0], data_offsets: [2, 0] } }),
      'damaged',
    ],
    [
      'a negative offset',
      rawFile({ a: { dtype: 'F16', shape: [1], data_offsets: [-2, 0] } }),
      'damaged',
    ],
    [
      'a negative edge',
      rawFile({ a: { dtype: 'F16', shape: [-1], data_offsets: [0, 2] } }),
      'damaged',
    ],
    [
      'a shape larger than its bytes',
      rawFile({ a: { dtype: 'F16', shape: [4], data_offsets: [0, 2] } }, new Uint8Array(2)),
      'damaged',
    ],
    [
      'tensors that overlap',
      rawFile(
        {
          a: { dtype: 'U8', shape: [4], data_offsets: [0, 4] },
          b: { dtype: 'U8', shape: [4], data_offsets: [2, 6] },
        },
        new Uint8Array(6),
      ),
      'damaged',
    ],
    [
      'an offset beyond all numbers',
      rawFile('{"a": {"dtype": "U8", "shape": [1e300], "data_offsets": [0, 1e300]}}'),
      'damaged',
    ],
  ])('names the fault of %s', (_, bytes, problem) => {
    expect(problemOf(bytes)).toBe(problem);
  });

  it('lets types pass that are newer than this program', () => {
    const header = { a: { dtype: 'F2_E1M0', shape: [8], data_offsets: [0, 2] } };
    expect(problemOf(rawFile(header, new Uint8Array(2)))).toBeUndefined();
  });

  it('lets gaps and bytes behind the last tensor pass', () => {
    const header = { a: { dtype: 'U8', shape: [1], data_offsets: [5, 6] } };
    expect(problemOf(rawFile(header, new Uint8Array(9)))).toBeUndefined();
  });

  it('of a folder or a missing file is a problem too', () => {
    expect(readFacts(folder, 'lora').problem?.kind).toBe('unreadable');
    expect(readFacts(join(folder, 'missing.safetensors'), 'lora').problem?.kind).toBe('unreadable');
  });

  it('is not fooled by names of the language', () => {
    const header =
      '{"__proto__": {"dtype": "U8", "shape": [1], "data_offsets": [0, 1]}, "constructor": {"dtype": "U8", "shape": [1], "data_offsets": [1, 2]}}';
    expect(problemOf(rawFile(header, new Uint8Array(2)))).toBeUndefined();
  });
});

describe('reading a file whole', () => {
  it('gives the SHA-256 of all its bytes, those between tensors included', async () => {
    const header = {
      a: { dtype: 'F16', shape: [3], data_offsets: [1, 7] },
      b: { dtype: 'F32', shape: [2], data_offsets: [8, 16] },
    };
    const bytes = rawFile(
      header,
      Uint8Array.from({ length: 20 }, (_, i) => i),
    );
    expect(await scan(bytes)).toEqual({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      nonFinite: { count: 0, first: [] },
      tensors: 2,
    });
  });

  it.each(['F16', 'BF16', 'F32', 'F64', 'F8_E4M3'])('finds NaN and infinity in %s', async dtype => {
    const result = await scan(
      modelFile({
        odd: ['F8_E4M3', [3], 1],
        fine: [dtype, [5], 1],
        nan: [dtype, [5], NaN],
        large: [dtype, [5], 100],
        infinite: [dtype, [5], -Infinity],
      }),
    );
    expect(result.nonFinite).toEqual({ count: 2, first: ['nan', 'infinite'] });
  });

  it('finds the one bad value at either end of a tensor longer than a piece', async () => {
    const values = 5 * 1024 * 1024;
    const bytes = modelFile({ before: ['F16', [1]], long: ['F16', [values]], after: ['F16', [3]] });
    const data = bytes.length - 2 * (values + 4);
    for (const place of [1, values]) {
      const bad = Buffer.from(bytes);
      bad.writeUInt16LE(0x7e00, data + 2 * place);
      expect((await scan(bad)).nonFinite).toEqual({ count: 1, first: ['long'] });
    }
    expect((await scan(bytes)).nonFinite.count).toBe(0);
  });

  it('counts all bad tensors and names the first five', async () => {
    const tensors = Array.from({ length: 9 }, (_, i) => [`t${i}`, ['F16', [2], NaN]] as const);
    const { nonFinite } = await scan(modelFile(Object.fromEntries(tensors)));
    expect(nonFinite).toEqual({ count: 9, first: ['t0', 't1', 't2', 't3', 't4'] });
  });

  it('takes no offence at whole numbers and at masks that are infinite by design', async () => {
    const bytes = modelFile({
      ids: ['U8', [4], 0x7f],
      'cond_stage_model.model.attn_mask': ['F32', [2, 2], -Infinity],
    });
    expect((await scan(bytes)).nonFinite.count).toBe(0);
  });

  it('does not give the hash of a file that changes meanwhile', async () => {
    const path = saved(modelFile({ a: ['F16', [4]] }));
    let changed = false;
    const reading = scanFile(path, () => {
      if (!changed) writeFileSync(path, modelFile({ a: ['F16', [4], 1], b: ['F16', [4], 1] }));
      changed = true;
      return Promise.resolve();
    });
    await expect(reading).rejects.toMatchObject({ code: 'unreadable' });
  });
});
