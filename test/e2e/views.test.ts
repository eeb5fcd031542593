import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EditorServer } from '../../scripts/editor/server.ts';
import { connectLocal } from '../../src/client/discover.ts';
import type { WorkerClient } from '../../src/client/worker-client.ts';
import { Child, newJob, until } from '../helpers/processes.ts';
import { requireOrSkip } from '../helpers/suite.ts';
import { packVsix, whyNoEditor } from './vsix.ts';
import { Workbench } from './workbench.ts';

const root = join(import.meta.dirname, '..', '..');
const describeEditor = requireOrSkip('the views of the editor', whyNoEditor);

describeEditor('a person with the views', () => {
  let server: EditorServer;
  let worker: Child;
  let client: WorkerClient;
  let window: Workbench;
  let game: string;

  beforeAll(async () => {
    server = await EditorServer.start(
      { settings: { 'workbench.colorTheme': 'Default High Contrast' } },
      [packVsix()],
    );
    // Slow enough that somebody can click on a job that runs.
    const config = join(server.folder, 'worker.yaml');
    writeFileSync(config, 'builtin:\n  stepMs: 400\nlogLevel: warn\n');
    worker = new Child([join(root, 'dist', 'worker.cjs'), 'serve', '--config', config], {
      DGX_PIXELS_DATA: server.workerData,
      DGX_PIXELS_RUNTIME: server.workerRuntime,
    });
    client = await until('the worker answers', () =>
      connectLocal(server.workerRuntime, { client: { name: 'test', version: '0' } }),
    );
    game = join(server.folder, 'dungeon');
    cpSync(join(root, 'examples/dungeon'), game, {
      recursive: true,
      filter: path => !path.includes('assets'),
    });
    window = await Workbench.open(server, game);
  });

  afterAll(async () => {
    await client.close();
    await window[Symbol.asyncDispose]();
    await worker[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const titles = ['healing potion', 'green slime', 'wooden shield', 'young knight'];

  /** The jobs in the order in which they stand. */
  async function order(): Promise<string[]> {
    const rows = await window.page.locator('.pane-body .monaco-list-row').allInnerTexts();
    return rows.flatMap(text => titles.find(title => text.includes(title)) ?? []);
  }

  async function untilOrder(expected: string[], limitMs = 30_000): Promise<void> {
    const matches = async () => (await order()).join() === expected.join();
    await until(`the order is ${expected.join()}`, matches, limitMs);
  }

  /** Clicks an icon at the end of a row, which is there while the pointer is over it. */
  async function inline(row: string, command: string): Promise<void> {
    const icon = window.row(row).locator(`.action-label[aria-label^="${command}"]`).first();
    // A row that is drawn anew under the pointer has no icons until the pointer moves.
    await until(`${command} of ${row} is clicked`, async () => {
      await window.page.mouse.move(0, 0);
      await window.row(row).hover();
      return icon.click({ timeout: 1500 }).then(
        () => true,
        () => false,
      );
    });
  }

  it('sees what another client queued, and reorders it by menu and by drag', async () => {
    for (const prompt of titles) {
      const recipe = { prompt, size: 32, steps: 12 } as const;
      await client.request('jobs.submit', newJob(recipe, 20, { title: prompt }));
    }
    await window.openViews();
    await untilOrder(titles);
    await window.row('young knight').click({ button: 'right' });
    await window.chooseFromMenu('Move Up');
    await untilOrder(['healing potion', 'green slime', 'young knight', 'wooden shield']);
    const wanted = ['healing potion', 'wooden shield', 'green slime', 'young knight'];
    // A machine that is busy may draw the row anew under the pointer; then one drags again.
    await until('the drag has moved it', async () => {
      if ((await order()).join() === wanted.join()) return true;
      await window.row('wooden shield').dragTo(window.row('green slime'));
      return untilOrder(wanted, 4_000).then(
        () => true,
        () => false,
      );
    });
    await window.screenshot('queue-order');
  });

  it('pauses, resumes and cancels by the buttons of a row, and is asked nothing', async () => {
    await inline('wooden shield', 'Pause');
    await window.row(/wooden shield.*paused/).waitFor();
    expect(await window.page.locator('.quick-input-widget').isVisible()).toBe(false);
    await window.screenshot('queue-paused');
    await inline('wooden shield', 'Resume');
    await window.row(/wooden shield.*queued/).waitFor();
    await inline('green slime', 'Cancel');
    await window.row('Ended').click();
    await window.row(/green slime.*cancelled/).waitFor();
    expect(await window.page.locator('.quick-input-widget').isVisible()).toBe(false);
    await inline('Interactive', 'Hold Lane');
    await window.row(/Interactive.*held/).waitFor();
    await inline('Interactive', 'Let Lane Go On');
    await until('the lane goes on', async () => {
      return !(await window.row('Interactive').innerText()).includes('held');
    });
    // The rest is only in the way of what follows.
    await client.request('jobs.cancel', { target: { all: true } });
  });

  it('retries a job from its row', async () => {
    await inline('green slime', 'Retry');
    await window.row(/green slime.*(?:queued|%)/).waitFor();
    await client.request('jobs.cancel', { target: { all: true } });
    await window.row(/green slime.*cancelled/).waitFor();
  });

  it('draws a sprite and sees its progress and its preview in the queue', async () => {
    await window.generate('rusty sword');
    await window.row(/rusty sword.*%/).waitFor();
    await window
      .row('rusty sword')
      .locator('.custom-view-tree-node-item-icon[style*="url"]')
      .waitFor();
    await window.screenshot('queue-preview');
    const file = join(game, 'assets', 'sprites', 'rusty-sword.png');
    await until('it is saved', () => existsSync(file), 90_000);
  });

  it('searches, keeps, discards and takes back in the results', async () => {
    await client.request('jobs.submit', newJob({ prompt: 'blue gem', size: 16, steps: 1 }));
    await client.request('jobs.submit', newJob({ prompt: 'red gem', size: 16, steps: 1 }));
    const page = await window.frameWith('dgx-results');
    const cards = page.locator('dgx-results .card');
    const named = (prompt: string) => page.locator(`dgx-results .card[aria-label^="${prompt}"]`);
    const button = (prompt: string, name: string) =>
      page
        .locator('dgx-results li', { has: page.locator(`.card[aria-label^="${prompt}"]`) })
        .locator(`dgx-button[aria-label="${name}"]`);
    await named('red gem').waitFor();
    await named('rusty sword').waitFor();
    await page.locator('dgx-text-field').click();
    await window.page.keyboard.type('gem');
    await until('two are left', async () => (await cards.count()) === 2);
    await named('red gem').hover();
    await button('red gem', 'Keep').click();
    await named('red gem').and(page.locator('[aria-label$="kept"]')).waitFor();
    await named('blue gem').hover();
    await button('blue gem', 'Discard').click();
    await until('one is left', async () => (await cards.count()) === 1);
    await page.getByText('Discarded.').waitFor();
    await window.screenshot('results-discarded');
    await page.locator('dgx-button[aria-label="Undo"]').click();
    await until('two are left', async () => (await cards.count()) === 2);
    await page.locator('dgx-text-field').click();
    await window.page.keyboard.type('zzz');
    await page.getByText('No prompt has “gemzzz”.').waitFor();
    await window.page.keyboard.press('Control+a');
    await window.page.keyboard.press('Delete');
    await named('rusty sword').waitFor();
  });

  it('uses a result as input: what is drawn from it is saved among the sprites', async () => {
    const page = await window.frameWith('dgx-results');
    const sword = page.locator('dgx-results li').filter({
      has: page.locator('.card[aria-label^="rusty sword"]'),
    });
    await sword.hover();
    await sword.locator('dgx-button[aria-label^="Use as Input"]').click();
    await window.asked('What it should become');
    await window.answer('golden sword');
    await window.pick('A little').click();
    const sprites = () => readdirSync(join(game, 'assets', 'sprites'));
    await until('it is saved', () => sprites().includes('rusty-sword-variant.png'), 90_000);
  });

  it('sees engine, placeholder models and workflows', async () => {
    await window.row('Built-in engine').waitFor();
    await window.row(/Checkpoints/).waitFor();
    await window.row(/placeholder/).waitFor();
    await window.screenshot('models');
  });

  it('finds a name on every control, read aloud or not', async () => {
    const rows = window.page.locator('.pane-body .monaco-list-row');
    for (const row of await rows.all()) {
      expect(await row.getAttribute('aria-label')).toMatch(/\S/);
    }
    for (const element of ['dgx-results', 'dgx-result-editor']) {
      // One that has just opened has no content yet.
      const { unnamed } = await until(`${element} shows its controls`, async () => {
        const found = await controls(await window.frameWith(element)).catch(() => null);
        return found !== null && found.named > 5 ? found : null;
      });
      expect(unnamed, element).toEqual([]);
    }
  });

  it('completes the walkthrough by doing what it says', async () => {
    // What was true before it is first shown does not count.
    await window.command('View: Close All Editors');
    const open = async () => {
      await window.command('Welcome: Open Walkthrough...');
      await window.input.fill('Sprites with DGX-Pixels');
      await window.pick('Sprites with DGX-Pixels').click();
    };
    await open();
    const steps = window.page.locator('.getting-started-step');
    await steps.first().waitFor();
    expect(await steps.count()).toBe(5);
    const done = (title: string) =>
      steps.filter({ hasText: title }).locator('.codicon-getting-started-step-checked').waitFor();
    await window.screenshot('walkthrough');
    await window.generate('walking stick');
    await window.page.locator('.tab', { hasText: 'walking-stick' }).waitFor({ timeout: 90_000 });
    await window.ask('DGX-Pixels: Vary This Image…');
    await window.asked('What it should become');
    await window.page.keyboard.press('Escape');
    await window.ask('DGX-Pixels: Generate Sprites…');
    await window.pick('Write a list').waitFor();
    await window.page.keyboard.press('Escape');
    await window.ask('DGX-Pixels: Connect to Worker…');
    await window.page.getByPlaceholder('dgxp1:…').waitFor();
    await window.page.keyboard.press('Escape');
    await window.page.getByPlaceholder('dgxp1:…').waitFor({ state: 'hidden' });
    await open();
    await window.screenshot('walkthrough-done');
    await done('Draw your first sprite');
    await done('Look at it cell by cell');
    await done('Vary a picture');
    await done('Draw many at once');
    await done('Connect a real engine');
  });
});

/** Controls of a page, shadow trees included: how many have a name, and which have none. */
function controls(page: Frame): Promise<{ named: number; unnamed: string[] }> {
  return page.evaluate<{ named: number; unnamed: string[] }>(`(() => {
    const kinds = 'button, input, select, textarea, canvas, dgx-button, dgx-text-field, [role], [tabindex="0"]';
    let named = 0;
    const unnamed = [];
    (function walk(root) {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) walk(element.shadowRoot);
        if (!element.matches(kinds) || element.matches('[role=presentation], [role=status], [role=none], [role=document]')) continue;
        // What a control of the toolkit is made of speaks with its host's name.
        const host = root.host?.matches('dgx-button, dgx-text-field') ? root.host : element;
        const name = element.getAttribute('aria-label') || host.getAttribute('aria-label') || element.textContent;
        if (/\\S/.test(name)) named += 1;
        else unnamed.push(element.outerHTML.slice(0, 120));
      }
    })(document);
    return { named, unnamed };
  })()`);
}
