import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Api } from '../../src/extension/extension.ts';
import { COMMANDS, SETTINGS } from '../../src/extension/ids.ts';
import type { FixFindingsAnswer } from '../../src/extension/lint/fix-findings.ts';
import { extensionApi, until, workspaceFolder } from './extension-api.ts';
import { enlargedPotion, faultyPotion, potionPng } from './pictures.ts';

const run = <T>(command: string, ...given: unknown[]) =>
  vscode.commands.executeCommand<T>(command, ...given);

describe('lint in the Problems panel', () => {
  let api: Api;
  let folder: string;

  before(async () => {
    api = await extensionApi();
    folder = join(workspaceFolder().uri.fsPath, 'art', 'sprites');
    await makeWatched(folder);
  });

  /** Makes a folder that the editor hears of: its watcher may miss one that comes together with its parent. */
  async function makeWatched(path: string): Promise<void> {
    const parent = vscode.Uri.file(join(path, '..', '..'));
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(parent, '**/heard-*'),
    );
    try {
      const heard: vscode.Uri[] = [];
      watcher.onDidCreate(file => heard.push(file));
      for (let attempt = 0; heard.length === 0; attempt++) {
        assert.ok(attempt < 30, 'the editor hears of no new file');
        if (attempt % 5 === 0) rmSync(path, { recursive: true, force: true });
        mkdirSync(path, { recursive: true });
        const probe = join(path, `heard-${attempt}`);
        writeFileSync(probe, '');
        await new Promise(resolve => setTimeout(resolve, 500));
        rmSync(probe);
      }
    } finally {
      watcher.dispose();
    }
  }

  after(async () => {
    await set(SETTINGS.lintSize, undefined);
    await set(SETTINGS.lintSeverity, undefined);
    await set(SETTINGS.lintPalette, undefined);
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  function set(id: string, value: unknown): Thenable<void> {
    const target = vscode.ConfigurationTarget.Workspace;
    return vscode.workspace.getConfiguration().update(id, value, target);
  }

  function put(name: string, bytes: Uint8Array): vscode.Uri {
    writeFileSync(join(folder, name), bytes);
    return vscode.Uri.file(join(folder, name));
  }

  const codes = (file: vscode.Uri): unknown[] =>
    vscode.languages.getDiagnostics(file).map(({ code }) => code);

  it('lists what is wrong with a sprite that came into a folder of the setting', async () => {
    const file = put('faulty.png', faultyPotion());
    await until('it is found', () => codes(file).includes('half-alpha'));
    const [found] = vscode.languages.getDiagnostics(file);
    assert.equal(found?.source, 'DGX-Pixels');
    assert.match(found.message, /x 6, y 12/);
    assert.equal(found.severity, vscode.DiagnosticSeverity.Warning);
  });

  it('finds nothing in a clean one, and says when one cannot be read', async () => {
    const clean = put('clean.png', potionPng());
    const torn = put('torn.png', potionPng().subarray(0, 120));
    await until('the torn one is listed', () => codes(torn).length === 1);
    assert.equal(
      vscode.languages.getDiagnostics(torn)[0]?.severity,
      vscode.DiagnosticSeverity.Error,
    );
    assert.deepEqual(codes(clean), []);
    rmSync(torn.fsPath);
    await until('it is gone with its file', () => codes(torn).length === 0);
  });

  it('mends what can be mended, and the original comes back', async () => {
    const before = faultyPotion();
    const file = put('mend.png', before);
    await until('it is found', () => codes(file).includes('half-alpha'));
    const answer = await run<FixFindingsAnswer>(COMMANDS.fixLintFindings, file, {});
    assert.deepEqual(answer.files, [file.fsPath]);
    assert.ok(answer.fixed.includes('half-alpha'));
    await until('the problem is gone', () => !codes(file).includes('half-alpha'));
    await run(COMMANDS.restoreOriginal, file);
    assert.ok(readFileSync(file.fsPath).equals(Buffer.from(before)));
  });

  it('says so when nothing can be mended', async () => {
    const file = put('nothing.png', potionPng());
    assert.equal(await run(COMMANDS.fixLintFindings, file, {}), undefined);
    assert.equal(api.toldFaults().at(-1)?.code, 'nothing-to-fix');
    assert.deepEqual(api.toldFaults().at(-1)?.actions, ['Fix Pixels…']);
  });

  it('shrinks a sprite that was enlarged', async () => {
    const file = put('large.png', enlargedPotion(4));
    await until('it is found', () => codes(file).includes('upscaled'));
    await run(COMMANDS.fixLintFindings, file, { codes: ['upscaled'] });
    await until('the problem is gone', () => !codes(file).includes('upscaled'));
  });

  it('follows the settings of the project', async () => {
    const file = put('size.png', potionPng());
    await set(SETTINGS.lintSize, '32');
    await until('the size is wrong', () => codes(file).includes('wrong-size'));
    await set(SETTINGS.lintSeverity, { 'wrong-size': 'off' });
    await until('nobody minds', () => !codes(file).includes('wrong-size'));
    writeFileSync(join(folder, 'two.hex'), '000000\nffffff\n');
    await set(SETTINGS.lintPalette, 'art/sprites/two.hex');
    await until('its colours are others', () => codes(file).includes('off-palette'));
    await run(COMMANDS.lintSprites);
    assert.ok(codes(file).includes('off-palette'));
  });
});
