import type { SpriteLint } from '../lint/sprite-lint.ts';
import type { FixPanels } from '../panels/fix/fix-panels.ts';
import type { Services } from '../services.ts';
import type { PictureStore } from './picture-store.ts';
import type { PixelsWorker } from './thread/pixels-worker.ts';

/** What the commands on pictures work with. */
export interface PixelsParts extends Services {
  pictures: PictureStore;
  worker: PixelsWorker;
  panels: FixPanels;
  lint: SpriteLint;
}
