import { describe, expect, it } from 'vitest';
import { basicFix } from '../../../src/pixels/basic-fix.ts';
import type { RgbaImage } from '../../../src/pixels/image.ts';
import { drawSprite } from '../../../src/worker/builtin/art/art.ts';
import { type Imperfections, renderLarge } from '../../../src/worker/builtin/art/render.ts';

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

/** The flat sprite with what its border reaches over clear cells, side by side, made transparent. */
function expected(flat: RgbaImage, truth: RgbaImage): RgbaImage {
  const { width, height } = truth;
  const result = { ...flat, data: flat.data.slice() };
  const clear = (x: number, y: number): void => {
    const at = (y * width + x) * 4;
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    if (truth.data[at + 3] !== 0 || result.data[at + 3] === 0) return;
    result.data.fill(0, at, at + 4);
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      clear(x + dx, y + dy);
    }
  };
  for (let x = 0; x < width; x++) for (const y of [0, height - 1]) clear(x, y);
  for (let y = 0; y < height; y++) for (const x of [0, width - 1]) clear(x, y);
  return result;
}

/** Share of cells with the right opacity and no channel further off than `tolerance`. */
function rightShare(image: RgbaImage, truth: RgbaImage, tolerance: number): number {
  let right = 0;
  for (let at = 0; at < truth.data.length; at += 4) {
    const near = [0, 1, 2].every(
      channel => Math.abs(image.data[at + channel]! - truth.data[at + channel]!) <= tolerance,
    );
    if (near && image.data[at + 3] === truth.data[at + 3]) right++;
  }
  return (right * 4) / truth.data.length;
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
    const truth = expected(flat, draw(prompt, checkpoint, size, 'transparent'));
    const large = renderLarge(flat, {
      width,
      height,
      seed: 3,
      imperfections: { pitch, ...faults },
    });
    const options = { width: size[0], height: size[1], background: 'alpha' } as const;
    return rightShare(basicFix(large, options).image, truth, tolerance);
  });
}

describe('basicFix on the built-in engine', () => {
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
