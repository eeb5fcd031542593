import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
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

  /** Generate Sprite… with everything as proposed. */
  async function generate(prompt: string): Promise<void> {
    await window.command('DGX-Pixels: Generate Sprite…');
    await window.answer(prompt);
    await window.pick('Generate').click({ timeout: 60_000 });
  }

  it('draws a sprite from the palette and opens it', async () => {
    await generate('rusty sword');
    await window.screenshot('generate-progress');
    await until('the sprite is saved', () => files().includes('rusty-sword.png'), 60_000);
    const { image } = decodePng(readFileSync(join(sprites, 'rusty-sword.png')), nodeZlib);
    expect([image.width, image.height]).toEqual([32, 32]);
    await window.page.locator('.tab', { hasText: 'rusty-sword.png' }).waitFor();
    await window.webview().getByText('rusty sword').first().waitFor();
    await window.screenshot('result-light');
  });

  it('never overwrites a sprite of the same name', async () => {
    const before = readFileSync(join(sprites, 'rusty-sword.png'));
    await generate('rusty sword');
    await until('a second file is there', () => files().length === 2, 60_000);
    expect(readFileSync(join(sprites, 'rusty-sword.png')).equals(before)).toBe(true);
  });
});
