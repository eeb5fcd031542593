import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EditorServer } from '../../scripts/editor/server.ts';
import { until } from '../helpers/processes.ts';
import { requireOrSkip } from '../helpers/suite.ts';
import { fullFolder, readOnlyFolder } from './odd-folders.ts';
import { packVsix, whyNoEditor } from './vsix.ts';
import { Workbench } from './workbench.ts';

const describeEditor = requireOrSkip('bad input in the editor', whyNoEditor);

describeEditor('a person who gives the editor what it cannot take', () => {
  let server: EditorServer;

  beforeAll(async () => {
    server = await EditorServer.start({}, [packVsix()]);
  });

  afterAll(() => server[Symbol.asyncDispose]());

  function game(name: string): string {
    const folder = join(server.folder, name);
    // A test that is tried again finds its game as new.
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  function sprites(folder: string): string[] {
    const saved = join(folder, 'assets', 'sprites');
    return existsSync(saved) ? readdirSync(saved).sort() : [];
  }

  it('has no folder open: is told, chooses one, and gets the sprite there', async () => {
    const folder = game('chosen');
    await using window = await Workbench.open(server, null);
    await window.command('DGX-Pixels: Generate Sprite…');
    const told = window.toast('No folder is open to save sprites in.');
    await told.getByRole('button', { name: 'Open Folder…' }).waitFor();
    await window.screenshot('bad-no-folder');
    await told.getByRole('button', { name: 'Choose Folder…' }).click();
    await window.pick('..').waitFor();
    await window.type(`${folder}/`);
    const asked = window.input.and(window.page.getByPlaceholder(/What to draw/));
    await until('the folder is taken and the prompt asked for', async () => {
      // While the dialog lists a folder it hears no click.
      const button = window.page.locator('.quick-input-widget').getByText('Save Sprites Here');
      await button.click({ timeout: 1000 }).catch(() => undefined);
      return asked.isVisible();
    });
    await window.answer('lost key');
    await window.pick('Generate').click({ timeout: 60_000 });
    await until('the sprite is there', () => existsSync(join(folder, 'lost-key.png')), 60_000);
  });

  it('has a folder that is read-only: is told before anything is drawn', async context => {
    using folder = readOnlyFolder(join(server.folder, 'sealed'));
    if (folder === null) return context.skip('nothing can be mounted here');
    await using window = await Workbench.open(server, folder.path);
    await window.generate('vain sword');
    const told = window.toast(/sealed\S* cannot be written to, so sprites cannot be saved there/);
    await told.getByRole('button', { name: 'Change Folder…' }).waitFor();
    await window.screenshot('bad-read-only');
    await expect(window.status(/job/).count()).resolves.toBe(0);
  });

  it('has a file where the folder should be: is told before anything is drawn', async () => {
    const folder = game('blocked');
    writeFileSync(join(folder, 'assets'), '');
    await using window = await Workbench.open(server, folder);
    await window.generate('vain sword');
    const told = window.toast(/assets is a file, so sprites cannot be saved there/);
    await told.getByRole('button', { name: 'Change Folder…' }).click();
    await window.page.locator('.settings-editor').getByText('Output: Folder').first().waitFor();
  });

  it('has a full disk: nothing is lost, and it is saved once there is room', async context => {
    using folder = fullFolder(join(server.folder, 'full'));
    if (folder === null) return context.skip('nothing can be mounted here');
    await using window = await Workbench.open(server, folder.path);
    await window.generate('heavy anvil');
    const told = window.toast(/The disk is full, so the sprite could not be saved/);
    await told.getByRole('button', { name: 'Choose Folder…' }).waitFor();
    await window.screenshot('bad-disk-full');
    expect(sprites(folder.path)).toEqual([]);
    folder.makeRoom();
    await told.getByRole('button', { name: 'Try Again' }).click();
    await until('it is saved', () => sprites(folder.path).length === 1, 60_000);
  });

  it('declines on a full disk: the sprite is saved after the next start', async context => {
    using folder = fullFolder(join(server.folder, 'full-again'));
    if (folder === null) return context.skip('nothing can be mounted here');
    await using window = await Workbench.open(server, folder.path);
    await window.generate('heavy anvil');
    const told = window.toast(/The disk is full/);
    await told.hover();
    await told.locator('.codicon-notifications-clear').click();
    folder.makeRoom();
    await window.command('Developer: Reload Window');
    await window.command('DGX-Pixels: Show Queue');
    await until('it is saved', () => sprites(folder.path).length === 1, 60_000);
  });

  it('has two folders open: is asked which, unless a file of one is in front', async () => {
    const [alpha, beta] = [game('two/alpha'), game('two/beta')];
    writeFileSync(join(alpha, 'game.js'), '// a game\n');
    mkdirSync(join(beta, '.vscode'), { recursive: true });
    const own = JSON.stringify({ 'dgx-pixels.output.folder': 'art' });
    writeFileSync(join(beta, '.vscode', 'settings.json'), own);
    const both = join(server.folder, 'two', 'both.code-workspace');
    writeFileSync(both, JSON.stringify({ folders: [{ path: 'alpha' }, { path: 'beta' }] }));
    await using window = await Workbench.open(server, both);

    await window.ask('DGX-Pixels: Generate Sprite…');
    await window.asked('Folder of the game that the sprites are for');
    await window.screenshot('bad-two-folders');
    await window.pick('beta').click();
    await window.asked(/What to draw/);
    await window.answer('blue gem');
    await window.pick('Generate').click({ timeout: 60_000 });
    await until('it is in beta', () => existsSync(join(beta, 'art', 'blue-gem.png')), 60_000);

    await window.openFile('game.js');
    await window.generate('red gem');
    await until('it is in alpha', () => sprites(alpha).includes('red-gem.png'), 60_000);
  });

  it('asks for an emoji, for ten kilobytes, for a size that is none, and clicks twice', async () => {
    const folder = game('prompts');
    await using window = await Workbench.open(server, folder);
    await window.generate('🐉');
    await until('the emoji is drawn', () => sprites(folder).length === 1, 60_000);
    expect(sprites(folder)).toEqual(['sprite.png']);

    await window.ask('DGX-Pixels: Generate Sprite…');
    await window.asked(/What to draw/);
    await window.answer('a'.repeat(10_240));
    await window.pick(/The prompt has 10240 characters; at most \d+ are taken/).waitFor();
    await window.screenshot('bad-long-prompt');
    expect(await window.input.inputValue()).toHaveLength(10_240);
    await window.answer('brass bell');

    await window.pick('Size').click({ timeout: 60_000 });
    await window.asked(/Choose, or type another/);
    await window.type('1024x1024');
    await window.pick('Write a size from 1 to 512').waitFor();
    await window.screenshot('bad-size');
    await window.input.press('Enter');
    await window.pick('Write a size from 1 to 512').waitFor();
    await window.answer('20');
    await window.pick('Generate').dblclick();
    await until('it is drawn', () => sprites(folder).length === 2, 60_000);
    await window.status(/built-in engine$/).waitFor({ timeout: 30_000 });
    expect(sprites(folder)).toEqual(['brass-bell.png', 'sprite.png']);
  });
});
