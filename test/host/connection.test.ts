import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { COMMANDS, SETTINGS } from '../../src/extension/ids.ts';
import { extensionApi, untilState } from './extension-api.ts';

describe('the connection', () => {
  it('starts the local worker on demand and tells about it', async () => {
    const api = await extensionApi();
    await vscode.commands.executeCommand(COMMANDS.startLocalWorker);
    const { worker, servers } = await untilState(api, 'ready');
    assert.equal(worker.target.kind, 'local');
    assert.equal(worker.version, api.services.version);
    assert.ok(servers.length > 0);
  });

  it('says that a worker was killed, and starts it again', async () => {
    const api = await extensionApi();
    await api.services.link.client();
    const { worker } = await untilState(api, 'ready');
    const gone = untilState(api, 'disconnected');
    process.kill(worker.pid, 'SIGKILL');
    const { reason } = await gone;
    assert.notEqual(reason, '');
    const after = await untilState(api, 'ready');
    assert.notEqual(after.worker.instance, worker.instance);
  });

  it('stops the local worker when asked to', async () => {
    const api = await extensionApi();
    await api.services.link.client();
    assert.equal(await vscode.commands.executeCommand(COMMANDS.stopLocalWorker), true);
    await untilState(api, 'off');
  });

  it('refuses a torn connection string and stays as it was', async () => {
    const api = await extensionApi();
    const before = vscode.workspace.getConfiguration().get(SETTINGS.worker);
    await vscode.commands.executeCommand(COMMANDS.connectToWorker, 'dgxp1:eyJuYW1lIjoi');
    const fault = api.toldFaults().at(-1);
    assert.equal(fault?.code, 'invalid-params');
    assert.match(fault.message, /torn or mistyped/);
    assert.equal(vscode.workspace.getConfiguration().get(SETTINGS.worker), before);
    assert.equal(await api.services.store.get(), null);
  });
});
