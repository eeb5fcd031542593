import { describe, expect, it } from 'vitest';
import { createImage, equalImages, type RgbaImage } from '../../../../src/pixels/image.ts';
import { applyFix, applySheetFix } from '../../../../src/pixels/lint/apply-fix.ts';
import type { LintCode } from '../../../../src/pixels/lint/finding.ts';
import { fixFrames } from '../../../../src/pixels/lint/fix-all.ts';
import { lintSheet } from '../../../../src/pixels/lint/lint-sheet.ts';
import { putOnto, spriteLike } from './sprite-like.ts';

/** A body at an offset from the middle of 40x40 cells, with something that differs from frame to frame. */
function frameAt(down: number, across = 0, index = 0): RgbaImage {
  const frame = putOnto(createImage(40, 40), spriteLike(24, 3), 8 + across, 8 + down);
  for (let cell = 0; cell < 12; cell++) {
    const at = ((14 + down + index) * 40 + 12 + across + cell) * 4;
    frame.data.set([40 * index, 90, 200, 255], at);
  }
  return frame;
}

function walk(downs: readonly number[], acrosses: readonly number[] = []): RgbaImage[] {
  return downs.map((down, index) => frameAt(down, acrosses[index] ?? 0, index));
}

function codes(frames: readonly RgbaImage[]): LintCode[] {
  return lintSheet(frames).map(({ code }) => code);
}

describe('the frames of an animation', () => {
  it.each([
    ['that stand still', [0, 0, 0, 0]],
    ['that bob by a cell', [0, -1, 0, -1]],
    ['that leap', [0, -2, -4, -5, -4, -2]],
    ['that fall in one go and stay', [0, 0, 0, 6, 6, 6, 6]],
  ])('%s do not jitter', (_, downs) => {
    expect(codes(walk(downs))).toEqual([]);
  });

  it('of which one stands lower jitter there, and are moved back', () => {
    const frames = walk([0, 0, 3, 0, 0]);
    const [finding] = lintSheet(frames);
    expect(finding).toMatchObject({
      code: 'baseline-jitter',
      place: { frame: 2 },
      message: 'Frame 2 stands 3 cells lower than the frames around it.',
    });
    expect(codes(applySheetFix(frames, finding!))).toEqual([]);
  });

  it('that never settle jitter', () => {
    expect(codes(walk([0, 4, -3, 4, -3, 4, -4])).length).toBeGreaterThan(2);
  });

  it('of which one lies aside jitter there', () => {
    const [finding] = lintSheet(walk([0, 0, 0, 0, 0], [0, 0, 0, -5, 0]));
    expect(finding).toMatchObject({ code: 'centre-jitter', place: { frame: 3 } });
    expect(finding!.message).toBe('Frame 3 lies 5 cells further left than the frames around it.');
  });

  it('that are drawn in nearly the same colours drift, and are brought together', () => {
    const frames = walk([0, 0, 0, 0]);
    for (let at = 0; at < frames[2]!.data.length; at += 4) frames[2]!.data[at]! += 5;
    const findings = lintSheet(frames).filter(({ code }) => code === 'palette-drift');
    expect(findings.map(({ place }) => place.frame)).toEqual([2]);
    const mended = applySheetFix(frames, findings[0]!);
    expect(codes(mended)).toEqual([]);
  });

  it('of which one flashes in other colours do not drift', () => {
    const frames = walk([0, 0, 0, 0]);
    const { data } = frames[2]!;
    for (let at = 0; at < data.length; at += 4)
      if (data[at + 3] === 255) data.set([255, 255, 255], at);
    expect(codes(frames)).toEqual([]);
  });

  it('that repeat are told, and those that differ in a cell', () => {
    const frames = walk([0, 0, 0]);
    const blink = { ...frames[0]!, data: frames[0]!.data.slice() };
    blink.data.set([255, 255, 255, 255], (20 * 40 + 20) * 4);
    const findings = lintSheet([...frames, frames[1]!, blink]);
    expect(findings.map(({ code, place }) => [code, place.frame])).toEqual([
      ['duplicate-frame', 3],
      ['near-duplicate-frame', 4],
    ]);
    expect(findings.every(({ severity }) => severity === 'info')).toBe(true);
    expect(applySheetFix([...frames, frames[1]!], findings[0]!)).toHaveLength(3);
  });

  it('of another size than the others are wrong', () => {
    const findings = lintSheet([...walk([0, 0, 0]), spriteLike(24, 9)]);
    expect(findings).toMatchObject([{ code: 'wrong-size', place: { frame: 3 } }]);
    expect(applyFix(spriteLike(24, 9), findings[0]!)).toMatchObject({ width: 40, height: 40 });
  });

  it('are mended all at once without losing one or changing its size', () => {
    const frames = walk([0, 0, 3, 0, 0, 0]);
    frames.push(frames[1]!);
    const { data } = frames[4]!;
    for (let cell = 560; cell < 590; cell++) data[cell * 4 + 3] = 20 + ((cell * 37) % 220);
    const { frames: mended, fixed } = fixFrames(frames);
    expect(fixed.map(({ code }) => code).sort()).toEqual(['baseline-jitter', 'half-alpha']);
    expect(mended).toHaveLength(7);
    expect(equalImages(mended[0]!, frames[0]!)).toBe(true);
    expect(codes(mended)).toEqual(['duplicate-frame']);
  });
});

describe('a sheet', () => {
  it('of no frames, or of one, is as good as its frames', () => {
    expect(lintSheet([])).toEqual([]);
    expect(lintSheet([createImage(8, 8)])).toMatchObject([
      { code: 'near-blank', place: { frame: 0 } },
    ]);
  });
});
