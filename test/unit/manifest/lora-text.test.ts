import { expect, test } from 'vitest';
import { parseLora } from '../../../src/project/lora-text.ts';

test.each([
  ['pixel', { name: 'pixel', strength: 1 }],
  ['pixel:0.8', { name: 'pixel', strength: 0.8 }],
  [' pixel : .5 ', { name: 'pixel', strength: 0.5 }],
  ['styles/pixel.safetensors:-1', { name: 'styles/pixel.safetensors', strength: -1 }],
  ['pixel:0.8:0.4', { name: 'pixel', strength: 0.8, clipStrength: 0.4 }],
])('%j is a LoRA', (text, lora) => {
  expect(parseLora(text)).toEqual(lora);
});

test.each(['', ':1', 'a:', 'a:x', 'a:1:2:3', 'a:0.8.1', 'a:1e9', 'a:11', '../a:1', '/a', 'a:NaN'])(
  '%j is none',
  text => {
    expect(() => parseLora(text)).toThrow(expect.objectContaining({ code: 'invalid-params' }));
  },
);
