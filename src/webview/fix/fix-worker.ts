import { type CellSource, findCells } from '../../pixels/fix/cells/source.ts';
import { refixPixels } from '../../pixels/fix/fix-pixels.ts';
import { completeSettings, type FixSettingsInput } from '../../pixels/fix/settings.ts';
import type { RgbaImage } from '../../pixels/image.ts';
import type { Fixed, FromWorker, ToWorker } from './worker-messages.ts';

/*
 * A script of its own, dist/webview/fix-worker.js, which the page starts as a worker: it fixes while the page stays smooth.
 * The search for cells is the slow part, so its outcome is kept as long as what it depends on stays.
 */
let picture: { number: number; image: RgbaImage } | null = null;
let found: { key: string; source: CellSource } | null = null;

function fix(settings: FixSettingsInput): Fixed {
  if (picture === null) throw new Error('There is no picture yet.');
  const whole = completeSettings(settings);
  const key = JSON.stringify([picture.number, whole.grid, whole.size]);
  if (found?.key !== key) found = { key, source: findCells([picture.image], whole) };
  const { source } = found;
  const [result] = refixPixels(source, settings);
  if (result === undefined) throw new Error('There is no result.');
  const { image, report } = result;
  const pixels = new Uint8Array(image.data);
  const columns = Float64Array.from(source.grid.columns);
  const rows = Float64Array.from(source.grid.rows);
  return { width: image.width, height: image.height, pixels, report, columns, rows };
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'picture') {
    const { width, height, pixels } = data;
    const view = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.byteLength);
    picture = { number: data.picture, image: { width, height, data: view } };
    found = null;
    return;
  }
  const { id, picture: number } = data;
  let answer: FromWorker;
  try {
    answer = { id, picture: number, fixed: fix(data.settings) };
  } catch (error) {
    answer = {
      id,
      picture: number,
      message: error instanceof Error ? error.message : String(error),
    };
  }
  self.postMessage(answer);
};
