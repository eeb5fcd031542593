import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

/** State of a listening socket in `/proc/net/tcp`. */
const LISTEN = '0A';

/** Socket inodes that listen on a port, from the text of `/proc/net/tcp` or `tcp6`. */
export function listeningInodes(table: string, port: number): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return table
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(/\s+/))
    .filter(cells => cells[1]?.endsWith(`:${wanted}`) === true && cells[3] === LISTEN)
    .flatMap(cells => (cells[9] === undefined ? [] : [cells[9]]));
}

async function holds(proc: string, pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  // Other users' processes must not be looked into.
  const files = await readdir(`${proc}/${pid}/fd`).catch(() => []);
  for (const file of files) {
    const target = await readlink(`${proc}/${pid}/fd/${file}`).catch(() => '');
    if (sockets.has(target)) return true;
  }
  return false;
}

/** The process of this user that listens on a port of this machine; null where there is none or the system is not Linux. */
export async function processOnPort(port: number, proc = '/proc'): Promise<number | null> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map(name => readFile(`${proc}/net/${name}`, 'utf8').catch(() => '')),
  );
  const inodes = tables.flatMap(table => listeningInodes(table, port));
  if (inodes.length === 0) return null;
  const sockets = new Set(inodes.map(inode => `socket:[${inode}]`));
  const pids = (await readdir(proc).catch(() => [])).filter(name => /^\d+$/.test(name));
  for (const pid of pids) if (await holds(proc, pid, sockets)) return Number(pid);
  return null;
}

/**
 * Whether a process was started with the arguments that a server tells of: what listens on its port may be a tunnel or a proxy.
 * @param argv of the server, its script first
 */
export async function isStartedWith(
  pid: number,
  argv: readonly string[],
  proc = '/proc',
): Promise<boolean> {
  const [script, ...flags] = argv;
  if (script === undefined) return false;
  const line = await readFile(`${proc}/${pid}/cmdline`, 'utf8').catch(() => '');
  const started = line.split('\0').slice(0, -1);
  const before = started.slice(0, started.length - flags.length);
  return (
    before.some(argument => basename(argument) === basename(script)) &&
    isDeepStrictEqual(started.slice(before.length), flags)
  );
}

/** Resident memory of a process. */
export interface ProcessMemory {
  residentBytes: number;
  /** The most since it began; null where Linux does not tell. */
  peakBytes: number | null;
}

/** Reads `VmRSS` and `VmHWM` of `/proc/PID/status`. @returns null when there is no such process or it tells nothing */
export async function processMemory(pid: number, proc = '/proc'): Promise<ProcessMemory | null> {
  const status = await readFile(`${proc}/${pid}/status`, 'utf8').catch(() => '');
  const bytesOf = (name: string): number | null => {
    const match = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status);
    return match === null ? null : Number(match[1]) * 1024;
  };
  const residentBytes = bytesOf('VmRSS');
  return residentBytes === null ? null : { residentBytes, peakBytes: bytesOf('VmHWM') };
}
