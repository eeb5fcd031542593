import { expect, it } from 'vitest';
import { accessOf } from '../../../src/worker/comfyui/address.ts';

function access(url: string, headers: Record<string, string> = {}) {
  return accessOf({ url, headers, tls: {} });
}

it.each([
  ['http://127.0.0.1:8188', 'http://127.0.0.1:8188'],
  ['http://box:8188/', 'http://box:8188'],
  ['https://pod.example/comfy/ui//', 'https://pod.example/comfy/ui'],
  ['https://[::1]:8188/x#top', 'https://[::1]:8188/x'],
  ['https://ann:secret@pod.example/comfy', 'https://pod.example/comfy'],
])('%s is asked and shown as %s', (url, base) => {
  expect(access(url).base).toBe(base);
});

it('credentials in the address become a header, unless one is set', () => {
  const { headers } = access('https://ann:p%C3%A4ss@pod.example', { 'x-key': '1' });
  expect(headers).toEqual({
    'x-key': '1',
    authorization: `Basic ${Buffer.from('ann:päss').toString('base64')}`,
  });
  const set = { Authorization: 'Bearer token' };
  expect(access('https://ann:secret@pod.example', set).headers).toEqual(set);
});
