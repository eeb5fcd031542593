import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gpuMemoryOf } from '../../../src/worker/system/nvidia-smi.ts';
import { Folder } from '../../helpers/processes.ts';

/** A program that prints what `nvidia-smi --query-compute-apps` would. */
function fakeSmi(folder: string, lines: string, exit = 0): string {
  const path = join(folder, 'nvidia-smi');
  writeFileSync(path, `#!/bin/sh\ncat <<'END'\n${lines}\nEND\nexit ${exit}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe.runIf(process.platform !== 'win32')('GPU memory of a process', () => {
  it('is the sum of what it holds on every GPU', async () => {
    using folder = new Folder();
    const command = fakeSmi(folder.path, '4711, 7000\n12, 500\n4711, 24');
    expect(await gpuMemoryOf(4711, command)).toBe(7024 * 2 ** 20);
    expect(await gpuMemoryOf(47, command)).toBeNull();
  });

  it.each(['', 'No running processes found', '4711, [N/A]', '4711'])(
    'is unknown where the driver says %j',
    async lines => {
      using folder = new Folder();
      expect(await gpuMemoryOf(4711, fakeSmi(folder.path, lines))).toBeNull();
    },
  );

  it('is unknown where the tool is absent or fails', async () => {
    using folder = new Folder();
    expect(await gpuMemoryOf(4711, join(folder.path, 'absent'))).toBeNull();
    expect(await gpuMemoryOf(4711, fakeSmi(folder.path, '4711, 7000', 9))).toBeNull();
  });
});
