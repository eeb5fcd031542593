import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { fixPixels } from '../../../../src/pixels/fix/fix-pixels.ts';
import { FIX_VERSION } from '../../../../src/pixels/fix/report.ts';
import { large, sprite } from './paint.ts';

/** Of sprites and reports of every kind of decision; Node 22 and Node 24 give the same. Goes with `FIX_VERSION`. */
const KNOWN = {
  version: 3,
  digest: 'a28cbd359607dbe5ff7b688ff468a774860273f01abea816d43a6352336f8307',
};

const RENDERS = [
  ['red dragon', 32, 23.37, 6],
  ['health potion', 16, 31.3, 3],
  ['golden ring', 64, 11.41, 4],
  ['wizard', 32, 14.2, 9],
] as const;

it('gives the same bytes and the same report as on every other platform', () => {
  const hash = createHash('sha256');
  for (const [prompt, size, pitch, noise] of RENDERS) {
    const faults = { pitch, phase: [3.3, -2.1] as [number, number], blur: 1.3, noise, jpeg: 80 };
    const render = large(sprite(prompt, size), faults);
    for (const palette of [{ kind: 'auto' }, { kind: 'count', colors: 12 }] as const) {
      const { image, report } = fixPixels(render, { size: [size, size], palette });
      hash.update(image.data).update(JSON.stringify(report));
    }
    const { image } = fixPixels(render, {
      size: [size / 2, size / 2],
      palette: { kind: 'count', colors: 6 },
      dither: { pattern: 'bayer4', strength: 0.6 },
    });
    hash.update(image.data);
  }
  expect({ version: FIX_VERSION, digest: hash.digest('hex') }).toEqual(KNOWN);
});
