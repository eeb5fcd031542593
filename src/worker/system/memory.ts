import { readFile } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';

export interface Memory {
  totalBytes: number;
  availableBytes: number;
}

function field(meminfo: string, name: string): number | null {
  const match = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(meminfo);
  return match ? Number(match[1]) * 1024 : null;
}

/** Memory as Linux tells it in `/proc/meminfo`; null when the text lacks `MemTotal` or `MemAvailable`. */
export function parseMeminfo(meminfo: string): Memory | null {
  const totalBytes = field(meminfo, 'MemTotal');
  const availableBytes = field(meminfo, 'MemAvailable');
  return totalBytes === null || availableBytes === null ? null : { totalBytes, availableBytes };
}

/** Memory of this machine. Linux counts the page cache as available, which `os.freemem` elsewhere may not. */
export async function readMemory(path = '/proc/meminfo'): Promise<Memory> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return parseMeminfo(text) ?? { totalBytes: totalmem(), availableBytes: freemem() };
}
