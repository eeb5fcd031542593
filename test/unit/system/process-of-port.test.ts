import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  isStartedWith,
  listeningInodes,
  processMemory,
  processOnPort,
} from '../../../src/worker/system/process-of-port.ts';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1FFC 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0000 100 0 0 10 0
   1: 0100007F:1FFC 0100007F:9C40 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1 0000 20 4 30 10 -1
   2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 99 1 0000 100 0 0 10 0
`;

describe('the process on a port', () => {
  it('is known by the socket that listens, not by those that talk', () => {
    expect(listeningInodes(TABLE, 8188)).toEqual(['4711']);
    expect(listeningInodes(TABLE, 22)).toEqual(['99']);
    expect(listeningInodes('', 22)).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('is found with its memory', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      const pid = await processOnPort(port);
      expect(pid).toBe(process.pid);
      const memory = await processMemory(process.pid);
      expect(memory?.residentBytes).toBeGreaterThan(10e6);
      expect(memory?.peakBytes).toBeGreaterThanOrEqual(memory?.residentBytes ?? Infinity);
    } finally {
      server.close();
    }
    await once(server, 'close');
    expect(await processOnPort(port)).toBeNull();
    expect(await processMemory(2 ** 22 + 1)).toBeNull();
  });

  it('is a server only if it was started as that server says', async () => {
    const proc = mkdtempSync(join(tmpdir(), 'dgxp-'));
    const line = (pid: number, ...words: string[]) => {
      mkdirSync(join(proc, String(pid)));
      writeFileSync(join(proc, String(pid), 'cmdline'), words.map(word => `${word}\0`).join(''));
    };
    line(1, '/venv/bin/python', '-s', '/opt/ComfyUI/main.py', '--cpu', '--port', '8188');
    line(2, 'ssh', '-N', '-L', '8188:localhost:8188', 'box');
    line(3, 'python', 'main.py');
    const argv = ['main.py', '--cpu', '--port', '8188'];
    expect(await isStartedWith(1, argv, proc)).toBe(true);
    expect(await isStartedWith(2, argv, proc)).toBe(false);
    expect(await isStartedWith(3, argv, proc)).toBe(false);
    expect(await isStartedWith(3, ['/opt/ComfyUI/main.py'], proc)).toBe(true);
    expect(await isStartedWith(3, [], proc)).toBe(false);
    expect(await isStartedWith(4, argv, proc)).toBe(false);
    rmSync(proc, { recursive: true });
  });
});
