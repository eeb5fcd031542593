import { strict as assert } from 'node:assert';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Api } from '../../src/extension/extension.ts';
import { COMMANDS, COMPARE_PANEL } from '../../src/extension/ids.ts';
import { useCell } from '../../src/extension/panels/compare/cell-actions.ts';
import type { CompareSession } from '../../src/extension/panels/compare/compare-session.ts';
import { writeSheet } from '../../src/extension/panels/compare/export-sheet.ts';
import { makeDefault } from '../../src/extension/panels/compare/make-default.ts';
import { drawWinners } from '../../src/extension/panels/compare/whole-actions.ts';
import type { Comparison } from '../../src/extension/panels/messages/compare.ts';
import { stampOf } from '../../src/extension/recipe/stamp-of.ts';
import { decodePng } from '../../src/pixels/png/decode.ts';
import { voteEventSchema } from '../../src/project/votes/vote-event.ts';
import { extensionApi, until, workspaceFolder } from './extension-api.ts';
import { zlib } from './pictures.ts';

const run = <T>(command: string, ...given: unknown[]) =>
  vscode.commands.executeCommand<T>(command, ...given);

const TWO = {
  contenders: ['Loud=arcade', 'Quiet=gameboy'],
  prompts: ['item: rusty sword', 'tile: stone floor'],
  size: 16,
  seeds: 2,
  seed: 7,
  base: { steps: 4 },
};

const panels = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputWebview && input.viewType.endsWith(COMPARE_PANEL),
    );

function stateOf(session: CompareSession): Comparison {
  const { value } = session.snapshot();
  assert.ok(value.kind === 'comparison', JSON.stringify(value));
  return value;
}

describe('comparing models', () => {
  let api: Api;
  let folder: string;
  let job: string;
  let session: CompareSession;
  const root = () => workspaceFolder().uri.fsPath;
  const votes = () => join(root(), '.dgx-pixels', 'votes.jsonl');

  before(async () => {
    api = await extensionApi();
    folder = mkdtempSync(join(tmpdir(), 'dgxp-compare-'));
  });

  after(async () => {
    await run('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
    rmSync(join(root(), '.dgx-pixels'), { recursive: true, force: true });
  });

  const lastFault = () => api.toldFaults().at(-1);
  const ask = () => session.handlers.requests;
  const signal = new AbortController().signal;

  async function sessionOf(id: string): Promise<CompareSession> {
    const found = api.comparing().sessionOf(id);
    assert.ok(found, 'the panel is not open');
    await until('the comparison is known', () => found.job.view.kind === 'known');
    return found;
  }

  it('says in one sentence what cannot be compared, and makes no job of it', async () => {
    const faults: [object, RegExp][] = [
      [{ ...TWO, contenders: ['arcade'] }, /one alone cannot be compared/],
      [{ ...TWO, contenders: ['a=arcade', 'b=a', 'c=c', 'd=d', 'e=e'] }, /not 5/],
      [{ ...TWO, contenders: ['a=arcade', 'b=arcade'] }, /identical|the same model/],
      [{ ...TWO, contenders: ['arcade', 'never-there'] }, /never-there/],
      [{ ...TWO, prompts: [] }, /prompts/],
      [{ ...TWO, size: 'huge' }, /is not a size/],
    ];
    for (const [given, words] of faults) {
      assert.equal(await run(COMMANDS.compareModels, given), undefined, String(words));
      assert.match(lastFault()?.message ?? '', words);
      assert.ok(lastFault()?.actions.includes('Compare Models…'), lastFault()?.actions.join());
    }
    assert.deepEqual(panels(), []);
  });

  it('opens a panel at once, which fills, and saves nothing by itself', async () => {
    job = await run<string>(COMMANDS.compareModels, TWO);
    assert.match(job, /^[0-9a-f-]{36}$/);
    await until('the panel is open', () => panels().length === 1);
    session = await sessionOf(job);
    await until('all sets can be voted on', () =>
      stateOf(session).sets.every(({ phase }) => phase === 'votable'),
    );
    const state = stateOf(session);
    assert.equal(state.total, 8);
    assert.deepEqual(
      state.prompts.map(({ category, size }) => [category, size]),
      [
        ['item', [16, 16]],
        ['tile', [16, 16]],
      ],
    );
    assert.equal(state.canVote, true);
    assert.equal(api.services.jobs.get(job)?.job.lane, 'batch');
    assert.deepEqual(
      api.services.pending.all().filter(each => each.job === job),
      [],
    );
    assert.deepEqual(api.services.pending.filesOf(job), []);
  });

  it('tells nobody who drew what before the vote', async () => {
    const told = JSON.stringify(session.snapshot());
    for (const secret of ['Loud', 'Quiet', 'arcade', 'gameboy', 'builtin']) {
      assert.ok(!told.includes(secret), secret);
    }
    await assert.rejects(async () => ask().details({ set: 0, place: 0 }, signal), /voted on/);
    const { fixed } = await ask().pictures({ set: 0, place: 0 }, signal);
    const { image, text } = decodePng(fixed, zlib);
    assert.deepEqual([image.width, image.height, text], [16, 16, {}]);
    assert.equal(await run(COMMANDS.openResult, { job, run: 0 }), null);
    assert.equal(panels().length, 1);
    const sprite = session.job.runs.get(0)?.images[0]?.sprite ?? '';
    const client = await api.services.link.client();
    const file = join(folder, 'cell.png');
    writeFileSync(file, await client.fetchArtifact(sprite));
    for (const command of [COMMANDS.revealRecipe, COMMANDS.copyRecipeAsCommand]) {
      assert.equal(await run(command, vscode.Uri.file(file)), undefined);
      assert.equal(lastFault()?.code, 'blind');
    }
  });

  it('writes a vote, and shows the names a moment later', async () => {
    const answer = await ask().vote({ set: 0, best: [1], note: 'crisp', durationMs: 900 }, signal);
    assert.deepEqual(answer, { done: true, message: '' });
    assert.equal(stateOf(session).sets[0]?.phase, 'voted');
    const [line = ''] = readFileSync(votes(), 'utf8').split('\n');
    const event = voteEventSchema.parse(JSON.parse(line));
    assert.ok(event.kind === 'vote' && event.set === 0 && event.job === job);
    await until('the names are shown', () => stateOf(session).sets[0]?.phase === 'open');
    const cells = stateOf(session).sets[0]?.cells ?? [];
    assert.deepEqual(cells.map(({ open }) => open?.name).toSorted(), ['Loud', 'Quiet']);
    assert.equal(event.contenders[1]?.name, cells[1]?.open?.name);
    assert.deepEqual(stateOf(session).sets[0]?.best, [1]);
    assert.equal(stateOf(session).names, null);
    const { rows } = await ask().details({ set: 0, place: 1 }, signal);
    assert.ok(rows.some(({ id, value }) => id === 'contender' && value === cells[1]?.open?.name));
    const again = await ask().vote({ set: 0, best: [0], note: '', durationMs: 1 }, signal);
    assert.equal(again.done, false);
  });

  it('takes a vote back before the names are shown', async () => {
    await ask().vote({ set: 1, best: [0], note: '', durationMs: 1 }, signal);
    assert.equal((await ask().undo({ set: 1 }, signal)).done, true);
    assert.equal(stateOf(session).sets[1]?.phase, 'votable');
    assert.equal(stateOf(session).sets[1]?.best, null);
  });

  it('survives closing the panel and a reload of the window', async () => {
    await run('workbench.action.closeAllEditors');
    await until('the panel is closed', () => api.comparing().sessionOf(job) === null);
    const panel = vscode.window.createWebviewPanel(COMPARE_PANEL, '', vscode.ViewColumn.Active);
    api.comparing().panels.restore(panel, { version: 1, value: { job } });
    session = await sessionOf(job);
    await until('it is as it was', () => stateOf(session).sets[0]?.phase === 'open');
    assert.deepEqual(
      stateOf(session).sets.map(({ phase }) => phase),
      ['open', 'votable', 'votable', 'votable'],
    );
    await until('the tab has its title', () =>
      panels().some(({ label }) => label === 'Compare: rusty sword and 1 more'),
    );
    assert.equal(await run(COMMANDS.openComparison, { job }), job);
    assert.equal(panels().length, 1);
  });

  it('writes a contact sheet, blind where it has to be', async () => {
    const files = await writeSheet(
      session.view(),
      'fixed',
      vscode.Uri.file(join(folder, 'sheet.png')),
    );
    assert.equal(files.length, 1);
    const { image } = decodePng(readFileSync(join(folder, 'sheet.png')), zlib);
    assert.ok(image.width > 300 && image.height > 600, `${image.width} × ${image.height}`);
  });

  it('saves a cell with its recipe once its set is open', async () => {
    const target = { folder: vscode.Uri.file(folder), name: 'used' };
    const { done, file } = await useCell(session.view(), { set: 0, place: 1 }, target);
    assert.equal(done, true);
    const recipe = stampOf(readFileSync(file?.fsPath ?? ''))?.recipe;
    assert.equal(recipe?.prompt, 'rusty sword');
    await assert.rejects(useCell(session.view(), { set: 1, place: 0 }, target), /voted on/);
  });

  it('makes a contender the default once every set is open', async () => {
    const refused = await ask().makeDefault({ contender: 1 }, signal);
    assert.equal(refused.done, false);
    await session.openAll();
    assert.deepEqual(stateOf(session).names, ['Loud', 'Quiet']);
    assert.equal((await makeDefault(session.view(), 1, false)).done, true);
    const text = readFileSync(join(root(), '.dgx-pixels', 'project.yaml'), 'utf8');
    assert.match(text, /checkpoint: gameboy/);
    assert.match(text, /steps: 4/);
    const late = await ask().vote({ set: 2, best: [0], note: '', durationMs: 1 }, signal);
    assert.equal(late.done, false);
    rmSync(join(root(), '.dgx-pixels', 'project.yaml'));
  });

  it('cancels a set and draws it again', async () => {
    const many = { ...TWO, seeds: 12, title: 'many' };
    const other = await run<string>(COMMANDS.compareModels, many);
    const its = await sessionOf(other);
    const requests = its.handlers.requests;
    await requests.cancel({ set: 23, place: null }, signal);
    await until('the set is broken', () => stateOf(its).sets[23]?.phase === 'broken');
    await requests.actOnAll({ action: 'cancel' }, signal);
    await until('all has ended', () => !stateOf(its).drawing);
    assert.equal((await requests.retry({ set: 23, place: 0 }, signal)).done, true);
    await until('the set is whole', () => stateOf(its).sets[23]?.phase === 'votable');
  });

  it('draws winners of drafts in full and saves them', async () => {
    const draft = { ...TWO, prompts: ['potion'], seeds: 1, mode: 'draft' };
    const other = await run<string>(COMMANDS.compareModels, draft);
    const its = await sessionOf(other);
    await until('the set is there', () => stateOf(its).sets[0]?.phase === 'votable');
    await its.handlers.requests.vote({ set: 0, best: [0], note: '', durationMs: 1 }, signal);
    await until('the names are shown', () => stateOf(its).sets[0]?.phase === 'open');
    const { done, job: full } = await drawWinners(its.view(), vscode.Uri.file(folder));
    assert.equal(done, true);
    await until('the winner is saved', () => existsSync(join(folder, 'potion.png')));
    const recipe = stampOf(readFileSync(join(folder, 'potion.png')))?.recipe;
    assert.equal(recipe?.steps, 4);
    assert.ok(full !== null && api.services.jobs.get(full)?.job.kind === 'generate');
  });
});
