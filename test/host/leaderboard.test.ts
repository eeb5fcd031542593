import { strict as assert } from 'node:assert';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { ComparePart } from '../../src/extension/compare/load-part.ts';
import type { Api } from '../../src/extension/extension.ts';
import { COMMANDS, LEADERBOARD_PANEL } from '../../src/extension/ids.ts';
import type { VoteEvent } from '../../src/project/votes/vote-event.ts';
import { vote } from '../unit/project/votes/events.ts';
import { extensionApi, until, workspaceFolder } from './extension-api.ts';

const lines = (events: readonly VoteEvent[]): string =>
  events.map(event => `${JSON.stringify(event)}\n`).join('');

describe('Show Leaderboard', () => {
  let api: Api;
  let part: ComparePart;
  let folder: string;
  let file: string;

  before(async () => {
    api = await extensionApi();
    // The bundle that the extension loads: the store is one for both.
    const path = join(api.services.context.extensionPath, 'dist', 'extension-compare.cjs');
    part = (await import(path)) as ComparePart;
    folder = join(workspaceFolder().uri.fsPath, '.dgx-pixels');
    file = join(folder, 'votes.jsonl');
    mkdirSync(folder, { recursive: true });
    rmSync(file, { force: true });
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(file, { force: true });
  });

  const tabs = () =>
    vscode.window.tabGroups.all
      .flatMap(group => group.tabs)
      .filter(
        ({ input }) =>
          input instanceof vscode.TabInputWebview && input.viewType.endsWith(LEADERBOARD_PANEL),
      );

  it('opens one tab for a folder, and shows it again', async () => {
    writeFileSync(file, lines([vote(1, ['a', 'b'], ['a'])]));
    const told = api.toldFaults().length;
    await vscode.commands.executeCommand(COMMANDS.showLeaderboard);
    await until('the leaderboard is open', () => tabs().length === 1);
    await vscode.commands.executeCommand(COMMANDS.showLeaderboard, workspaceFolder().uri);
    assert.equal(tabs().length, 1);
    assert.equal(tabs()[0]?.label, 'Leaderboard');
    assert.equal(api.toldFaults().length, told);
  });

  it('reads a file that is not whole, and follows what others write into it', async () => {
    const store = part.voteStoreFor(api.services, workspaceFolder().uri);
    writeFileSync(file, `${lines([vote(1, ['a', 'b'], ['a'])])}rubbish\n`);
    await store.ready();
    await until('the votes are read', () => store.problems.length === 1);
    assert.deepEqual(store.problems, [{ line: 2, reason: 'not a whole line of JSON' }]);
    let changes = 0;
    const listening = store.onDidChange(() => (changes += 1));
    appendFileSync(file, lines([vote(2, ['a', 'b'], ['b'])]));
    await until('the other vote is seen', () => store.events.length === 2);
    assert.ok(changes > 0);
    listening.dispose();
  });

  it('appends a vote behind a torn line, and tells those who listen', async () => {
    const store = part.voteStoreFor(api.services, workspaceFolder().uri);
    await store.ready();
    const torn = `${lines([vote(1, ['a', 'b'], ['a'])])}{"v":1,"kind`;
    writeFileSync(file, torn);
    await until('the torn line is seen', () => store.problems.length === 1);
    let changes = 0;
    const listening = store.onDidChange(() => (changes += 1));
    const third = vote(3, ['a', 'b'], ['a']);
    await store.append(third);
    listening.dispose();
    assert.equal(changes, 1);
    const text = readFileSync(file, 'utf8');
    assert.ok(text.startsWith(`${torn}\n{`) && text.endsWith('}\n'));
    assert.deepEqual(JSON.parse(text.slice(torn.length)), third);
    assert.equal(store.events.length, 2);
  });
});
