import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { launchBrowser } from '../scripts/editor/browser.ts';
import { EditorServer } from '../scripts/editor/server.ts';
import { connectLocal } from '../src/client/discover.ts';
import { packVsix } from '../test/e2e/vsix.ts';
import { Workbench } from '../test/e2e/workbench.ts';
import { Child, until } from '../test/helpers/processes.ts';
import { benchArguments, reportFigures } from './lib/report.ts';
import { type Drawn, submitPaused } from './panel/comparison.ts';
import { framesDuring, type FrameTimes, panAndZoom, WATCH_ROWS } from './panel/watch.ts';

/*
 * The comparison panel as it is shipped, inside the webview of VS Code's web workbench in headless Chromium: frames and our own
 * scripts while four pictures of 1024 x 1024 are panned and zoomed, whole and as sheets of 64 frames that run meanwhile, and how
 * long a finished cell takes until it is seen.
 */

const { rounds, json } = benchArguments(3);
const idle = await idleFrames();
const { scenes, still, doneToVisibleMs } = await panelTimes(rounds);
/** Of each scene the best round, what the panel can do when no neighbour takes its turn; of the scenes the worst. */
const worst = (of: (one: FrameTimes) => readonly number[]): number =>
  Math.max(...scenes.map(times => Math.min(...times.map(one => quantile(of(one), 0.95)))));
reportFigures(
  {
    frame_p95_ms: { value: worst(({ frames }) => frames), atMost: 17 },
    idle_frame_p95_ms: { value: quantile(idle, 0.95) },
    still_frame_p95_ms: { value: quantile(still.frames, 0.95) },
    script_p95_ms: { value: worst(({ scripts }) => scripts), atMost: 4 },
    frame_p50_ms: {
      value: quantile(
        scenes.flat().flatMap(({ frames }) => frames),
        0.5,
      ),
    },
    script_max_ms: { value: Math.max(...scenes.flat().flatMap(({ scripts }) => scripts)) },
    done_to_visible_ms: { value: quantile(doneToVisibleMs, 0.5), atMost: 100 },
    done_to_visible_max_ms: { value: Math.max(...doneToVisibleMs) },
  },
  json,
);

function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** Frames of an empty page in a browser of its own. */
async function idleFrames(): Promise<number[]> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.setContent('<!doctype html><title>empty</title>');
    return (await framesDuring(page.mainFrame(), () => wait(4000))).frames;
  } finally {
    await browser.close();
  }
}

async function panelTimes(
  rounds: number,
): Promise<{ scenes: FrameTimes[][]; still: FrameTimes; doneToVisibleMs: number[] }> {
  const settings = { 'dgx-pixels.output.open': 'never' };
  await using server = await EditorServer.start({ settings }, [packVsix()]);
  const workspace = join(server.folder, 'game');
  mkdirSync(workspace);
  const script = join(import.meta.dirname, '../dist/worker.cjs');
  // An engine that draws on a card leaves the processor to the editor: the built-in one waits between its steps.
  const config = join(server.folder, 'worker.yaml');
  writeFileSync(config, 'builtin:\n  stepMs: 40\n');
  await using worker = new Child([script, 'serve', '--config', config], {
    DGX_PIXELS_DATA: server.workerData,
    DGX_PIXELS_RUNTIME: server.workerRuntime,
  });
  await using window = await Workbench.open(server, workspace);
  const client = await until('the worker answers', () => {
    if (!worker.alive) throw new Error(`the worker ended: ${worker.output}`);
    return connectLocal(server.workerRuntime, { client: { name: 'bench', version: '0' } });
  });
  try {
    const drawn = await submitPaused(client);
    await window.command('DGX-Pixels: Open Comparison');
    await window.pick(/rusty sword/).click({ timeout: 30_000 });
    // The panel is what is measured: the views beside it would be drawn too.
    await window.command('View: Toggle Primary Side Bar Visibility');
    const frame = await window.frameWith('dgx-compare');
    await frame.locator('dgx-overview [data-row="0"]').waitFor();
    await frame.evaluate(WATCH_ROWS);
    await client.request('lanes.resume', { lane: 'batch' });
    const doneToVisibleMs = await visibleTimes(frame, drawn);
    await showSet(frame);
    const still = await framesDuring(frame, () => wait(4000));
    const whole = await drives(window, frame, rounds);
    await asSheets(frame);
    const sheets = await drives(window, frame, rounds);
    return { scenes: [whole, sheets], still, doneToVisibleMs };
  } finally {
    await client.close();
  }
}

/** From the worker's event of each set's last cell to the frame in which all its pictures are shown. */
async function visibleTimes(frame: Frame, { sets, doneAt }: Drawn): Promise<number[]> {
  const painted = await until(
    'all sets are shown',
    async () => {
      const rows = await frame.evaluate<Record<string, number>>('paintedRows');
      return doneAt.size === sets && Object.keys(rows).length >= Math.min(sets, 6) ? rows : null;
    },
    180_000,
  );
  return [...doneAt].flatMap(([set, at]) => {
    const shown = painted[set];
    return shown === undefined ? [] : [shown - at];
  });
}

/** The first set with the engine's pictures. */
async function showSet(frame: Frame): Promise<void> {
  await frame.locator('dgx-overview [data-row="0"]').press('Enter');
  await frame.locator('dgx-set h2').press('r');
  await until('four megapixels are shown', () =>
    frame.evaluate<boolean>(`(() => {
      const set = document.querySelector('dgx-compare').shadowRoot.querySelector('dgx-set');
      const { placed } = set.shadowRoot.querySelector('dgx-stage').joint;
      return placed.length === 4 && placed.every(each => each?.size.width === 1024);
    })()`),
  );
}

/** Cuts all pictures into 64 frames that run as fast as they can. */
async function asSheets(frame: Frame): Promise<void> {
  for (const [at, value] of [8, 8, 60].entries()) {
    const input = frame.locator('dgx-player input').nth(at);
    await input.fill(String(value));
    await input.press('Tab');
  }
  await frame.locator('dgx-set h2').focus();
}

async function drives(window: Workbench, frame: Frame, rounds: number): Promise<FrameTimes[]> {
  const box = await frame.locator('dgx-stage canvas.stage').first().boundingBox();
  if (box === null) throw new Error('There is no stage.');
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const times: FrameTimes[] = [];
  for (let round = 0; round < rounds; round++) {
    times.push(await framesDuring(frame, () => panAndZoom(window.page, middle)));
  }
  return times;
}
