import { describe, expect, it } from 'vitest';
import { createImage, equalImages, type RgbaImage } from '../../../../src/pixels/image.ts';
import { applyFix } from '../../../../src/pixels/lint/apply-fix.ts';
import type { Finding, Severity } from '../../../../src/pixels/lint/finding.ts';
import { fixSprite } from '../../../../src/pixels/lint/fix-all.ts';
import { lintSprite } from '../../../../src/pixels/lint/lint-sprite.ts';
import type { LintRules } from '../../../../src/pixels/lint/rules.ts';
import { randomOf } from '../make-png.ts';
import type { Rgba } from '../paint.ts';
import { putOnto, spriteLike, stretch } from './sprite-like.ts';

const WEIGHTS: Readonly<Record<Severity, number>> = { error: 100, warning: 10, info: 1 };

function weightOf(findings: readonly Finding[]): number {
  return findings.reduce((sum, { severity }) => sum + WEIGHTS[severity], 0);
}

type Step = (image: RgbaImage, random: () => number) => RgbaImage;

const DAMAGES: readonly Step[] = [
  image => stretch(image, image.width * 2, image.height * 2),
  (image, random) => stretch(image, image.width + 3 + Math.floor(random() * 20), image.height + 9),
  (image, random) => {
    for (let at = 3; at < image.data.length; at += 4)
      if (random() < 0.1) image.data[at] = random() * 256;
    return image;
  },
  (image, random) => {
    for (let at = 0; at < image.data.length; at++) {
      if (at % 4 !== 3 && random() < 0.05) image.data[at]! += 6;
    }
    return image;
  },
  (image, random) =>
    putOnto(
      createImage(image.width + Math.floor(random() * 9), image.height + Math.floor(random() * 9)),
      image,
      Math.floor(random() * 3),
      Math.floor(random() * 3),
    ),
  (image, random) => putOnto(image, spriteLike(12, Math.floor(random() * 1000)), 2, 2),
];

function damaged(seed: number): RgbaImage {
  const random = randomOf(seed);
  let image = spriteLike(16 + Math.floor(random() * 17), seed);
  for (let step = 0; step < 1 + random() * 2; step++) {
    image = DAMAGES[Math.floor(random() * DAMAGES.length)]!(image, random);
  }
  return image;
}

const PALETTE: readonly Rgba[] = [
  [0, 0, 0, 255],
  [255, 255, 255, 255],
  [200, 60, 60, 255],
  [60, 120, 90, 255],
];

const RULES: readonly Partial<LintRules>[] = [
  {},
  { size: { width: 32, height: 32 } },
  { palette: PALETTE, maxColours: 4 },
  { palette: PALETTE, size: { width: 24, height: 40 }, tile: true },
];

const CASES = Array.from({ length: 240 }, (_, seed) => ({
  seed,
  rules: RULES[seed % RULES.length]!,
}));

describe('a fix', () => {
  it('takes its own finding away and never makes a picture worse', () => {
    let applied = 0;
    for (const { seed, rules } of CASES) {
      const image = damaged(seed);
      const before = { ...image, data: image.data.slice() };
      const findings = lintSprite(image, rules);
      for (const finding of findings.filter(({ fix }) => fix !== null)) {
        const mended = applyFix(image, finding);
        const after = lintSprite(mended, rules);
        const told = `seed ${seed}: ${finding.code} → ${after.map(({ message }) => message).join(' ')}`;
        // A picture that was enlarged twice is still an enlarged one after the first step back.
        if (finding.fix!.id === 'resample') expect(mended.width).toBeLessThan(image.width);
        else
          expect(
            after.map(({ code }) => code),
            told,
          ).not.toContain(finding.code);
        expect(weightOf(after), told).toBeLessThanOrEqual(weightOf(findings));
        applied++;
      }
      expect(equalImages(image, before)).toBe(true);
    }
    expect(applied).toBeGreaterThan(200);
  });

  it('after another comes to an end at which nothing more can be mended', () => {
    for (const { seed, rules } of CASES) {
      const { image, fixed } = fixSprite(damaged(seed), rules);
      const left = lintSprite(image, rules).filter(
        ({ fix, severity }) => fix !== null && severity !== 'info',
      );
      expect(left, `seed ${seed}`).toEqual([]);
      const again = fixSprite(image, rules);
      expect(again.fixed).toEqual([]);
      expect(equalImages(again.image, image)).toBe(true);
      expect(fixed.length).toBeLessThan(12);
    }
  });
});
