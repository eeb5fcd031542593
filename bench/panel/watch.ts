import type { Frame, Page } from 'playwright-core';

/** Milliseconds between frames, and of our own scripts within each. */
export interface FrameTimes {
  frames: number[];
  scripts: number[];
}

/**
 * Notes each frame and the time that listeners and frame callbacks take in it. A listener's time goes from the first on the
 * window to the last on it, what it leaves to microtasks included.
 */
const WATCH = `(() => {
  const request = requestAnimationFrame.bind(globalThis);
  const times = { frames: [], scripts: [], on: true };
  globalThis.watched = times;
  let script = 0;
  if (globalThis.frameHook === undefined) {
    globalThis.frameHook = { add: () => {} };
    globalThis.requestAnimationFrame = callback => request(time => {
      const started = performance.now();
      callback(time);
      globalThis.frameHook.add(performance.now() - started);
    });
    for (const type of ['pointermove', 'pointerdown', 'pointerup', 'wheel']) {
      let started = 0;
      addEventListener(type, () => { started = performance.now(); }, { capture: true });
      addEventListener(type, () => globalThis.frameHook.add(performance.now() - started));
    }
    globalThis.frameRequest = request;
  }
  globalThis.frameHook.add = milliseconds => { script += milliseconds; };
  let last = 0;
  globalThis.frameRequest(function frame(time) {
    if (last > 0) { times.frames.push(time - last); times.scripts.push(script); }
    script = 0;
    last = time;
    if (times.on) globalThis.frameRequest(frame);
  });
})()`;

/** Measures the frames of a page while something is done to it. */
export async function framesDuring(
  frame: Frame,
  work: () => Promise<unknown>,
): Promise<FrameTimes> {
  await frame.evaluate(WATCH);
  await work();
  return frame.evaluate<FrameTimes>('(watched.on = false, watched)');
}

/** Milliseconds of a hand that drags in a loop, and turns the wheel once in so many movements. */
const HAND = { dragMs: 6000, turnEach: 45 };

/** Drags and zooms over a place of the window as fast as the browser takes it. */
export async function panAndZoom(page: Page, at: { x: number; y: number }): Promise<void> {
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  const end = performance.now() + HAND.dragMs;
  for (let move = 1; performance.now() < end; move++) {
    await page.mouse.move(at.x + 100 * Math.sin(move / 9), at.y + 80 * Math.cos(move / 7));
    // In and out by turns of two, so that it stays where pictures fill the windows.
    if (move % HAND.turnEach === 0) {
      await page.mouse.wheel(0, (move / HAND.turnEach) % 4 < 2 ? -100 : 100);
    }
  }
  await page.mouse.up();
}

/**
 * Notes when all pictures of a row of the overview were painted, by row, on the clock of the worker's events. A thumbnail's canvas
 * gets its size in the frame in which it is painted; until then it is 300 wide.
 */
export const WATCH_ROWS = `(() => {
  const seen = globalThis.paintedRows = {};
  const overview = document.querySelector('dgx-compare').shadowRoot.querySelector('dgx-overview');
  const side = Math.round(104 * devicePixelRatio);
  const painted = thumb => thumb.shadowRoot?.querySelector('canvas')?.width === side;
  (function frame() {
    for (const row of overview.shadowRoot.querySelectorAll('[data-row]')) {
      const thumbs = [...row.querySelectorAll('dgx-thumb')];
      const cells = row.querySelectorAll('[role="gridcell"]').length;
      if (thumbs.length < cells || seen[row.dataset.row] !== undefined) continue;
      if (thumbs.every(painted)) seen[row.dataset.row] = performance.timeOrigin + performance.now();
    }
    requestAnimationFrame(frame);
  })();
})()`;
