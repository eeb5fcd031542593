import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EditorServer } from '../../scripts/editor/server.ts';
import type { RgbaImage } from '../../src/pixels/image.ts';
import { decodePng } from '../../src/pixels/png/decode.ts';
import { nodeZlib } from '../../src/worker/images/node-zlib.ts';
import { degradedPotion } from '../helpers/degraded-picture.ts';
import { potion } from '../helpers/potion.ts';
import { until } from '../helpers/processes.ts';
import { requireOrSkip } from '../helpers/suite.ts';
import { packVsix, whyNoEditor } from './vsix.ts';
import { Workbench } from './workbench.ts';

const describeEditor = requireOrSkip('Fix Pixels in the editor', whyNoEditor);

/** Largest error of a channel at which a cell counts as right. */
const NEAR = 16;

describeEditor('a person who fixes a picture that a model drew', () => {
  let server: EditorServer;
  let window: Workbench;
  let file: string;
  let raw: Uint8Array;

  beforeAll(async () => {
    server = await EditorServer.start({}, [packVsix()]);
    const game = join(server.folder, 'game');
    const sprites = join(game, 'assets', 'sprites');
    mkdirSync(sprites, { recursive: true });
    file = join(sprites, 'potion.png');
    raw = await degradedPotion();
    writeFileSync(file, raw);
    writeFileSync(join(sprites, 'broken.png'), raw.subarray(0, 4000));
    window = await Workbench.open(server, game);
  });

  afterAll(async () => {
    await window[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const onDisk = (): RgbaImage => decodePng(readFileSync(file), nodeZlib).image;
  const page = () => window.webview();
  const report = () => page().locator('dgx-fix-report');

  async function openPotion(): Promise<void> {
    await window.page.keyboard.press('Control+p');
    await window.input.fill('potion.png');
    await window.pick('potion.png').click();
    await window.page.locator('.tab', { hasText: 'potion.png' }).waitFor();
  }

  it('sees original and result side by side, and how sure the result is', async () => {
    await openPotion();
    await window.command('DGX-Pixels: Fix Pixels…');
    await report()
      .getByText(/, sure$/)
      .waitFor({ timeout: 60_000 });
    await page().getByRole('heading', { name: 'Original, 1024 × 1024 pixels' }).waitFor();
    await page().getByRole('heading', { name: 'Result, 14 × 19 cells' }).waitFor();
    await window.screenshot('fix-light');
  });

  it('changes the palette, and the result follows while the file waits', async () => {
    await page().getByLabel('Palette').selectOption('count');
    await page().getByLabel('Colours', { exact: true }).fill('8');
    await page()
      .getByText('14 × 19 cells, 7 colours')
      .or(page().getByText('14 × 19 cells, 8 colours'))
      .waitFor();
    await page().getByLabel('Size').fill('32');
    await page().getByRole('heading', { name: 'Result, 32 × 32 cells' }).waitFor();
    await page().getByLabel('Size').fill('32x');
    await page().getByText('Write a size such as 32').waitFor();
    await page().getByLabel('Size').fill('16x20');
    await page().getByRole('heading', { name: 'Result, 16 × 20 cells' }).waitFor();
    expect(readFileSync(file).equals(Buffer.from(raw))).toBe(true);
  });

  it('has the same settings after a reload of the window', async () => {
    // As a person does it: a page that is merely loaded again stores no state of panels.
    const loaded = window.page.waitForEvent('load');
    await window.command('Developer: Reload Window');
    await loaded;
    await window.ready();
    await page()
      .getByRole('heading', { name: 'Result, 16 × 20 cells' })
      .waitFor({ timeout: 60_000 });
    expect(await page().getByLabel('Colours', { exact: true }).inputValue()).toBe('8');
  });

  it('applies after asking once, and the file is pixel-true', async () => {
    await page().getByRole('button', { name: 'Apply' }).click();
    await window.page.getByRole('button', { name: 'Replace' }).click();
    await until('the file is replaced', () => !readFileSync(file).equals(Buffer.from(raw)), 30_000);
    await page().getByText('potion.png is now 16 × 20').waitFor();
    const { width, height, data } = onDisk();
    expect([width, height]).toEqual([16, 20]);
    const truth = potion();
    let right = 0;
    const colours = new Set<string>();
    for (let at = 0; at < data.length; at += 4) {
      const cell = data.subarray(at, at + 4);
      const wanted = truth.data.subarray(at, at + 4);
      expect([0, 255]).toContain(cell[3]);
      if (cell[3] === 255) colours.add(cell.join());
      const near = cell.every((byte, place) => Math.abs(byte - (wanted[place] ?? 0)) <= NEAR);
      if (near) right++;
    }
    expect(colours.size).toBeLessThanOrEqual(8);
    expect(right / (width * height)).toBeGreaterThan(0.97);
  });

  it('undoes it', async () => {
    await page().getByRole('button', { name: 'Restore Original' }).click();
    await until('the original is back', () => readFileSync(file).equals(Buffer.from(raw)), 30_000);
    await page().getByRole('button', { name: 'Restore Original', disabled: true }).waitFor();
  });

  it('picks up what another program saved, and says so', async () => {
    writeFileSync(file, raw.subarray(0, 9000));
    await page().getByText('cannot be read').waitFor({ timeout: 30_000 });
    writeFileSync(file, raw);
    await page().getByText('was changed outside of this panel').waitFor({ timeout: 30_000 });
    await page().getByRole('heading', { name: 'Result, 16 × 20 cells' }).waitFor();
  });

  it('compares the cell under the cursor in both pictures', async () => {
    const result = page().locator('dgx-compare canvas').nth(1);
    await result.focus();
    await window.page.keyboard.press('Shift+ArrowRight');
    await page()
      .getByText(/x \d+, y \d+/)
      .waitFor();
    await page().getByRole('button', { name: 'Cell Grid' }).click();
    await window.screenshot('fix-cell');
  });

  it.each(['Dark Modern', 'Light High Contrast', 'Dark High Contrast'])(
    'shows it in %s',
    async theme => {
      await window.theme(theme);
      await page().getByRole('heading', { name: 'Result, 16 × 20 cells' }).waitFor();
      await window.page.mouse.move(400, 500);
      await window.screenshot(`fix-${theme.toLowerCase().replaceAll(' ', '-')}`);
    },
  );

  it('lists a broken picture among the problems', async () => {
    await window.command('DGX-Pixels: Lint Sprites');
    await window.page
      .locator('.markers-panel')
      .getByText('broken.png')
      .waitFor({ timeout: 60_000 });
    await window.page
      .locator('.markers-panel')
      .getByText(/soft|smeared|blur/i)
      .first()
      .waitFor();
    await window.screenshot('lint-problems');
  });
});
