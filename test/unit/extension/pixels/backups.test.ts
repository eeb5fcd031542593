import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Backups } from '../../../../src/extension/pixels/backups.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('backups of replaced pictures', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dgxp-backups-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('give back the newest of a file, and then the one before', async () => {
    const backups = new Backups(join(folder, 'new'), () => 5);
    expect(await backups.newest('a')).toBeNull();
    await backups.keep('a', bytes('one'), bytes('two'));
    await backups.keep('a', bytes('two'), bytes('three'));
    await backups.keep('b', bytes('other'), bytes('x'));
    const newest = await backups.newest('a');
    if (newest === null) throw new Error('Nothing was kept.');
    expect(new TextDecoder().decode(await backups.read(newest))).toBe('two');
    expect(backups.isWritten(newest, bytes('three'))).toBe(true);
    expect(backups.isWritten(newest, bytes('drawn since'))).toBe(false);
    await backups.drop(newest);
    const before = await backups.newest('a');
    if (before === null) throw new Error('The one before is gone.');
    expect(new TextDecoder().decode(await backups.read(before))).toBe('one');
  });

  test('are known to another window', async () => {
    await new Backups(folder).keep('a', bytes('one'), bytes('two'));
    expect(await new Backups(folder).newest('a')).not.toBeNull();
  });

  test('do not grow for ever: the oldest go', async () => {
    let now = 1;
    const backups = new Backups(folder, () => now++);
    for (let count = 0; count < 205; count++) {
      await backups.keep(`file ${count}`, bytes('x'), bytes('y'));
    }
    expect(readdirSync(folder)).toHaveLength(200);
    expect(await backups.newest('file 0')).toBeNull();
    expect(await backups.newest('file 204')).not.toBeNull();
  });
});
