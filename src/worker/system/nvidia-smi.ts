import { execFile } from 'node:child_process';
import type { Gpu } from '../../protocol/system.ts';
import type { Memory } from './memory.ts';

/** What is asked, in this order. The name comes last: a comma in it then does no harm. */
const QUERY = [
  'driver_version',
  'memory.total',
  'memory.used',
  'utilization.gpu',
  'temperature.gpu',
  'power.draw',
  'name',
] as const;

const MIB = 1024 * 1024;
const TIMEOUT_MS = 2000;

/** How drivers say that a value does not exist on this device, other than that it could not be read. */
const ABSENT = /^\[?(?:n\/a|not supported)\]?$/i;

function numberOf(cell: string): number | null {
  return /^-?\d+(?:\.\d+)?$/.test(cell) ? Number(cell) : null;
}

function bytesOf(cell: string): number | null {
  const mebibytes = numberOf(cell);
  return mebibytes === null ? null : mebibytes * MIB;
}

function parseLine(line: string, system: Memory): Gpu | null {
  const cells = line.split(',').map(cell => cell.trim());
  const [driver = '', total = '', used = '', utilization = '', temperature = '', power = ''] =
    cells;
  const name = cells.slice(QUERY.length - 1).join(', ');
  if (name === '') return null;
  const percent = numberOf(utilization);
  // Unified memory (DGX-Spark's GB10) has no total of its own: the GPU takes the system's memory.
  const unified = ABSENT.test(total);
  return {
    name,
    driver: /^\d+(\.\d+)*$/.test(driver) ? driver : null,
    memoryTotalBytes: unified ? system.totalBytes : bytesOf(total),
    memoryUsedBytes: unified ? system.totalBytes - system.availableBytes : bytesOf(used),
    memorySource: unified ? 'system' : 'nvml',
    utilization: percent === null ? null : percent / 100,
    temperatureC: numberOf(temperature),
    powerW: numberOf(power),
  };
}

/**
 * Reads `nvidia-smi --query-gpu=… --format=csv,noheader,nounits`. Lines that are no GPU (driver messages) are left out, and
 * values that the driver does not tell are null.
 * @param system the machine's memory, which stands for the GPU's where that is unified
 */
export function parseNvidiaSmi(output: string, system: Memory): Gpu[] {
  return output
    .split('\n')
    .map(line => parseLine(line, system))
    .filter(gpu => gpu !== null);
}

/** Output of `nvidia-smi` with these arguments; empty where it is absent, fails or takes longer than two seconds. */
async function ask(command: string, arguments_: readonly string[]): Promise<string> {
  return new Promise<string>(resolve => {
    const child = execFile(command, arguments_, { windowsHide: true }, (error, stdout) => {
      clearTimeout(deadline);
      resolve(error === null ? stdout : '');
    });
    // A process stuck in a hung driver does not even die when killed: nobody waits for it.
    const deadline = setTimeout(() => {
      child.kill('SIGKILL');
      child.stdout?.destroy();
      child.stderr?.destroy();
      child.unref();
      resolve('');
    }, TIMEOUT_MS);
  });
}

/**
 * GPUs of this machine; none where `nvidia-smi` is absent, fails or takes longer than two seconds.
 * @param command tests pass a program of their own
 */
export async function readGpus(system: Memory, command = 'nvidia-smi'): Promise<Gpu[]> {
  const fields = [`--query-gpu=${QUERY.join(',')}`, '--format=csv,noheader,nounits'];
  return parseNvidiaSmi(await ask(command, fields), system);
}

/** GPU memory that a process holds; null where the driver does not tell, as inside containers. */
export async function gpuMemoryOf(pid: number, command = 'nvidia-smi'): Promise<number | null> {
  const fields = ['--query-compute-apps=pid,used_memory', '--format=csv,noheader,nounits'];
  const lines = (await ask(command, fields))
    .split('\n')
    .map(line => line.split(',').map(cell => cell.trim()));
  const held = lines.flatMap(([id, used]) =>
    id === String(pid) ? (bytesOf(used ?? '') ?? []) : [],
  );
  return held.length === 0 ? null : held.reduce((sum, bytes) => sum + bytes, 0);
}
