import type { RgbaImage } from '../../pixels/image.ts';
import type { Severity } from '../../pixels/lint/finding.ts';
import { lintSprite } from '../../pixels/lint/lint-sprite.ts';
import type { Size } from '../stage/viewport.ts';
import { coloursOf, type ColourCount } from '../fix/colours.ts';
import { type FrameGrid, frameCount } from './frames.ts';
import type { Sprite } from './pictures.ts';

/** Pixels above which looking for faults would hold the page up. */
const MOST_LINTED = 512 * 512;

/** What can be told of a sprite from its pixels. */
export interface About {
  /** Sentences, each once; null where the picture is too large to look at here. */
  findings: readonly { severity: Severity; message: string; times: number }[] | null;
  /** The most frequent first. */
  palette: readonly ColourCount[];
}

/** What a sprite should be. */
export interface Wanted {
  /** Cells; of a sheet not looked at. */
  size: Size | null;
  tile: boolean;
  frames: FrameGrid;
}

const known = new WeakMap<RgbaImage, Map<string, About>>();

/** Faults and colours of a sprite; worked out once for each picture and wish. */
export function aboutOf({ image }: Sprite, { size, tile, frames }: Wanted): About {
  const single = frameCount(frames) === 1;
  const key = single ? `${size?.width ?? ''}x${size?.height ?? ''} ${tile}` : 'sheet';
  const before = known.get(image) ?? new Map<string, About>();
  known.set(image, before);
  const about = before.get(key) ?? {
    findings: findingsOf(image, single ? size : null, tile && single),
    palette: coloursOf(new Uint8Array(image.data.buffer, image.data.byteOffset)),
  };
  before.set(key, about);
  return about;
}

function findingsOf(image: RgbaImage, size: Size | null, tile: boolean): About['findings'] {
  if (image.width * image.height > MOST_LINTED) return null;
  const times = new Map<string, { severity: Severity; message: string; times: number }>();
  for (const { severity, message } of lintSprite(image, { size, tile })) {
    const same = times.get(message);
    if (same === undefined) times.set(message, { severity, message, times: 1 });
    else same.times += 1;
  }
  return [...times.values()];
}
