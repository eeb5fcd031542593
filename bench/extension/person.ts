import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { EditorServer } from '../../scripts/editor/server.ts';
import { connectLocal } from '../../src/client/discover.ts';
import { until } from '../../test/helpers/processes.ts';
import { Workbench } from '../../test/e2e/workbench.ts';

export interface PersonTimes {
  /** From the click on the command in the palette to the file, with no worker running before. */
  firstSpriteSeconds: number;
  /** From the worker's event of a finished sprite to its picture on the screen, one each. */
  eventToPaintMs: number[];
}

/** Uses the installed extension as a person does and times it from outside. */
export async function personTimes(vsix: string, sprites: number): Promise<PersonTimes> {
  // A sprite's own editor would open over the view that is timed, and draw at the same time.
  const settings = { 'dgx-pixels.output.open': 'never' };
  await using server = await EditorServer.start({ settings }, [vsix]);
  const workspace = join(server.folder, 'game');
  mkdirSync(workspace);
  await using window = await Workbench.open(server, workspace);
  const file = (name: string) => join(workspace, 'assets', 'sprites', `${name}.png`);

  // The palette only knows the command once extensions are scanned: that wait is the editor's.
  await window.command('Developer: Show Running Extensions');
  const clicked = performance.now();
  await window.command('DGX-Pixels: Generate Sprite…');
  await window.answer('rusty sword');
  await window.pick('Generate').click({ timeout: 60_000 });
  await until('the first sprite is there', () => existsSync(file('rusty-sword')), 60_000);
  const firstSpriteSeconds = (performance.now() - clicked) / 1000;

  await window.command('DGX-Pixels: Show Queue');
  const client = await until('the worker answers', () =>
    connectLocal(server.workerRuntime, { client: { name: 'bench', version: '0' } }),
  );
  const events: number[] = [];
  await client.subscribe();
  client.onEvent(event => {
    if (event.type === 'run.image') events.push(event.at);
  });
  const frame = await resultsFrame(window);
  await frame.evaluate(watchPictures);
  for (let sprite = 0; sprite < sprites; sprite += 1) {
    await window.command('DGX-Pixels: Generate Sprite…');
    await window.answer(`gem ${sprite}`);
    await window.pick('Generate').click();
    await until('the sprite is there', () => existsSync(file(`gem-${sprite}`)), 60_000);
    await until(
      'it is painted',
      async () => (await frame.evaluate<number>('painted.length')) > sprite,
    );
  }
  const painted = await frame.evaluate<number[]>('painted');
  await client.close();
  return { firstSpriteSeconds, eventToPaintMs: events.map((at, n) => (painted[n] ?? NaN) - at) };
}

/** The page of the Results view, once it shows a picture. */
async function resultsFrame(window: Workbench): Promise<Frame> {
  return until('the Results view shows a picture', async () => {
    for (const frame of window.page.frames()) {
      if (await frame.evaluate<boolean>(showsPictures).catch(() => false)) return frame;
    }
    return null;
  });
}

/** Pictures that are decoded and in the page, shadow trees included. */
const picturesIn = `function pictures(root) {
  let found = 0;
  for (const element of root.querySelectorAll('*')) {
    if (element.localName === 'img' && element.complete && element.naturalWidth > 0) found += 1;
    if (element.shadowRoot) found += pictures(element.shadowRoot);
  }
  return found;
}`;

/** Notes the time of the frame in which one more picture is shown, on the clock of the worker's events. */
const watchPictures = `(() => { ${picturesIn}
globalThis.painted = [];
let known = pictures(document);
(function frame() {
  const now = pictures(document);
  for (; known < now; known += 1) painted.push(performance.timeOrigin + performance.now());
  requestAnimationFrame(frame);
})();
})()`;

const showsPictures = `(() => { ${picturesIn}
return pictures(document) > 0 && innerWidth < 600;
})()`;
