import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseConnectionString } from '../../../src/client/connection-string.ts';
import { watchAllowList } from '../../../src/worker/access/allow-list-watch.ts';
import { listClients, pairClient, revokeClient } from '../../../src/worker/access/allow-list.ts';
import { makeKeyPair } from '../../../src/worker/access/key-pair.ts';
import { loadServerKeys } from '../../../src/worker/access/server-keys.ts';
import { encodeZ85 } from '../../../src/worker/access/z85.ts';

let data: string;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'dgx-pixels-access-'));
});

afterEach(() => {
  rmSync(data, { recursive: true, force: true });
});

function pair(name: string, hosts: readonly string[] = ['spark.local']): Promise<string> {
  return pairClient({ data, name, hosts, requestPort: 5555, eventPort: 5556 });
}

describe('Z85', () => {
  it('encodes the test vector of ZeroMQ RFC 32', () => {
    const bytes = Uint8Array.from([0x86, 0x4f, 0xd2, 0x6f, 0xb5, 0x59, 0xf7, 0x5b]);
    expect(encodeZ85(bytes)).toBe('HelloWorld');
    expect(encodeZ85(new Uint8Array(4).fill(255))).toBe('%nSc0');
  });
});

describe('keys', () => {
  it('differ every time and have 40 characters each', () => {
    const one = makeKeyPair();
    const two = makeKeyPair();
    expect(new Set([one.publicKey, one.secretKey, two.publicKey, two.secretKey]).size).toBe(4);
    for (const key of [one.publicKey, one.secretKey]) expect(key).toHaveLength(40);
  });

  it('of the server are made once and kept', () => {
    expect(loadServerKeys(data)).toEqual(loadServerKeys(data));
  });

  it.skipIf(process.platform === 'win32')('can be read by their owner only', async () => {
    await pair('laptop');
    const folder = join(data, 'keys');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) {
      expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
    }
    chmodSync(join(folder, 'server.json'), 0o644);
    loadServerKeys(data);
    expect(statSync(join(folder, 'server.json')).mode & 0o777).toBe(0o600);
  });

  it('that cannot be understood are refused and left alone', () => {
    loadServerKeys(data);
    const path = join(data, 'keys', 'server.json');
    writeFileSync(path, '{"publicKey": 1');
    expect(() => loadServerKeys(data)).toThrow('cannot be understood');
    expect(readFileSync(path, 'utf8')).toBe('{"publicKey": 1');
  });
});

describe('pairing', () => {
  it('puts the public key on the list and the secret key nowhere but in the string', async () => {
    const info = parseConnectionString(await pair('laptop', ['a.example', '10.0.0.2', 'fd00::1']));
    expect(info).toMatchObject({
      name: 'laptop',
      hosts: ['a.example', '10.0.0.2', 'fd00::1'],
      requestPort: 5555,
      eventPort: 5556,
      server: loadServerKeys(data).publicKey,
    });
    expect(listClients(data)).toEqual([
      { name: 'laptop', publicKey: info.publicKey, createdAt: expect.any(Number) as number },
    ]);
    const folder = join(data, 'keys');
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain(info.secretKey);
    }
  });

  it('keeps every client when many pair at once', async () => {
    const names = Array.from({ length: 12 }, (_, place) => `client ${place}`);
    await Promise.all(names.map(name => pair(name)));
    expect(
      listClients(data)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...names].sort());
  });

  it('refuses a name that is taken, whatever its case', async () => {
    await pair('Laptop');
    await expect(pair('laptop')).rejects.toMatchObject({ code: 'conflict' });
  });

  it.each(['', ' a', 'a ', '../x', 'a\nb', 'x'.repeat(65), '-a'])(
    'refuses the name %j',
    async name => {
      await expect(pair(name)).rejects.toMatchObject({ code: 'invalid-params' });
    },
  );

  it.each(['', 'tcp://a', 'a:5555', '[::1]', 'a b', 'a/b'])('refuses the host %j', async host => {
    await expect(pair('laptop', [host])).rejects.toMatchObject({ code: 'invalid-params' });
  });

  it('never overwrites a list that it cannot understand', async () => {
    await pair('laptop');
    const path = join(data, 'keys', 'clients.json');
    writeFileSync(path, '[{]');
    await expect(pair('other')).rejects.toMatchObject({ code: 'conflict' });
    expect(readFileSync(path, 'utf8')).toBe('[{]');
  });
});

describe('revoking', () => {
  it('takes a name or the beginning of a key', async () => {
    await pair('one');
    const { publicKey } = parseConnectionString(await pair('two'));
    await pair('three');
    expect((await revokeClient(data, 'ONE')).name).toBe('one');
    expect((await revokeClient(data, publicKey.slice(0, 8))).name).toBe('two');
    expect(listClients(data).map(({ name }) => name)).toEqual(['three']);
  });

  it('says who is paired when nobody fits, and never takes a short key', async () => {
    const { publicKey } = parseConnectionString(await pair('one'));
    await expect(revokeClient(data, publicKey.slice(0, 3))).rejects.toThrow('Paired: one.');
    expect(listClients(data)).toHaveLength(1);
  });
});

describe('the allow-list of a running worker', () => {
  it('follows pairing and revoking, and notes who was seen', async () => {
    const { publicKey } = parseConnectionString(await pair('one'));
    const changes: string[] = [];
    const list = watchAllowList(data, { onChange: () => changes.push('change') });
    expect(list.allowed(publicKey)).toBe(true);
    expect(list.allowed(makeKeyPair().publicKey)).toBe(false);
    const second = parseConnectionString(await pair('two'));
    await vi.waitFor(() => expect(list.allowed(second.publicKey)).toBe(true), { timeout: 5000 });
    await revokeClient(data, 'one');
    await vi.waitFor(() => expect(list.allowed(publicKey)).toBe(false), { timeout: 5000 });
    expect(changes.length).toBeGreaterThanOrEqual(2);
    list.noteSeen(second.publicKey);
    list.close();
    expect(listClients(data)[0]?.lastSeenAt).toBeGreaterThan(0);
  });

  it('stays in force while the file cannot be understood', async () => {
    const { publicKey } = parseConnectionString(await pair('one'));
    const problems: unknown[] = [];
    const list = watchAllowList(data, { onProblem: error => problems.push(error) });
    writeFileSync(join(data, 'keys', 'clients.json'), 'rubbish');
    await vi.waitFor(() => expect(problems).toHaveLength(1), { timeout: 5000 });
    expect(list.allowed(publicKey)).toBe(true);
    rmSync(join(data, 'keys', 'clients.json'));
    await vi.waitFor(() => expect(list.allowed(publicKey)).toBe(false), { timeout: 5000 });
    list.close();
  });
});
