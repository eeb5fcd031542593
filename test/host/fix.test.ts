import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Api } from '../../src/extension/extension.ts';
import { COMMANDS, FIX_PANEL } from '../../src/extension/ids.ts';
import type { FixAnswer } from '../../src/extension/pixels/fix-pixels.ts';
import { decodePng } from '../../src/pixels/png/decode.ts';
import { extensionApi, until } from './extension-api.ts';
import { enlargedPotion, potionPng, zlib } from './pictures.ts';

const run = <T>(command: string, ...given: unknown[]) =>
  vscode.commands.executeCommand<T>(command, ...given);

describe('Fix Pixels…', () => {
  let api: Api;
  let folder: string;

  before(async () => {
    api = await extensionApi();
    folder = mkdtempSync(join(tmpdir(), 'dgxp-fix-'));
  });

  after(async () => {
    await run('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
  });

  const lastFault = () => api.toldFaults().at(-1);

  function put(name: string, bytes: Uint8Array): vscode.Uri {
    writeFileSync(join(folder, name), bytes);
    return vscode.Uri.file(join(folder, name));
  }

  it('replaces a file with its true pixels, keeps its texts, and gives the original back', async () => {
    const raw = enlargedPotion(16, { 'dgx-pixels': '{"mine":true}' });
    const file = put('potion.png', raw);
    const answer = await run<FixAnswer>(COMMANDS.fixPixels, file, {
      apply: true,
      settings: { palette: { kind: 'count', colors: 4 } },
    });
    assert.deepEqual(answer.report.size, [14, 19]);
    assert.ok(answer.report.grid.confidence > 0.9);
    const { image, text } = decodePng(readFileSync(file.fsPath), zlib);
    assert.deepEqual([image.width, image.height], [14, 19]);
    assert.equal(text['dgx-pixels'], '{"mine":true}');
    assert.equal(await run(COMMANDS.restoreOriginal, file), 1);
    assert.ok(readFileSync(file.fsPath).equals(Buffer.from(raw)));
  });

  it('keeps what somebody drew since, when the original is put back', async () => {
    const raw = enlargedPotion(8);
    const file = put('drawn.png', raw);
    await run(COMMANDS.fixPixels, file, { apply: true });
    const drawn = potionPng({ who: 'me' });
    writeFileSync(file.fsPath, drawn);
    await run(COMMANDS.restoreOriginal, file);
    assert.ok(readFileSync(file.fsPath).equals(Buffer.from(raw)));
    await run(COMMANDS.restoreOriginal, file);
    assert.ok(readFileSync(file.fsPath).equals(Buffer.from(drawn)));
  });

  it('writes a copy only under a name that is free', async () => {
    const file = put('copy.png', enlargedPotion(8));
    const saveAs = join(folder, 'copy-fixed.png');
    const answer = await run<FixAnswer>(COMMANDS.fixPixels, file, { saveAs });
    assert.equal(answer.file, saveAs);
    const written = readFileSync(saveAs);
    assert.equal(await run(COMMANDS.fixPixels, file, { saveAs }), undefined);
    assert.equal(lastFault()?.code, 'conflict');
    assert.ok(readFileSync(saveAs).equals(written));
  });

  it('tells in one sentence what is no picture, torn, or does not fit', async () => {
    const text = put('text.png', Buffer.from('not a picture'));
    await run(COMMANDS.fixPixels, text, { apply: true });
    assert.equal(lastFault()?.code, 'not-png');
    const torn = put('torn.png', enlargedPotion(16).subarray(0, 200));
    await run(COMMANDS.fixPixels, torn, { apply: true });
    assert.ok(['truncated', 'corrupt'].includes(lastFault()?.code ?? ''));
    const good = put('good.png', enlargedPotion(8));
    await run(COMMANDS.fixPixels, good, {
      apply: true,
      settings: { size: [4, 4], fit: 'fail' },
    });
    assert.equal(lastFault()?.code, 'too-many-cells');
    assert.equal(existsSync(good.fsPath), true);
    await run(COMMANDS.fixPixels, vscode.Uri.file(join(folder, 'none.png')), { apply: true });
    assert.match(lastFault()?.message ?? '', /none\.png was deleted or moved/);
    await run(COMMANDS.restoreOriginal, good);
    assert.equal(lastFault()?.code, 'no-backup');
  });

  it('opens one panel for a picture, and shows it again', async () => {
    mkdirSync(join(folder, 'panels'));
    const file = put('panels/one.png', enlargedPotion(8));
    const panels = () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(
          ({ input, label }) =>
            input instanceof vscode.TabInputWebview &&
            input.viewType.endsWith(FIX_PANEL) &&
            label === 'Fix: one.png',
        );
    await run(COMMANDS.fixPixels, file);
    await until('the panel is open', () => panels().length === 1);
    await run(COMMANDS.fixPixels, file, [file]);
    assert.equal(panels().length, 1);
  });
});
