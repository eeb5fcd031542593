import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { GenerateAnswer } from '../../src/extension/commands/generate-sprite.ts';
import { COMMANDS, SETTINGS } from '../../src/extension/ids.ts';
import { setting } from '../../src/extension/settings/settings.ts';
import { extensionApi, untilState, workspaceFolder } from './extension-api.ts';

// The workspace's own settings name another worker, engine and folder, see run.ts.
describe('in a workspace that is not trusted', () => {
  it('the extension is there, in its limited form', () => {
    assert.equal(vscode.workspace.isTrusted, false);
    assert.ok(vscode.extensions.getExtension('dgx-pixels.dgx-pixels'));
  });

  it('settings of the workspace do not choose worker, engine or folder', () => {
    const written = vscode.workspace.getConfiguration().inspect(SETTINGS.outputMetadata);
    assert.equal(written?.workspaceValue, 'none', 'the settings file was not read');
    assert.equal(setting(SETTINGS.outputMetadata), 'none');
    assert.equal(setting(SETTINGS.worker), 'local');
    assert.equal(setting(SETTINGS.localEngine), 'auto');
    assert.equal(setting(SETTINGS.comfyuiUrl), 'http://127.0.0.1:8188');
    assert.equal(setting(SETTINGS.dataFolder), '');
    assert.equal(setting(SETTINGS.outputFolder, workspaceFolder()), 'assets/sprites');
  });

  it('a sprite is drawn by the local worker and lies where the person’s own settings say', async () => {
    const api = await extensionApi();
    const answer = await vscode.commands.executeCommand<GenerateAnswer>(COMMANDS.generateSprite, {
      prompt: 'old coin',
    });
    const { worker } = await untilState(api, 'ready');
    assert.equal(worker.target.kind, 'local');
    assert.equal(answer.placeholder, true);
    const folder = workspaceFolder().uri.fsPath;
    assert.deepEqual(answer.files, [join(folder, 'assets', 'sprites', 'old-coin.png')]);
    assert.equal(existsSync(join(folder, 'elsewhere')), false);
  });
});
