import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createImage } from '../../../../src/pixels/image.ts';
import { TARGET_NAMES, TARGETS, type TargetName } from '../../../../src/pixels/export/targets.ts';
import type { Sheet } from '../../../../src/pixels/sheet/sheet.ts';
import { exportSheet, frame, heroSheet, tag } from './sheets.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'export');
const options = { padding: 1, columns: 3 };

describe('files of an export are as they were', () => {
  test.each(TARGET_NAMES)('%s', async target => {
    const { files } = exportSheet(target, heroSheet(), { options, folder: 'Assets/Units' });
    for (const file of files) {
      if (!('text' in file)) continue;
      await expect(file.text).toMatchFileSnapshot(join(folder, target, file.path));
    }
    // zlib's bytes may differ between versions; these two encoders are ours or pinned.
    if (target !== 'gif' && target !== 'webp') return;
    const digests = files.map(file => {
      const bytes = 'bytes' in file ? file.bytes : new Uint8Array();
      return `${createHash('sha256').update(bytes).digest('hex')}  ${file.path}\n`;
    });
    await expect(digests.join('')).toMatchFileSnapshot(join(folder, target, 'SHA256SUMS'));
  });

  test.each(TARGET_NAMES)(
    '%s writes the same bytes twice, and names what it merges with',
    target => {
      const first = exportSheet(target, heroSheet());
      expect(exportSheet(target, heroSheet()).files).toEqual(first.files);
      const merges: string[] = TARGETS[target].merges(heroSheet());
      for (const file of first.files) if ('text' in file) expect(merges).toContain(file.path);
    },
  );
});

describe('bounds', () => {
  const one: Sheet = {
    name: 'dot',
    frames: [frame('dot', createImage(1, 1))],
    tags: [],
    slices: [],
  };
  test.each(TARGET_NAMES)('%s takes one blank pixel and no frames not at all', target => {
    expect(exportSheet(target, one).files.length).toBeGreaterThan(0);
    expect(() => exportSheet(target, { ...one, frames: [] })).toThrow(
      expect.objectContaining({ code: 'no-frames' }),
    );
  });

  const many = Array.from({ length: 10_000 }, (_, i) => frame(`f_${i}`, createImage(8, 8)));
  const large: TargetName[] = [
    'godot',
    'unity',
    'phaser',
    'pixi',
    'bevy',
    'tiled',
    'tiled-json',
    'texturepacker',
    'aseprite-json',
    'aseprite',
  ];
  test.each(large)('%s writes ten thousand frames, and again over them', target => {
    const sheet: Sheet = { name: 'many', frames: many, tags: [tag('all', 0, 9999)], slices: [] };
    const first = exportSheet(target, sheet);
    const existing = new Map(
      first.files.flatMap(file => ('text' in file ? [[file.path, file.text]] : [])),
    );
    const again = exportSheet(target, sheet, { existing });
    expect(again.files.map(({ path }) => path)).toEqual(first.files.map(({ path }) => path));
    for (const [i, file] of again.files.entries()) {
      const before = first.files[i]!;
      if ('text' in file && 'text' in before) expect(file.text === before.text).toBe(true);
    }
  });
});
