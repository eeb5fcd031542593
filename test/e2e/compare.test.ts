import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Frame, Locator } from 'playwright-core';
import { EditorServer } from '../../scripts/editor/server.ts';
import { connectLocal } from '../../src/client/discover.ts';
import type { WorkerClient } from '../../src/client/worker-client.ts';
import type { RgbaImage } from '../../src/pixels/image.ts';
import { decodePng } from '../../src/pixels/png/decode.ts';
import { shuffledPlaces } from '../../src/project/compare/blind.ts';
import { runOfCell } from '../../src/project/compare/cells.ts';
import { readVotes } from '../../src/project/votes/votes-file.ts';
import type { CompareSpec } from '../../src/protocol/compare.ts';
import { cellSide, fitView, originOf } from '../../src/webview/stage/viewport.ts';
import { runsOf, until } from '../helpers/processes.ts';
import { requireOrSkip } from '../helpers/suite.ts';
import { packVsix, whyNoEditor } from './vsix.ts';
import { Workbench } from './workbench.ts';

const nodeZlib = {
  inflate: (bytes: Uint8Array) => inflateSync(bytes),
  deflate: () => new Uint8Array(),
};
const MODELS = ['arcade', 'storybook', 'gameboy'];
const PROMPTS = [
  'item: rusty sword',
  'character: knight __slow__',
  'tile: stone floor',
  'icon: gem',
];

const describeEditor = requireOrSkip('a person who compares models', whyNoEditor);

describeEditor('a person who compares models', () => {
  let server: EditorServer;
  let window: Workbench;
  let client: WorkerClient;
  let page: Frame;
  let game: string;

  beforeAll(async () => {
    server = await EditorServer.start({}, [packVsix()]);
    game = join(server.folder, 'dungeon');
    cpSync(join(import.meta.dirname, '..', '..', 'examples', 'dungeon'), game, {
      recursive: true,
      filter: path => !path.includes('assets'),
    });
    window = await Workbench.open(server, game);
  });

  afterAll(async () => {
    await client.close();
    await window[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const votes = () => {
    const file = join(game, '.dgx-pixels', 'votes.jsonl');
    return existsSync(file) ? readVotes(readFileSync(file, 'utf8')).events : [];
  };

  /** Answers the questions of Compare Models… as far as its last look. */
  async function choose(
    models: readonly string[],
    prompts: readonly string[],
    already = 0,
  ): Promise<void> {
    await window.ask('DGX-Pixels: Compare Models…');
    for (const name of models) {
      const row = window.pick(name);
      await row.waitFor({ timeout: 60_000 });
      const box = row.getByRole('checkbox').first();
      await until(`${name} is marked`, async () => {
        if (await box.isChecked()) return true;
        await row.click({ timeout: 2000 }).catch(() => undefined);
        return false;
      });
    }
    await window.input.press('Enter');
    const chosen = (count: number): Locator =>
      window.pick(count === 1 ? 'Go on with 1 prompt' : `Go on with ${count} prompts`);
    await window.asked(/Type a prompt/);
    for (const [place, prompt] of prompts.entries()) {
      await window.type(prompt);
      await window.pick(prompt).waitFor();
      await window.input.press('Enter');
      await chosen(already + place + 1).waitFor();
    }
    await chosen(already + prompts.length).click();
    await window.pick('Seeds of each prompt').waitFor();
  }

  /** Chips of the rows that are seen, such as "to vote". */
  const chips = () => page.locator('dgx-overview .row .chip').allInnerTexts();
  const row = (text: string) => page.locator('dgx-overview .row', { hasText: text }).first();

  async function openPage(): Promise<void> {
    page = await window.frameWith('dgx-compare');
    await page.locator('dgx-overview .row').first().waitFor();
  }

  /** The comparison's job, as the worker has it. */
  async function spec(): Promise<{ id: string; spec: CompareSpec }> {
    const { jobs } = await client.request('jobs.list', { limit: 1 });
    const { job, spec: found } = await client.request('jobs.get', { id: jobs[0]?.id ?? '' });
    if (found.kind !== 'compare') throw new Error(`the newest job is a ${found.kind}`);
    return { id: job.id, spec: found };
  }

  it('chooses three models and four prompts, and is told how many pictures that makes', async () => {
    await choose(MODELS, PROMPTS);
    await window.page
      .locator('.quick-input-widget')
      .getByText(/24 (images|pictures)/)
      .waitFor();
    await window.screenshot('compare-review');
    await window.input.press('Enter');
    await openPage();
    client = await until('the worker answers', () =>
      connectLocal(server.workerRuntime, { client: { name: 'e2e', version: '0' } }),
    );
  });

  it('cancels a set that is not drawn yet', async () => {
    const set = row('stone floor');
    await set.getByRole('button', { name: 'Cancel This Set' }).click();
    await set.getByText('not complete').waitFor();
    await window.screenshot('compare-cancelled');
  });

  it('watches the other sets fill, without a name, and reloads the window in the middle', async () => {
    // So long the web workbench keeps what is open to itself; a window that ends earlier forgets its tabs.
    await window.page.waitForTimeout(7_000);
    await window.reload();
    await openPage();
    await until('a set is complete', async () => (await chips()).includes('to vote'), 60_000);
    await window.screenshot('compare-filling');
    await expect(page.getByText('rusty sword').count()).resolves.toBeGreaterThan(0);
    for (const model of MODELS) await expect(page.getByText(model).count()).resolves.toBe(0);
  });

  it('draws the cancelled set after all, and every set can be voted on', async () => {
    await row('stone floor').getByRole('button', { name: 'Draw the Missing Again' }).click();
    await page.locator('dgx-summary').getByText('8 to vote').waitFor({ timeout: 120_000 });
    await window.screenshot('compare-votable');
  });

  it('shows pictures cell by cell, pixel by pixel', async () => {
    await row('rusty sword').focus();
    await window.page.keyboard.press('Enter');
    const stage = page.locator('dgx-stage');
    await stage.locator('canvas.stage').first().waitFor();
    const { id, spec: compared } = await spec();
    const runs = await runsOf(client, id);
    const places = shuffledPlaces(id, 0, MODELS.length);
    const sprites: RgbaImage[] = [];
    for (const contender of places) {
      const digest = runs[runOfCell(compared, 0, contender)]?.images[0]?.sprite ?? '';
      sprites.push(decodePng(await client.fetchArtifact(digest), nodeZlib).image);
    }
    await window.page.mouse.move(0, 0);
    // As large as fits, at true size, and two steps above.
    for (const [key, zoom] of [
      ['f', null],
      ['t', 1],
      ['+', 2],
      ['+', 3],
    ] as const) {
      await window.page.keyboard.press(key);
      if (zoom !== null) await page.locator('dgx-tools').getByText(`${zoom}×`).waitFor();
      for (const [place, sprite] of sprites.entries()) {
        const canvas = stage.locator('canvas.stage').nth(place);
        const shot = decodePng(await canvas.screenshot(), nodeZlib).image;
        expect(await differing(shot, sprite, canvas, zoom), `zoom ${zoom}`).toBe(0);
      }
    }
    await window.page.keyboard.press('f');
    await window.screenshot('compare-set');
  });

  /** Opaque cells of a sprite in the middle of its window of which any pixel of the screen has another colour. */
  async function differing(
    shot: RgbaImage,
    sprite: RgbaImage,
    canvas: Locator,
    zoom: number | null,
  ): Promise<number> {
    const side = async (name: string) => Number(await canvas.getAttribute(name));
    const size = { width: await side('width'), height: await side('height') };
    const stage = { window: size, ratio: 1, picture: sprite };
    const fitted = fitView(stage);
    const view = zoom === null ? fitted : { ...fitted, zoom };
    const origin = originOf(view, stage);
    const step = cellSide(view.zoom, 1);
    let wrong = 0;
    for (let cell = 0; cell < sprite.width * sprite.height; cell++) {
      const colour = sprite.data.subarray(cell * 4, cell * 4 + 4);
      if (colour[3] !== 255) continue;
      const left = origin.x + (cell % sprite.width) * step;
      const top = origin.y + Math.floor(cell / sprite.width) * step;
      let same = true;
      for (let y = top; y < top + step; y++) {
        for (let x = left; x < left + step; x++) {
          const at = (y * shot.width + x) * 4;
          for (let channel = 0; channel < 3; channel++) {
            same &&= shot.data[at + channel] === colour[channel];
          }
        }
      }
      if (!same) wrong++;
    }
    return wrong;
  }

  it('votes by keyboard through all sets, takes one back, and then knows who drew what', async () => {
    const bar = page.locator('dgx-vote');
    await page.locator('dgx-set').waitFor();
    await window.page.keyboard.press('2');
    await bar.getByText('You picked 2').waitFor();
    await window.page.keyboard.press('u');
    await bar.getByText('Which', { exact: false }).first().waitFor();
    expect(votes().map(({ kind }) => kind)).toEqual(['vote', 'undo']);
    // Two picks of the first place, a tie of two, none good, and the rest.
    const answers = ['1', '=', '0', '3', '1', '2', '1', '3'];
    for (const [count, answer] of answers.entries()) {
      await until('a set asks', async () => {
        const pick = bar.locator('dgx-button', { hasText: '1' }).first();
        return (await pick.isVisible()) && (await pick.getAttribute('disabled')) === null;
      });
      await window.page.keyboard.press(answer);
      if (answer === '=') {
        for (const key of ['1', '3', 'Enter']) await window.page.keyboard.press(key);
      }
      await until('it is written', () => standing().length === count + 1);
      if (count === 0) {
        await page
          .getByText(/storybook|arcade|gameboy/)
          .first()
          .waitFor();
        await window.screenshot('compare-open');
      }
      if (count < answers.length - 1) await window.page.keyboard.press('Space');
    }
    await window.page.keyboard.press('Escape');
    for (const model of MODELS) {
      await page.locator('dgx-overview .head', { hasText: model }).waitFor();
    }
    await window.screenshot('compare-names');
    const kinds = standing().map(vote => (vote.kind === 'vote' ? vote.best.length : -1));
    expect(kinds).toEqual([1, 2, 0, 1, 1, 1, 1, 1]);
  });

  /** Votes that were not taken back. */
  function standing() {
    const events = votes();
    const undone = new Set(events.flatMap(event => (event.kind === 'undo' ? [event.of] : [])));
    return events.filter(event => event.kind === 'vote' && !undone.has(event.id));
  }

  it('sees the leaderboard and makes a model the default of the project', async () => {
    await page.getByRole('button', { name: 'Leaderboard' }).click();
    const board = await window.frameWith('dgx-leaderboard');
    await until('three stand in it', async () => {
      const names = await board.locator('tbody th[scope="row"]').allInnerTexts();
      return MODELS.every(model => names.some(name => name.includes(model)));
    });
    await window.screenshot('leaderboard');
    await board
      .locator('tr', { hasText: 'storybook' })
      .locator('dgx-button', { hasText: 'Default' })
      .first()
      .click();
    const dialog = window.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: 'Make Default' }).click();
    const file = join(game, '.dgx-pixels', 'project.yaml');
    const written = () => existsSync(file) && readFileSync(file, 'utf8').includes('storybook');
    await until('it is written', written);
    await window.ask('DGX-Pixels: Generate Sprite…');
    await window.asked(/What to draw/);
    await window.answer('old key');
    await window.pick('Checkpoint').getByText('storybook, by the project').waitFor();
    await window.screenshot('generate-by-project');
    await window.pick('Generate').click();
    await until('the sprite is there', () =>
      existsSync(join(game, 'assets', 'sprites', 'old-key.png')),
    );
    const { jobs } = await client.request('jobs.list', { limit: 1 });
    const [run] = await runsOf(client, jobs[0]?.id ?? '');
    expect(run?.recipe.checkpoint).toContain('storybook');
  });

  it('closes the panel and opens it again, with every vote', async () => {
    await window.command('View: Close All Editors');
    await window.page.locator('.tab', { hasText: 'Compare' }).waitFor({ state: 'hidden' });
    await window.ask('DGX-Pixels: Open Comparison…');
    await window.pick('rusty sword').click();
    await openPage();
    await until('every set is voted on', async () =>
      (await chips()).every(chip => chip === 'voted'),
    );
  });

  it('meets a prompt that no engine can draw: the set is told broken, the others go on', async () => {
    // Models and prompts of the last time are there already.
    await choose(MODELS, ['knight __fail__'], PROMPTS.length);
    await window.input.press('Enter');
    await until(
      'the new comparison is shown and told',
      async () => {
        for (const frame of window.page.frames()) {
          const told = frame.locator('dgx-summary').getByText('8 to vote');
          if ((await told.count().catch(() => 0)) === 0) continue;
          page = frame;
          return true;
        }
        return false;
      },
      120_000,
    );
    await page.locator('dgx-overview .row').first().focus();
    await window.page.keyboard.press('End');
    const broken = row('__fail__');
    await broken.getByRole('button', { name: 'Draw the Missing Again' }).waitFor();
    await broken.getByText('not complete').waitFor();
    await window.screenshot('compare-broken');
  });
});
