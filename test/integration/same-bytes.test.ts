import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserPath, launchBrowser } from '../../scripts/editor/browser.ts';
import type { FixSettingsInput } from '../../src/pixels/fix/settings.ts';
import { drawSprite } from '../../src/worker/builtin/art/art.ts';
import { renderLarge } from '../../src/worker/builtin/art/render.ts';
import { type FixCase, fixDigests } from '../helpers/fix-digests.ts';
import { Folder } from '../helpers/processes.ts';
import { ensureNode22, requireOrSkip } from '../helpers/suite.ts';

const PROMPTS = ['rusty sword', 'red dragon', 'health potion', 'wizard with staff', 'oak tree'];
const RENDER = { width: 320, height: 320 };

/** Every step takes part in one of them. */
const SETTINGS: readonly FixSettingsInput[] = [
  { size: [32, 32] },
  { size: null, palette: { kind: 'keep' }, canvas: { trim: false } },
  {
    size: [16, 16],
    palette: { kind: 'count', colors: 6 },
    dither: { pattern: 'bayer4', strength: 1 },
    outline: { mode: 'add' },
  },
  {
    size: [48, 40],
    palette: {
      kind: 'fixed',
      colors: [
        [26, 28, 44],
        [177, 62, 83],
        [239, 125, 87],
        [244, 244, 244],
      ],
    },
    background: { holes: true },
    canvas: { trim: false, pad: 2, vertical: 'bottom' },
  },
];

/** Twenty pictures, from clean to smeared, with cells between the pixels. */
function cases(): FixCase[] {
  return PROMPTS.flatMap((prompt, subject) =>
    SETTINGS.map((settings, place) => {
      const cells = [32, 24, 40, 29][place]!;
      const sprite = drawSprite({
        ...{ prompt, negative: '', seed: subject, index: 0, width: cells, height: cells },
        ...{ checkpoint: 'builtin/arcade.safetensors', loras: [], background: 'flat' },
        ...{ steps: 20, cfg: 7, sampler: 'euler', scheduler: 'normal' },
      });
      const faults = place === 0 ? {} : { blur: 0.4 * place, noise: 3 * place };
      const imperfections = { pitch: RENDER.width / (cells + subject / 3), ...faults };
      const { data } = renderLarge(sprite, { ...RENDER, seed: place, imperfections });
      return { ...RENDER, pixels: Buffer.from(data).toString('base64'), settings };
    }),
  );
}

const folder = new Folder();
const bundle = join(folder.path, 'fix.js');
const pictures = cases();
let here: string[];

beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, '..', 'helpers', 'fix-digests.ts')],
    ...{ outfile: bundle, bundle: true, format: 'iife', platform: 'neutral', target: 'es2022' },
    mainFields: ['module', 'main'],
  });
  here = fixDigests(pictures);
});

afterAll(() => {
  folder[Symbol.dispose]();
});

it('twenty fixed pictures differ from each other', () => {
  expect(here).toHaveLength(40);
  expect(new Set(here).size).toBe(40);
});

const node22 = ensureNode22();

requireOrSkip('fixed pictures on Node 22', () => node22.why)('fixed pictures on Node 22', () => {
  it('have the same bytes and reports as on the Node that runs this', () => {
    const input = join(folder.path, 'cases.json');
    writeFileSync(input, JSON.stringify(pictures));
    const script = `require(${JSON.stringify(bundle)});
      const cases = JSON.parse(require('node:fs').readFileSync(${JSON.stringify(input)}, 'utf8'));
      console.log(JSON.stringify([process.version, fixDigests(cases)]));`;
    const output = execFileSync(node22.path ?? '', ['-e', script], { encoding: 'utf8' });
    const [version, digests] = JSON.parse(output) as [string, string[]];
    expect(version).toMatch(/^v22\./);
    expect(digests).toEqual(here);
  });
});

requireOrSkip('fixed pictures in Chromium', () =>
  browserPath() === null ? 'no Chromium is installed' : undefined,
)('fixed pictures in Chromium', () => {
  it('have the same bytes and reports as on Node', async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.goto('about:blank');
      await page.addScriptTag({ path: bundle });
      const digests = await page.evaluate(
        given => (globalThis as unknown as { fixDigests: typeof fixDigests }).fixDigests(given),
        pictures,
      );
      expect(digests).toEqual(here);
    } finally {
      await browser.close();
    }
  });
});
