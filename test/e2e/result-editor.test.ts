import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EditorServer } from '../../scripts/editor/server.ts';
import { decodePng } from '../../src/pixels/png/decode.ts';
import { encodePng } from '../../src/pixels/png/encode.ts';
import { nodeZlib } from '../../src/worker/images/node-zlib.ts';
import { until } from '../helpers/processes.ts';
import { requireOrSkip } from '../helpers/suite.ts';
import { packVsix, whyNoEditor } from './vsix.ts';
import { Workbench } from './workbench.ts';

const describeEditor = requireOrSkip('the result editor', whyNoEditor);

describeEditor('a person who looks at a sprite', () => {
  let server: EditorServer;
  let window: Workbench;
  let game: string;
  let sprite: string;

  beforeAll(async () => {
    server = await EditorServer.start(
      {
        settings: {
          'workbench.colorTheme': 'Default Dark Modern',
          'workbench.editorAssociations': { '*.png': 'dgx-pixels.result' },
        },
      },
      [packVsix()],
    );
    game = join(server.folder, 'game');
    mkdirSync(game);
    sprite = join(game, 'assets', 'sprites', 'knight.png');
    window = await Workbench.open(server, game);
  });

  afterAll(async () => {
    await window[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  /** What the page says at its lower edge, or in place of a picture. */
  async function said(): Promise<string> {
    const page = await window.frameWith('dgx-result-editor');
    const texts = await page
      .locator('dgx-result-editor footer, dgx-result-editor [role=alert]')
      .allInnerTexts();
    return texts.join(' ').replace(/\s+/g, ' ');
  }

  async function untilSaid(words: RegExp): Promise<void> {
    let last = '';
    await until(`it says ${words.source}`, async () => {
      last = await said().catch(() => '');
      return words.test(last);
    }).catch((error: unknown) => {
      throw new Error(`it says: ${last}`, { cause: error });
    });
  }

  async function zoom(): Promise<number> {
    const page = await window.frameWith('dgx-picture canvas.stage');
    return Number.parseInt(await page.locator('dgx-result-editor .zoom').innerText(), 10);
  }

  it('zooms by whole steps and reads the colour of a cell', async () => {
    await window.generate('knight');
    await until('it is saved', () => existsSync(sprite), 60_000);
    const page = await window.frameWith('dgx-picture canvas.stage');
    const stage = page.locator('dgx-picture canvas.stage');
    const fitted = await zoom();
    expect(fitted).toBeGreaterThan(4);
    await stage.focus();
    await window.page.keyboard.press('+');
    await until('it is larger', async () => (await zoom()) > fitted);
    await window.page.keyboard.press('1');
    await until('it is at true size', async () => (await zoom()) === 1);
    await window.page.keyboard.press('0');
    await until('it is fitted', async () => (await zoom()) === fitted);

    // The middle of the picture is in the middle of the stage.
    const box = await stage.boundingBox();
    if (box === null) throw new Error('no stage');
    await window.page.mouse.move(box.x + box.width / 2 + 2, box.y + box.height / 2 + 2);
    await untilSaid(/x 16, y 16/);
    const { image } = decodePng(readFileSync(sprite), nodeZlib);
    const at = 4 * (16 * image.width + 16);
    const [r = 0, g = 0, b = 0, a = 0] = image.data.subarray(at, at + 4);
    const hex = [r, g, b].map(value => value.toString(16).padStart(2, '0')).join('');
    await untilSaid(a === 0 ? /transparent/ : new RegExp(`#${hex}`, 'i'));
    await window.screenshot('result-cell');
  });

  it('finds zoom, grid and backdrop as they were after the window was reloaded', async () => {
    const page = await window.frameWith('dgx-picture canvas.stage');
    await page.locator('dgx-picture canvas.stage').focus();
    for (const key of ['1', '+', '+', 'g', 'b']) await window.page.keyboard.press(key);
    const before = await zoom();
    await window.command('Developer: Reload Window');
    await until('the window is another', () => page.isDetached());
    await window.ready();
    const again = await window.frameWith('dgx-picture canvas.stage');
    expect(await zoom()).toBe(before);
    const pressed = again.locator('dgx-result-editor dgx-button[aria-pressed=true]');
    const labels = (await pressed.all()).map(button => button.getAttribute('aria-label'));
    expect(await Promise.all(labels)).toEqual(['Cell Grid (G)', 'Editor Background']);
    await window.screenshot('result-restored');
  });

  it('follows a file that is changed, deleted and put back', async () => {
    const kept = join(server.folder, 'kept.png');
    copyFileSync(sprite, kept);
    const small = { width: 3, height: 2, data: new Uint8ClampedArray(24).fill(255) };
    writeFileSync(sprite, encodePng(small, nodeZlib));
    await untilSaid(/3 × 2 cells/);
    rmSync(sprite);
    await untilSaid(/knight\.png was deleted or moved\. It is shown again when it comes back\./);
    await window.screenshot('result-deleted');
    copyFileSync(kept, sprite);
    await untilSaid(/32 × 32 cells/);
  });

  it('says what is wrong with a torn file and with one that is no PNG', async () => {
    const whole = readFileSync(sprite);
    await window.command('View: Close All Editors');
    writeFileSync(join(game, 'text.png'), 'hello');
    writeFileSync(join(game, 'torn.png'), whole.subarray(0, 60));
    writeFileSync(join(game, 'good [1].png'), whole);
    await window.openFile('text.png');
    await untilSaid(/text\.png is not a PNG; open it with another editor\./);
    await window.command('View: Close All Editors');
    await window.openFile('torn.png');
    await untilSaid(/torn\.png cannot be shown\./);
    await window.screenshot('result-torn');
    await window.command('View: Close All Editors');
    await window.openFile('good [1].png');
    await untilSaid(/32 × 32 cells/);
  });
});
