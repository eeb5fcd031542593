import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/worker/config.ts';
import { candidatePaths, configuredFolders } from '../../../src/worker/models/roots.ts';
import { foldersOfArguments, isLoopbackUrl } from '../../../src/worker/models/server-folders.ts';
import { WorkList } from '../../../src/worker/models/work-list.ts';
import type { ModelKind } from '../../../src/worker/models/facts.ts';

describe('modelRoots', () => {
  it('is a list of folders, or lists by kind, for all servers or for one', () => {
    const config = parseConfig(
      { modelRoots: ['/a'], servers: [{ url: 'http://x:1', modelRoots: { loras: ['/l'] } }] },
      'test',
    );
    expect(config.modelRoots).toEqual(['/a']);
    expect(config.servers[0]?.modelRoots).toEqual({ checkpoints: [], loras: ['/l'], vae: [] });
  });

  it.each([{ modelRoots: '/a' }, { modelRoots: [''] }, { modelRoots: { lora: ['/a'] } }])(
    'is refused when it is %j',
    config => {
      expect(() => parseConfig(config, 'test')).toThrow(/modelRoots/);
    },
  );

  it("looks into models folders, ComfyUI's own folder and the folder itself", () => {
    const { lora, vae } = configuredFolders(['/srv/ai']);
    expect(lora).toEqual(
      ['/srv/ai/loras', '/srv/ai/models/loras', '/srv/ai'].map(path => resolve(path)),
    );
    expect(vae[0]).toBe(resolve('/srv/ai/vae'));
    expect(configuredFolders(['~/ComfyUI']).checkpoint[0]).toBe(
      join(homedir(), 'ComfyUI', 'checkpoints'),
    );
  });
});

describe('the path of a model', () => {
  it('keeps sub-folders, in the words of either system', () => {
    expect(candidatePaths(['/m'], 'style/a b.safetensors')).toEqual([
      join('/m', 'style/a b.safetensors'),
    ]);
    expect(candidatePaths(['/m'], 'style\\a.safetensors')).toContain(
      join('/m', 'style/a.safetensors'),
    );
    expect(candidatePaths(['/m'], '画風.safetensors')).toEqual([join('/m', '画風.safetensors')]);
  });

  it.each(['../x', 'a/../../x', '..\\x', '/etc/passwd', 'C:\\x', '\\\\host\\x', 'a\0b', '', '..'])(
    'does not exist for %j',
    name => {
      expect(candidatePaths(['/m'], name)).toEqual([]);
    },
  );
});

describe('where a server keeps its models', () => {
  it('follows from its command line when that is absolute', () => {
    expect(foldersOfArguments(['main.py', '--base-directory', '/srv/comfy']).lora).toEqual([
      join('/srv/comfy/models/loras'),
    ]);
    expect(foldersOfArguments(['main.py', '--models-directory=/big']).vae).toEqual([
      join('/big/vae'),
    ]);
    expect(foldersOfArguments(['main.py', '--base-directory', 'here']).lora).toEqual([]);
    expect(foldersOfArguments(['main.py', '--base-directory']).lora).toEqual([]);
  });

  it.each([
    ['http://127.0.0.1:8188', true],
    ['http://127.8.0.1:8188/x', true],
    ['http://localhost:8188', true],
    ['http://[::1]:8188', true],
    ['http://192.168.0.2:8188', false],
    ['https://localhost.example.com', false],
    ['http://127.0.0.1.example.com', false],
  ])('is asked of %s: %j', (url, expected) => {
    expect(isLoopbackUrl(url)).toBe(expected);
  });
});

describe('the order of reading', () => {
  const file = (kind: ModelKind, name: string, bytes: number) => ({
    kind,
    name,
    file: { path: `/m/${name}`, bytes, mtime: '1' },
  });

  it('is LoRAs, then what recent runs used, then the rest, small ones first; what is wanted goes before all', () => {
    const list = new WorkList();
    for (const work of [
      file('checkpoint', 'huge', 9),
      file('checkpoint', 'used', 8),
      file('vae', 'vae', 3),
      file('lora', 'large-lora', 5),
      file('lora', 'lora', 2),
      file('checkpoint', 'wanted', 20),
    ]) {
      list.addScan(work);
    }
    list.prefer(['wanted']);
    const order = Array.from({ length: 6 }, () => list.takeScan(new Set(['used']))?.name);
    expect(order).toEqual(['wanted', 'lora', 'large-lora', 'used', 'vae', 'huge']);
    expect(list.takeScan(new Set())).toBeNull();
  });

  it('reads a content once, and another content of the same path again', () => {
    const list = new WorkList();
    const work = file('lora', 'a', 1);
    list.addScan(work);
    list.addScan(work);
    expect(list.size).toBe(1);
    expect(list.takeScan(new Set())).toBe(work);
    list.addScan(work);
    expect(list.size).toBe(0);
    list.addScan({ ...work, file: { ...work.file, mtime: '2' } });
    expect(list.size).toBe(1);
  });
});
