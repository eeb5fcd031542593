import { expect, test } from 'vitest';
import { nearNames, suggestNames } from '../../../src/project/near-names.ts';

const models = ['sdxl-base.safetensors', 'sd15.safetensors', 'pixel-art.safetensors', 'flux'];

test('a swapped, missing, added or wrong letter still finds the name', () => {
  for (const typo of ['fulx', 'flx', 'fluxx', 'flax', 'FLUX']) {
    expect(nearNames(typo, models)).toEqual(['flux']);
  }
});

test('a part of a name finds it', () => {
  expect(nearNames('pixel', models)).toEqual(['pixel-art.safetensors']);
});

test('something else finds nothing', () => {
  expect(nearNames('dreamshaper', models)).toEqual([]);
  expect(suggestNames('dreamshaper', models)).not.toContain('Did you mean');
});

test('proposals make a sentence', () => {
  expect(suggestNames('flx', models)).toBe(' Did you mean "flux"?');
  expect(suggestNames('size', ['sizes', 'sise', 'siz'])).toBe(
    ' Did you mean "sizes", "sise" or "siz"?',
  );
});
