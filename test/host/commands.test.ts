import { strict as assert } from 'node:assert';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Api } from '../../src/extension/extension.ts';
import { COMMANDS } from '../../src/extension/ids.ts';
import { pngSize } from '../../src/extension/commands/read-image.ts';
import { stampOf } from '../../src/extension/recipe/stamp-of.ts';
import type { GenerateAnswer } from '../../src/extension/commands/generate-sprite.ts';
import { extensionApi, until, workspaceFolder } from './extension-api.ts';

const run = <T>(command: string, ...given: unknown[]) =>
  vscode.commands.executeCommand<T>(command, ...given);

describe('commands', () => {
  let api: Api;
  let folder: string;

  before(async () => {
    api = await extensionApi();
    folder = mkdtempSync(join(tmpdir(), 'dgxp-host-'));
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const lastFault = () => api.toldFaults().at(-1);

  it('draws a sprite and saves it with its recipe, without a GPU or any set-up', async () => {
    const answer = await run<GenerateAnswer>(COMMANDS.generateSprite, {
      prompt: 'rusty sword',
      size: 32,
      seed: 7,
      folder,
    });
    assert.equal(answer.state, 'done');
    assert.deepEqual(answer.files, [join(folder, 'rusty-sword.png')]);
    const bytes = readFileSync(join(folder, 'rusty-sword.png'));
    assert.deepEqual(pngSize(bytes), [32, 32]);
    const stamp = stampOf(bytes);
    assert.equal(stamp?.recipe?.prompt, 'rusty sword');
    assert.equal(stamp.recipe.seed, 7);
    assert.equal(stamp.placeholder, true);
  });

  it('never replaces a file of the same name', async () => {
    const taken = join(folder, 'shield.png');
    writeFileSync(taken, 'mine');
    const answer = await run<GenerateAnswer>(COMMANDS.generateSprite, { prompt: 'shield', folder });
    assert.deepEqual(
      answer.files.map(file => basename(file)),
      ['shield-2.png'],
    );
    assert.equal(readFileSync(taken, 'utf8'), 'mine');
  });

  it('saves into the folder of the setting when none is named', async () => {
    const answer = await run<GenerateAnswer>(COMMANDS.generateSprite, {
      prompt: 'potion',
      size: 16,
    });
    const expected = join(workspaceFolder().uri.fsPath, 'assets', 'sprites', 'potion.png');
    assert.deepEqual(answer.files, [expected]);
  });

  it('saves into a folder that is named within the workspace', async () => {
    const given = { prompt: 'lantern', size: 16, folder: 'assets/items', name: 'lamp' };
    const answer = await run<GenerateAnswer>(COMMANDS.generateSprite, given);
    const expected = join(workspaceFolder().uri.fsPath, 'assets', 'items', 'lamp.png');
    assert.deepEqual(answer.files, [expected]);
  });

  it('makes one job of two clicks at once', async () => {
    const click = () =>
      run<GenerateAnswer>(COMMANDS.generateSprite, { prompt: 'twice clicked', seed: 3, folder });
    const [one, other] = await Promise.all([click(), click()]);
    assert.equal(one.job, other.job);
    assert.equal(existsSync(join(folder, 'twice-clicked-2.png')), false);
  });

  it('draws a list as one job and gives each its own name and size', async () => {
    const answer = await run<GenerateAnswer>(COMMANDS.generateSprites, {
      prompts: ['apple 16x16', 'old map 24x24 x2 seed 5', { prompt: 'key', size: 16 }],
      folder: join(folder, 'batch'),
    });
    assert.equal(answer.state, 'done');
    assert.deepEqual(answer.files.map(file => basename(file)).sort(), [
      'apple.png',
      'key.png',
      'old-map-5.png',
      'old-map-6.png',
    ]);
    assert.deepEqual(pngSize(readFileSync(join(folder, 'batch', 'old-map-5.png'))), [24, 24]);
  });

  it('draws what a comment at the cursor asks for', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'typescript',
      content: "const a = 1;\nload('x.png'); // sprite: iron helmet 24x24\n",
    });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 3, 1, 3);
    const answer = await run<GenerateAnswer>(COMMANDS.generateFromSelection, { folder });
    assert.deepEqual(
      answer.files.map(file => basename(file)),
      ['iron-helmet.png'],
    );
    assert.deepEqual(pngSize(readFileSync(join(folder, 'iron-helmet.png'))), [24, 24]);
  });

  it('varies a picture and keeps its size', async () => {
    const source = join(folder, 'rusty-sword.png');
    const answer = await run<GenerateAnswer>(COMMANDS.varyImage, vscode.Uri.file(source), {
      prompt: 'golden sword',
    });
    assert.deepEqual(
      answer.files.map(file => basename(file)),
      ['rusty-sword-variant.png'],
    );
    const bytes = readFileSync(join(folder, 'rusty-sword-variant.png'));
    assert.deepEqual(pngSize(bytes), [32, 32]);
    assert.notEqual(stampOf(bytes)?.recipe?.init, null);
  });

  it('says how a picture was made, and as a command line', async () => {
    const file = vscode.Uri.file(join(folder, 'rusty-sword.png'));
    const recipe = await run<{ prompt: string }>(COMMANDS.revealRecipe, file);
    assert.equal(recipe.prompt, 'rusty sword');
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /"seed": 7/);
    const command = await run<string>(COMMANDS.copyRecipeAsCommand, file);
    assert.match(command, /^dgx-pixels generate 'rusty sword' .*--seed 7/);
  });

  it('tells what is no picture and what is not ours, with something that can be done', async () => {
    const text = join(folder, 'fake.png');
    writeFileSync(text, 'no picture');
    await run(COMMANDS.revealRecipe, vscode.Uri.file(text));
    assert.match(lastFault()?.message ?? '', /fake\.png is no PNG, JPEG, WebP or GIF picture/);
    assert.ok((lastFault()?.actions.length ?? 0) > 0);
    const foreign = join(folder, 'foreign.png');
    writeFileSync(foreign, Buffer.from('89504e470d0a1a0a', 'hex'));
    await run(COMMANDS.copyRecipeAsCommand, vscode.Uri.file(foreign));
    assert.match(lastFault()?.message ?? '', /foreign\.png carries no recipe/);
    assert.deepEqual(lastFault()?.actions, ['Open Result…']);
  });

  it('opens a result from its file', async () => {
    const answer = await run<GenerateAnswer>(COMMANDS.generateSprite, { prompt: 'gem', folder });
    const opened = await run<string>(COMMANDS.openResult, answer.job);
    assert.equal(vscode.Uri.parse(opened).fsPath, answer.files[0]);
  });

  it('opens a result from the worker when its file is gone', async () => {
    const answer = await run<GenerateAnswer>(COMMANDS.generateSprite, { prompt: 'coin', folder });
    rmSync(answer.files[0] ?? '');
    const opened = await run<string>(COMMANDS.openResult, answer.job);
    assert.ok(existsSync(vscode.Uri.parse(opened).fsPath));
  });

  it('pauses, resumes, cancels and retries', async () => {
    mkdirSync(join(folder, 'many'));
    const drawing = run<GenerateAnswer>(COMMANDS.generateSprite, {
      prompt: 'dragon',
      count: 40,
      folder: join(folder, 'many'),
    });
    const { jobs } = api.services;
    const entry = await until('the job is known', () =>
      jobs.jobs.find(({ job }) => job.title === 'dragon'),
    );
    const { id } = entry.job;
    assert.equal(await run(COMMANDS.pauseJob, id), 1);
    assert.equal(await run(COMMANDS.resumeJob, id), 1);
    assert.ok((await run<number>(COMMANDS.cancelJob, id)) > 0);
    const answer = await drawing;
    assert.ok(['cancelled', 'partial'].includes(answer.state));
    assert.ok(answer.files.length < 40);
    const before = readdirSync(join(folder, 'many')).length;
    assert.equal(await run<number>(COMMANDS.retryJob, { job: id, run: 39 }), 1);
    await until(
      'what was retried is saved too',
      () => readdirSync(join(folder, 'many')).length === before + 1,
    );
  });

  it('asks nothing when a view calls about a row that is gone', async () => {
    // What a tree passes for a row that was redrawn under the click.
    for (const command of [COMMANDS.pauseJob, COMMANDS.resumeJob, COMMANDS.cancelJob]) {
      assert.equal(await run(command, undefined, undefined), null);
    }
    await run(COMMANDS.cancelJob, { lane: 'interactive' });
    assert.match(lastFault()?.message ?? '', /is not a job/);
  });

  it('saves a variant of a picture in the extension’s own folder among the game’s sprites', async () => {
    const { globalStorageUri } = api.services.context;
    const own = vscode.Uri.joinPath(globalStorageUri, 'results', 'taken.png');
    await vscode.workspace.fs.writeFile(own, readFileSync(join(folder, 'rusty-sword.png')));
    const answer = await run<GenerateAnswer>(COMMANDS.varyImage, own, { prompt: 'silver sword' });
    const expected = join(
      workspaceFolder().uri.fsPath,
      'assets',
      'sprites',
      'rusty-sword-variant.png',
    );
    assert.deepEqual(answer.files, [expected]);
  });

  it('tells why a folder takes no files before anything is drawn', async () => {
    if (process.getuid?.() === 0) writeFileSync(join(folder, 'no'), '');
    else {
      mkdirSync(join(folder, 'no'));
      chmodSync(join(folder, 'no'), 0o500);
    }
    const answer = await run(COMMANDS.generateSprite, { prompt: 'x', folder: join(folder, 'no') });
    assert.equal(answer, undefined);
    assert.ok(['read-only', 'not-a-folder'].includes(lastFault()?.code ?? ''));
    assert.ok((lastFault()?.actions.length ?? 0) > 0);
  });

  it('tells what is wrong with a prompt that is too long, and takes an emoji', async () => {
    assert.equal(
      await run(COMMANDS.generateSprite, { prompt: 'a'.repeat(10_240), folder }),
      undefined,
    );
    assert.match(lastFault()?.message ?? '', /10240 characters/);
    const answer = await run<GenerateAnswer>(COMMANDS.generateSprite, { prompt: '🐉', folder });
    assert.deepEqual(
      answer.files.map(file => basename(file)),
      ['sprite.png'],
    );
  });

  it('tells that a size or model is none, with near names', async () => {
    await run(COMMANDS.generateSprite, { prompt: 'x', size: 'huge', folder });
    assert.match(lastFault()?.message ?? '', /“huge” is not a size/);
    await run(COMMANDS.generateSprite, { prompt: 'x', checkpoint: 'nothing', folder });
    assert.equal(lastFault()?.code, 'unknown-model');
  });

  it('checks everything and copies facts without keys', async () => {
    const found = await run<{ level: string }[]>(COMMANDS.runDoctor);
    assert.ok(found.length > 3);
    const text = await run<string>(COMMANDS.copyDiagnostics);
    assert.match(text, /"extension"/);
    assert.doesNotMatch(text, /dgxp1:/);
  });
});
