import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Api } from '../../src/extension/extension.ts';
import { COMMANDS } from '../../src/extension/ids.ts';
import type { ExportAnswer } from '../../src/extension/pixels/export/export-sheet.ts';
import { extensionApi, workspaceFolder } from './extension-api.ts';
import { walkingPotion } from './pictures.ts';

const exportSheet = (...given: unknown[]) =>
  vscode.commands.executeCommand<ExportAnswer | undefined>(COMMANDS.exportSheet, ...given);

describe('Export Sheet…', () => {
  let api: Api;
  let game: string;
  let frames: vscode.Uri;

  before(async () => {
    api = await extensionApi();
    game = join(workspaceFolder().uri.fsPath, 'godot-game');
    frames = vscode.Uri.file(join(game, 'frames'));
    mkdirSync(frames.fsPath, { recursive: true });
    writeFileSync(join(game, 'project.godot'), 'config_version=5\n');
    for (const step of [0, 1, 2, 3]) {
      writeFileSync(join(frames.fsPath, `walk_${step}.png`), walkingPotion(step));
    }
  });

  after(() => rmSync(game, { recursive: true, force: true }));

  it('puts the frames of a folder on a sheet, with the animation that their names tell', async () => {
    const folder = join(game, 'sheets');
    const answer = await exportSheet(frames, { to: 'godot', name: 'hero', folder });
    assert.equal(answer?.frames, 4);
    assert.deepEqual(answer.tags, ['walk']);
    assert.ok(answer.files.every(({ action }) => action === 'written'));
    const tres = readFileSync(join(folder, 'hero.tres'), 'utf8');
    assert.match(tres, /res:\/\/sheets\/hero\.png/);
    assert.match(tres, /&"walk"/);
  });

  it('keeps what was set in the engine when it exports again', async () => {
    const folder = join(game, 'sheets');
    const path = join(folder, 'hero.tres');
    const edited = readFileSync(path, 'utf8').replace(/"speed": [\d.]+/, '"speed": 12.5');
    assert.match(edited, /12\.5/);
    writeFileSync(path, edited);
    const again = await exportSheet(frames, { to: 'godot', name: 'hero', folder });
    assert.match(readFileSync(path, 'utf8'), /"speed": 12\.5/);
    assert.ok(again?.files.every(({ action }) => action !== 'replaced'));
  });

  it('never replaces what no export wrote, unless it is told to', async () => {
    const folder = join(game, 'mine');
    mkdirSync(folder);
    writeFileSync(join(folder, 'hero.gif'), 'mine');
    const request = { to: 'gif', name: 'hero', folder };
    assert.equal(await exportSheet(frames, request), undefined);
    assert.equal(api.toldFaults().at(-1)?.code, 'conflict');
    assert.equal(readFileSync(join(folder, 'hero.gif'), 'utf8'), 'mine');
    const forced = await exportSheet(frames, { ...request, force: true });
    assert.deepEqual(
      forced?.files.map(({ path }) => basename(path)),
      ['hero.gif'],
    );
  });

  it('tells what is no frame and no format', async () => {
    writeFileSync(join(game, 'torn.png'), walkingPotion(0).subarray(0, 90));
    await exportSheet(vscode.Uri.file(join(game, 'torn.png')), { to: 'phaser' });
    assert.match(api.toldFaults().at(-1)?.message ?? '', /^torn\.png cannot be read/);
    await exportSheet(frames, { to: 'flash' });
    assert.equal(api.toldFaults().at(-1)?.code, 'invalid-params');
  });
});
