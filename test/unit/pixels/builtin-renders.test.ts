import { describe, expect, it } from 'vitest';
import { fixPixels } from '../../../src/pixels/fix/fix-pixels.ts';
import type { RgbaImage } from '../../../src/pixels/image.ts';
import { fixInputOf } from '../../../src/project/pixels/fix-input.ts';
import { USUAL_PIXELS } from '../../../src/protocol/pixels.ts';
import { drawSprite } from '../../../src/worker/builtin/art/art.ts';
import { type Imperfections, renderLarge } from '../../../src/worker/builtin/art/render.ts';
import { rightShare, withoutBackground } from '../../helpers/builtin-truth.ts';

const SIZES = [
  [16, 16],
  [24, 24],
  [32, 32],
  [48, 48],
  [64, 64],
  [100, 100],
  [32, 48],
  [7, 13],
] as const;

const RENDERS = [
  [1024, 1024],
  [1152, 896],
  [512, 512],
] as const;

const CHECKPOINTS = ['arcade', 'storybook', 'gameboy'];
const PROMPTS = ['rusty sword', 'red dragon', 'health potion', 'golden ring', 'wizard with staff'];

function draw(
  prompt: string,
  checkpoint: string,
  [width, height]: readonly [number, number],
  background: 'flat' | 'transparent',
): RgbaImage {
  return drawSprite({
    ...{ prompt, negative: '', seed: 11, index: 0, width, height, background },
    ...{ checkpoint: `builtin/${checkpoint}.safetensors`, loras: [] },
    ...{ steps: 24, cfg: 7, sampler: 'euler', scheduler: 'normal' },
  });
}

/** Top left corner of what is visible. */
function corner({ width, height, data }: RgbaImage): [number, number] {
  let [left, top] = [width, height];
  for (let cell = 0; cell < width * height; cell++) {
    if (data[cell * 4 + 3] === 0) continue;
    left = Math.min(left, cell % width);
    top = Math.min(top, Math.floor(cell / width));
  }
  return [left, top];
}

function recovered(
  place: number,
  size: readonly [number, number],
  [width, height]: readonly [number, number],
  faults: Imperfections,
  tolerance: number,
  prompts = PROMPTS,
): number[] {
  const pitch = Math.min(width / size[0], height / size[1]);
  return prompts.map((prompt, index) => {
    const checkpoint = CHECKPOINTS[(place + index) % CHECKPOINTS.length]!;
    const flat = draw(prompt, checkpoint, size, 'flat');
    const truth = withoutBackground(flat, draw(prompt, checkpoint, size, 'transparent'));
    const large = renderLarge(flat, {
      width,
      height,
      seed: 3,
      imperfections: { pitch, ...faults },
    });
    const input = fixInputOf({ ...USUAL_PIXELS, palette: 'off', cleanup: false }, size);
    const sprite = fixPixels(large, input).image;
    expect([sprite.width, sprite.height]).toEqual(size);
    // Where the render has another shape, what was drawn comes to the middle.
    const same = width / height === size[0] / size[1];
    const [from, to] = same ? [[0, 0] as const, [0, 0] as const] : [corner(truth), corner(sprite)];
    return rightShare(sprite, truth, tolerance, [to[0] - from[0], to[1] - from[1]]);
  });
}

describe('fixPixels on the built-in engine', () => {
  for (const render of RENDERS) {
    it(`recovers sprites of every size cell for cell from clean renders of ${render.join('x')}`, () => {
      for (const [place, size] of SIZES.entries()) {
        expect(recovered(place, size, render, {}, 0)).toEqual(PROMPTS.map(() => 1));
      }
    });

    it(`gets 99 % of the cells right from blurred, noisy JPEG renders of ${render.join('x')}`, () => {
      for (const [place, size] of SIZES.entries()) {
        const prompts = [0, 1].map(n => PROMPTS[(place + n * 2) % PROMPTS.length]!);
        const faults = { blur: 1, noise: 6, jpeg: 90 };
        const shares = recovered(place, size, render, faults, 16, prompts);
        expect(Math.min(...shares), size.join('x')).toBeGreaterThanOrEqual(0.99);
      }
    }, 60_000);
  }
});
