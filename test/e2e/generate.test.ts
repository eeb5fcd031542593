import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EditorServer } from '../../scripts/editor/server.ts';
import { decodePng } from '../../src/pixels/png/decode.ts';
import { nodeZlib } from '../../src/worker/images/node-zlib.ts';
import { until } from '../helpers/processes.ts';
import { requireOrSkip } from '../helpers/suite.ts';
import { packVsix, whyNoEditor } from './vsix.ts';
import { Workbench } from './workbench.ts';

const root = join(import.meta.dirname, '..', '..');
const describeEditor = requireOrSkip('a person in the editor', whyNoEditor);

describeEditor('a person with the installed VSIX and the example game', () => {
  let server: EditorServer;
  let window: Workbench;
  let sprites: string;

  beforeAll(async () => {
    server = await EditorServer.start({}, [packVsix()]);
    const game = join(server.folder, 'dungeon');
    cpSync(join(root, 'examples/dungeon'), game, {
      recursive: true,
      filter: path => !path.includes('assets'),
    });
    sprites = join(game, 'assets', 'sprites');
    window = await Workbench.open(server, game);
  });

  afterAll(async () => {
    await window[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  function files(): string[] {
    return existsSync(sprites) ? readdirSync(sprites).filter(name => name.endsWith('.png')) : [];
  }

  /** Types a text again and again until something is seen, as who works on meanwhile. @returns all that was typed */
  async function typeUntil(text: string, delay: number, what: string): Promise<string> {
    let typed = '';
    const seen = window.page.locator(what);
    await until(`${what} is there`, async () => {
      typed += text;
      await window.page.keyboard.type(text, { delay });
      return seen.isVisible();
    });
    return typed;
  }

  it('draws a sprite from the palette and opens it', async () => {
    await window.generate('rusty sword');
    await window.screenshot('generate-progress');
    const file = join(sprites, 'rusty-sword.png');
    // Its name is claimed a moment before it has its content.
    await until('the sprite is saved', () => existsSync(file) && statSync(file).size > 0, 60_000);
    const { image } = decodePng(readFileSync(file), nodeZlib);
    expect([image.width, image.height]).toEqual([32, 32]);
    await window.page.locator('.tab', { hasText: 'rusty-sword.png' }).waitFor();
    await window.webview().getByText('rusty sword').first().waitFor();
    await window.screenshot('result-light');
  });

  it('never overwrites a sprite of the same name', async () => {
    const before = readFileSync(join(sprites, 'rusty-sword.png'));
    await window.generate('rusty sword');
    await until('a second file is there', () => files().length === 2, 60_000);
    expect(readFileSync(join(sprites, 'rusty-sword.png')).equals(before)).toBe(true);
  });

  it('keeps the keyboard with the next question while the sprite before it opens', async () => {
    await window.generate('oak shield');
    await window.ask('DGX-Pixels: Generate Sprite…');
    const typed = await typeUntil('ab ', 30, '.tab:has-text("oak-shield.png")');
    await window.page.keyboard.type('end', { delay: 60 });
    expect(await window.input.inputValue()).toBe(`${typed}end`);
    await window.page.keyboard.press('Escape');
  });

  it('keeps a text in front that somebody goes on writing, and opens the sprite behind it', async () => {
    await window.openFile('game.js');
    await window.generate('iron helmet');
    await window.toast('iron helmet').waitFor();
    await window.page.locator('.editor-instance .view-line').first().click();
    const typed = await typeUntil('/', 50, '.tab:has-text("iron-helmet.png")');
    await window.page.keyboard.type('/', { delay: 200 });
    await window.page.locator('.view-line', { hasText: `${typed}/` }).waitFor();
    await window
      .toast(/iron-helmet|1 sprite/)
      .getByRole('button', { name: 'Open' })
      .waitFor();
    await window.screenshot('opened-behind');
    await window
      .toast(/iron-helmet|1 sprite/)
      .getByRole('button', { name: 'Open' })
      .click();
    await window.page.locator('.tab.active', { hasText: 'iron-helmet.png' }).waitFor();
  });

  it('leaves the keyboard where one types of which no extension is told', async () => {
    await window.generate('brass key');
    await window.page.keyboard.press('Control+Shift+f');
    const field = window.page.locator('.search-view textarea').first();
    await field.fill('');
    const typed = await typeUntil('ab ', 30, '.tab.active:has-text("brass-key.png")');
    await window.page.keyboard.type('end', { delay: 60 });
    expect(await field.inputValue()).toBe(`${typed}end`);
  });

  it('opens the sprite behind another tab that somebody has turned to', async () => {
    await window.openFile('index.html');
    await window.openFile('game.js');
    await window.generate('tin cup');
    await window.page.locator('.tab', { hasText: 'index.html' }).click();
    const told = window.toast(/1 sprite saved/);
    await told.getByRole('button', { name: 'Open' }).waitFor();
    await window.page.locator('.tab.active', { hasText: 'index.html' }).waitFor();
    await window.page.locator('.tab', { hasText: 'tin-cup.png' }).waitFor();
    await told.getByRole('button', { name: 'Open' }).click();
    await window.page.locator('.tab.active', { hasText: 'tin-cup.png' }).waitFor();
  });

  it('draws five prompts of a list as one batch', async () => {
    await window.ask('DGX-Pixels: Generate Sprites…');
    await window.pick('Write a list').click();
    await window.page.locator('.tab', { hasText: 'Untitled' }).waitFor();
    await window.page.locator('.editor-instance .monaco-editor.focused').waitFor();
    const list = ['red potion', 'blue potion', 'old key', 'torch', 'green gem 16x16'];
    // At once: while somebody types, Enter may take a word that the editor suggests.
    await window.page.keyboard.insertText(`${list.join('\n')}\n`);
    await window.page.locator('.view-line', { hasText: 'green gem' }).waitFor();
    await window.ask('DGX-Pixels: Generate Sprites…');
    await window.pick('Generate 5 sprites').click({ timeout: 60_000 });
    await window.screenshot('batch-progress');
    await until('all five are saved', () => files().length === 11, 90_000);
    expect(files()).toEqual(
      expect.arrayContaining(['red-potion.png', 'old-key.png', 'torch.png', 'green-gem.png']),
    );
    await window.toast(/5 sprites/).waitFor();
    await window.screenshot('batch-done');
  });

  it('cancels a job from its progress', async () => {
    const before = files().length;
    await window.generate('slow dragon', 40);
    await window.toast('slow dragon').getByRole('button', { name: 'Cancel' }).click();
    await window.status(/built-in engine$/).waitFor();
    // Drawn before the click, perhaps; never all forty.
    expect(files().length).toBeLessThan(before + 10);
  });

  it('finishes a job whose window was reloaded meanwhile', async () => {
    await window.generate('slow knight', 4);
    await window.status(/1 job/).waitFor();
    await window.reload();
    await window.command('DGX-Pixels: Show Queue');
    const knights = () => files().filter(name => name.startsWith('slow-knight'));
    await until('all four are saved', () => knights().length === 4, 120_000);
    await window.page.getByText('Ended').waitFor();
  });

  it.each(['Dark Modern', 'Light High Contrast', 'Dark High Contrast'])(
    'shows queue, results and the sprite in %s',
    async theme => {
      await window.command('DGX-Pixels: Show Queue');
      await window.theme(theme);
      await window.page.getByText('rusty-sword.png').first().click();
      await (
        await window.frameWith('dgx-result-editor')
      )
        .getByText('rusty sword')
        .first()
        .waitFor();
      await window.screenshot(`theme-${theme.toLowerCase().replaceAll(' ', '-')}`);
    },
  );
});
