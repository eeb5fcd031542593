import { describe, expect, it } from 'vitest';
import { CHANGE, diffAll, diffImages } from '../../../../src/pixels/diff/diff-images.ts';
import { paintDiff } from '../../../../src/pixels/diff/paint-diff.ts';
import { createImage, cropImage, equalImages } from '../../../../src/pixels/image.ts';
import { putOnto, spriteLike } from '../lint/sprite-like.ts';
import { paint, type Rgba } from '../paint.ts';

const COLORS: Record<string, Rgba> = {
  '.': [0, 0, 0, 0],
  k: [0, 0, 0, 255],
  r: [255, 0, 0, 255],
  g: [0, 255, 0, 255],
};

describe('a diff', () => {
  it('of equal pictures is empty, whatever hides under transparency', () => {
    const one = paint(['k.', '.r'], COLORS);
    const other = paint(['k.', '.r'], COLORS);
    other.data.set([9, 9, 9, 0], 4);
    expect(diffImages(one, other)).toMatchObject({ identical: true, box: null, palette: [] });
  });

  it('counts, masks and boxes what changed, appeared and vanished', () => {
    const diff = diffImages(
      paint(['....', '.kr.', '.k..'], COLORS),
      paint(['....', '.kg.', '..r.'], COLORS),
    );
    expect(diff.cells).toEqual({ changed: 1, added: 1, removed: 1 });
    expect(diff.box).toEqual({ x: 1, y: 1, width: 2, height: 2 });
    const { changed, added, removed } = CHANGE;
    expect([...diff.mask]).toEqual([0, 0, 0, 0, 0, 0, changed, 0, 0, removed, added, 0]);
    expect(diff.palette).toEqual([
      { colour: '#000000ff', before: 2, after: 1, kind: 'changed' },
      { colour: '#00ff00ff', before: 0, after: 1, kind: 'added' },
    ]);
  });

  it('of pictures of different sizes has a canvas for both', () => {
    const diff = diffImages(paint(['kk'], COLORS), paint(['k', 'r'], COLORS));
    expect(diff).toMatchObject({ width: 2, height: 2, identical: false });
    expect(diff.cells).toEqual({ changed: 0, added: 1, removed: 1 });
    const padded = diffImages(paint(['k'], COLORS), paint(['k.'], COLORS));
    expect(padded).toMatchObject({ box: null, identical: false });
  });

  it('finds the translation at which least differs', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const sprite = spriteLike(24, seed);
      const moved = putOnto(createImage(40, 36), sprite, 11, 5);
      const diff = diffImages(sprite, moved, { align: 'best' });
      expect({ x: diff.after.x - diff.before.x, y: diff.after.y - diff.before.y }).toEqual({
        x: -11,
        y: -5,
      });
      expect(diff.box).toBeNull();
      const part = cropImage(sprite, { x: 4, y: 6, width: 16, height: 14 });
      const back = diffImages(part, sprite, { align: 'best' });
      expect(back.cells.changed).toBe(0);
      expect(back.before).toEqual({ x: 4, y: 6 });
    }
  });

  it('of a large picture and a small one looks at corners and middle', () => {
    const sprite = spriteLike(32, 5);
    const large = putOnto(createImage(900, 900), sprite, 434, 868);
    const diff = diffImages(large, sprite, { align: 'best' });
    expect(diff.after).toEqual({ x: 434, y: 868 });
    expect(diff.box).toBeNull();
  });

  it('of several pictures holds each against the first', () => {
    const [one, two] = diffAll([paint(['k'], COLORS), paint(['k'], COLORS), paint(['r'], COLORS)]);
    expect([one!.identical, two!.identical]).toEqual([true, false]);
    expect(diffAll([])).toEqual([]);
  });
});

describe('a painted diff', () => {
  it('is amber, blue and red over the faded picture', () => {
    const before = paint(['kr', 'g.'], COLORS);
    const image = paintDiff(diffImages(before, paint(['kg', '.r'], COLORS)), before);
    const expected = createImage(2, 2);
    expected.data.set([0, 0, 0, 89, 255, 200, 0, 255, 230, 40, 90, 255, 40, 120, 255, 255]);
    expect(equalImages(image, expected)).toBe(true);
  });

  it('is a mask alone without the picture', () => {
    const before = paint(['kr'], COLORS);
    const mask = paintDiff(diffImages(before, paint(['kg'], COLORS)), null);
    expect([...mask.data]).toEqual([0, 0, 0, 0, 255, 200, 0, 255]);
  });
});
