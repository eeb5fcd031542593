import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemReportSchema } from '../../src/protocol/system.ts';
import { readGpus } from '../../src/worker/system/nvidia-smi.ts';
import { systemReport } from '../../src/worker/system/report.ts';
import { installUnit, verifyUnit } from '../../src/worker/system/systemd.ts';

const memory = { totalBytes: 1000, availableBytes: 400 };
const hasSystemd = existsSync('/usr/bin/systemd-analyze');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dgx-pixels-system-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function program(script: string): string {
  const path = join(folder, 'nvidia-smi');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('the system report matches its schema for a data folder that does not exist yet', async () => {
  const report = await systemReport(join(folder, 'not', 'yet'));
  expect(systemReportSchema.parse(report)).toEqual(report);
  expect(report.disk.path).toBe(join(folder, 'not', 'yet'));
  expect(report.disk.freeBytes).toBeLessThanOrEqual(report.disk.totalBytes);
  expect(report.memory.availableBytes).toBeLessThanOrEqual(report.memory.totalBytes);
});

test('a machine without nvidia-smi has no GPUs', async () => {
  expect(await readGpus(memory, join(folder, 'absent'))).toEqual([]);
});

test.skipIf(process.platform === 'win32')(
  'GPUs come from nvidia-smi, which is asked for bare numbers',
  async () => {
    const command = program(
      `echo "$@" > "${folder}/asked"; echo "580.1, [N/A], [N/A], 50, 40, 9.5, NVIDIA GB10"`,
    );
    expect(await readGpus(memory, command)).toMatchObject([
      { name: 'NVIDIA GB10', memoryTotalBytes: 1000, memoryUsedBytes: 600, utilization: 0.5 },
    ]);
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toContain('--format=csv,noheader,nounits');
  },
);

test.skipIf(process.platform === 'win32')(
  'a failing nvidia-smi means no GPUs, whatever it printed',
  async () => {
    const command = program('echo "580.1, 1, 1, 50, 40, 9.5, NVIDIA Half"; exit 9');
    expect(await readGpus(memory, command)).toEqual([]);
  },
);

test.skipIf(process.platform === 'win32')(
  'a hanging nvidia-smi is given up, even when it holds its output open',
  async () => {
    expect(await readGpus(memory, program('sleep 5'))).toEqual([]);
  },
);

test.skipIf(process.platform === 'win32')(
  'the unit is written where asked and stands the check of systemd, where that is installed',
  async () => {
    const path = join(folder, 'config', 'systemd', 'dgx-pixels.service');
    const written = await installUnit(
      {
        node: process.execPath,
        worker: join(folder, 'wor ker $x %h.cjs'),
        arguments: ['--config', 'worker.yaml', '--quiet'],
        path,
      },
      { DGX_PIXELS_DATA: folder, HOME: '/elsewhere' },
    );
    expect(written).toBe(path);
    const unit = readFileSync(path, 'utf8');
    expect(unit).toContain(`"--config" "${join(process.cwd(), 'worker.yaml')}" "--quiet"`);
    expect(unit).toContain(`Environment="DGX_PIXELS_DATA=${folder}"`);
    expect(unit).not.toContain('HOME');
    const check = await verifyUnit(path);
    expect(check).toMatchObject({ outcome: hasSystemd ? 'passed' : 'unavailable' });
  },
);

test.skipIf(!hasSystemd)('a unit that systemd does not accept is told of', async () => {
  const request = { node: '/no/such/node', worker: '/worker.cjs', arguments: [] };
  const path = join(folder, 'dgx-pixels.service');
  await expect(installUnit({ ...request, path }, {})).rejects.toThrow('/no/such/node');
  expect(existsSync(path)).toBe(true);
});

test.skipIf(!hasSystemd)('the check names what is wrong with a unit', async () => {
  const path = join(folder, 'broken.service');
  writeFileSync(path, '[Service]\nExecStart=/bin/true\nKillMode=gently\n');
  const check = await verifyUnit(path);
  expect(check.outcome).toBe('failed');
  expect(check.output).toContain('gently');
});

test('a machine without systemd leaves the unit unchecked', async () => {
  const check = await verifyUnit(join(folder, 'x.service'), join(folder, 'absent'));
  expect(check.outcome).toBe('unavailable');
});
