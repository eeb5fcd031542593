import { expect, test } from 'vitest';
import { parseMeminfo } from '../../../src/worker/system/memory.ts';

test('Linux memory counts what can be had without swapping as available', () => {
  const meminfo = `MemTotal:       125604344 kB
MemFree:         3021228 kB
MemAvailable:   98231104 kB
Buffers:          412332 kB
SwapTotal:             0 kB
`;
  expect(parseMeminfo(meminfo)).toEqual({
    totalBytes: 125604344 * 1024,
    availableBytes: 98231104 * 1024,
  });
});

test.each(['', 'MemTotal: many kB\nMemAvailable: 1 kB\n', 'MemTotal:  5 kB\n'])(
  'memory that is not told in %j is unknown',
  text => {
    expect(parseMeminfo(text)).toBeNull();
  },
);
