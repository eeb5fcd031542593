import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NodeFailure } from '../../../src/worker/builtin/server/failures.ts';
import {
  below,
  isPlainName,
  splitAnnotation,
} from '../../../src/worker/builtin/server/files/paths.ts';
import { planSave } from '../../../src/worker/builtin/server/files/save-path.ts';

const size = { width: 64, height: 32 };
let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'save-path-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('where a picture is saved', () => {
  it('starts at one and goes on from the highest counter in the folder', () => {
    expect(planSave(root, 'a/sword', size).fileName(0)).toBe('sword_00001_.png');
    for (const name of ['sword_00007_.png', 'sword_00002_.png', 'swordfish_00050_.png']) {
      writeFileSync(join(root, 'a', name), '');
    }
    mkdirSync(join(root, 'a', 'sword_x_'));
    const place = planSave(root, 'a/sword', size);
    expect(place.subfolder).toBe('a');
    expect([place.fileName(0), place.fileName(3)]).toEqual([
      'sword_00008_.png',
      'sword_00011_.png',
    ]);
  });

  it('fills in size, date and place in the batch', () => {
    const now = new Date(2026, 2, 4, 5, 6, 7);
    const place = planSave(
      root,
      '%year%-%month%/%width%x%height%_%date:yyyy.MM.dd%_%batch_num%_%odd%',
      size,
      now,
    );
    expect(place.subfolder).toBe('2026-03');
    expect(place.fileName(2)).toBe('64x32_2026.03.04_2_%odd%_00003_.png');
  });

  it.each(['../x', 'a/../../x', '/etc/x', 'a/b/../../../x', 'x\0y'])('refuses %j', prefix => {
    expect(() => planSave(root, prefix, size)).toThrow(NodeFailure);
  });
});

describe('names from requests', () => {
  it('never lead out of their folder', () => {
    expect(below('/data/out', 'a/b.png')).toBe('/data/out/a/b.png');
    expect(below('/data/out', '.')).toBe('/data/out');
    for (const name of ['..', '../out2/x', '/data/out2', 'a/../../x', 'a\0']) {
      expect(below('/data/out', name), name).toBeUndefined();
    }
  });

  it('are looked up only when plain', () => {
    expect(['a.png', 'ナイト é.png', 'b/c.png'].every(isPlainName)).toBe(true);
    expect(['', '/a.png', '../a.png', 'a/..', 'a\0.png'].some(isPlainName)).toBe(false);
  });

  it('may carry the folder they lie in', () => {
    expect(splitAnnotation('a b.png [output]')).toEqual({ name: 'a b.png', type: 'output' });
    expect(splitAnnotation('a.png[temp]')).toEqual({ name: 'a.png', type: 'temp' });
    expect(splitAnnotation('a [models].png')).toEqual({ name: 'a [models].png', type: undefined });
  });
});
