/** Films a comparison in the editor, from the command to the default, on the built-in engine: `node scripts/make-comparison-gif.ts [--out FILE]`. */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inflateSync } from 'node:zlib';
import { applyPalette, GIFEncoder, quantize } from 'gifenc/dist/gifenc.esm.js';
import type { Frame } from 'playwright-core';
import type { RgbaImage } from '../src/pixels/image.ts';
import { decodePng } from '../src/pixels/png/decode.ts';
import { packVsix } from '../test/e2e/vsix.ts';
import { Workbench } from '../test/e2e/workbench.ts';
import { EditorServer } from './editor/server.ts';

const MODELS = ['arcade', 'storybook', 'gameboy'];
const PROMPTS = ['item: rusty sword', 'character: knight', 'icon: red gem'];
const SIZE = { width: 1000, height: 640 };
/** The last colour stands for what did not change since the frame before. */
const COLORS = 255;
const SAME = 255;
/** Leaves the frame before in place. */
const KEEP = 1;

const zlib = {
  inflate: (bytes: Uint8Array) => inflateSync(bytes),
  deflate: () => new Uint8Array(),
};

class Film {
  readonly #images: RgbaImage[] = [];
  readonly #delays: number[] = [];
  readonly #window: Workbench;

  constructor(window: Workbench) {
    this.#window = window;
  }

  /** Takes what is to be seen as a frame that lasts so long. */
  async shoot(milliseconds: number): Promise<void> {
    const png = await this.#window.page.screenshot();
    this.#images.push(decodePng(png, zlib).image);
    this.#delays.push(milliseconds);
  }

  /** All frames on one palette; each holds what changed. */
  gif(): Uint8Array {
    const palette = quantize(sampled(this.#images), COLORS);
    const gif = GIFEncoder({ auto: false });
    gif.writeHeader();
    let before: Uint8Array | null = null;
    for (const [at, { data, width, height }] of this.#images.entries()) {
      const indexes = applyPalette(data, palette);
      const shown: Uint8Array = indexes.slice();
      if (before !== null) {
        for (const [place, index] of indexes.entries()) {
          if (before[place] === index) shown[place] = SAME;
        }
      }
      gif.writeFrame(shown, width, height, {
        ...(at === 0 && { palette: [...palette, ...blanks(COLORS + 1 - palette.length)] }),
        first: at === 0,
        delay: this.#delays[at] ?? 0,
        transparent: at > 0,
        transparentIndex: SAME,
        dispose: KEEP,
        repeat: 0,
      });
      before = indexes;
    }
    gif.finish();
    return gif.bytes();
  }
}

function blanks(count: number): number[][] {
  return Array.from({ length: count }, () => [0, 0, 0]);
}

/** Every eleventh pixel of all frames: enough to choose colours by. */
function sampled(images: readonly RgbaImage[]): Uint8Array {
  const pixels = images.flatMap(({ data }) => {
    const words = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
    return [...words.filter((_, place) => place % 11 === 0)];
  });
  return new Uint8Array(new Uint32Array(pixels).buffer);
}

async function chooseAll(window: Workbench, film: Film): Promise<void> {
  await window.command('DGX-Pixels: Compare Models…');
  for (const name of MODELS) {
    await window.pick(name).waitFor({ timeout: 60_000 });
    await window.page.waitForTimeout(300);
    await window.pick(name).click();
  }
  await film.shoot(1400);
  await window.page.keyboard.press('Enter');
  await window.input.and(window.page.getByPlaceholder(/Type a prompt/)).waitFor();
  for (const prompt of PROMPTS) {
    await window.input.fill(prompt);
    await window.pick(prompt).waitFor();
    await window.page.keyboard.press('Enter');
    await window.page.waitForTimeout(500);
  }
  await film.shoot(1400);
  await window.pick(`Go on with ${PROMPTS.length} prompts`).click();
  await window.pick('Seeds of each prompt').waitFor();
  await film.shoot(1600);
  await window.page.keyboard.press('Enter');
}

async function watchFilling(page: Frame, film: Film): Promise<void> {
  const all = page.locator('dgx-summary').getByText(`${PROMPTS.length * 2} to vote`);
  for (let frame = 0; frame < 40; frame += 1) {
    await film.shoot(250);
    if (await all.isVisible()) break;
    await page.waitForTimeout(400);
  }
  await film.shoot(900);
}

async function voteOnAll(window: Workbench, page: Frame, film: Film): Promise<void> {
  const key = (name: string) => window.page.keyboard.press(name);
  for (const [set, answer] of ['1', '2', '1', '3', '2', '1'].entries()) {
    await key('Space');
    await page.locator('dgx-vote').getByText('Which is best?').waitFor();
    await window.page.waitForTimeout(300);
    await film.shoot(set === 0 ? 1500 : 500);
    await key(answer);
    await page
      .locator('dgx-vote')
      .getByText(/^You picked/)
      .waitFor();
    if (set > 0) continue;
    await page.locator('dgx-details').getByText('Use This').first().waitFor();
    await film.shoot(1600);
    for (const mode of ['w', 'd', 's']) {
      await key(mode);
      await window.page.waitForTimeout(400);
      await film.shoot(mode === 's' ? 200 : 1300);
    }
  }
  await page.locator('dgx-details').getByText('Use This').first().waitFor();
  await key('Escape');
  await page.locator('dgx-overview .head', { hasText: MODELS[0] ?? '' }).waitFor();
  await window.page.waitForTimeout(300);
  await film.shoot(1800);
}

const { values } = parseArgs({
  options: { out: { type: 'string', default: join('media', 'comparison.gif') } },
});
const settings = { 'workbench.colorTheme': 'Default Dark Modern' };
await using server = await EditorServer.start({ settings }, [packVsix()]);
const game = join(server.folder, 'dungeon');
cpSync(join(import.meta.dirname, '..', 'examples', 'dungeon'), game, {
  recursive: true,
  filter: path => !path.includes('assets'),
});
await using window = await Workbench.open(server, game);
await window.page.setViewportSize(SIZE);
await window.command('View: Close Primary Side Bar');
const film = new Film(window);
await chooseAll(window, film);
const page = await window.frameWith('dgx-compare');
await page.locator('dgx-overview .row').first().waitFor();
await watchFilling(page, film);
await voteOnAll(window, page, film);
await page.getByRole('button', { name: 'Leaderboard' }).click();
const board = await window.frameWith('dgx-leaderboard');
await board.locator('tbody th[scope="row"]').first().waitFor();
await window.page.waitForTimeout(300);
await film.shoot(2500);
const gif = film.gif();
writeFileSync(values.out, gif);
console.log(`${values.out}: ${(gif.byteLength / 1e6).toFixed(2)} MB`);
