import type { Rectangle, RgbaImage } from '../../image.ts';
import { FixError } from '../error.ts';
import type { FitReport } from '../report.ts';
import type { FixSettings } from '../settings.ts';
import { contentOf, unionOf } from './content.ts';
import { copyWindow, keepInside, windowFor } from './place.ts';
import { planReduction, reduceCells } from './reduce.ts';

/** A frame and where its background is. */
export interface Layer {
  image: RgbaImage;
  /** 1 where a cell is background or transparent. */
  mask: Uint8Array;
}

type Size = readonly [width: number, height: number];

/**
 * Brings frames to the cells wanted: all through one window, so that nothing jumps between them.
 * @param ground colour that the canvas takes beside a picture whose background stays; null is transparent
 * @throws FixError `too-many-cells`
 */
export function fitFrames(
  layers: readonly Layer[],
  settings: Pick<FixSettings, 'size' | 'fit' | 'canvas' | 'outline'>,
  ground: readonly [number, number, number] | null,
): { frames: RgbaImage[]; report: FitReport } {
  const { width, height } = layers[0]!.image;
  const whole: Rectangle = { x: 0, y: 0, width, height };
  const found = unionOf(
    layers.map(({ image, mask }) => contentOf(mask, image.width, image.height)),
  );
  const content = found ?? whole;
  // An outline to be drawn needs its own cell on each side.
  const pad = settings.canvas.pad + (settings.outline.mode === 'add' ? 1 : 0);
  const canvas = { ...settings.canvas, pad };
  if (settings.size === null) return natural(layers, content, canvas, ground);
  const [w, h] = settings.size;
  const room: Size = [Math.max(1, w - 2 * pad), Math.max(1, h - 2 * pad)];
  if (!canvas.trim && width <= w && height <= h) {
    return place(layers, whole, settings.size, canvas, ground);
  }
  if (content.width <= room[0] && content.height <= room[1])
    return place(layers, content, settings.size, canvas, ground);
  const from = Math.max(content.width, content.height);
  if (settings.fit === 'fail') {
    throw new FixError(
      'too-many-cells',
      `The picture holds ${content.width}x${content.height} cells, more than the ${w}x${h} wanted.`,
    );
  }
  if (settings.fit === 'keep') {
    const kept = natural(layers, content, canvas, ground);
    return {
      frames: kept.frames,
      report: { ...kept.report, action: 'over', from, to: from, words: `kept ${from}` },
    };
  }
  return reduce(layers, canvas.trim ? content : whole, settings.size, room, canvas, ground);
}

/** The picture at its own size; trimmed where that is wanted and something is transparent. */
function natural(
  layers: readonly Layer[],
  content: Rectangle,
  canvas: FixSettings['canvas'],
  ground: readonly [number, number, number] | null,
): { frames: RgbaImage[]; report: FitReport } {
  const { width, height } = layers[0]!.image;
  const trim = canvas.trim && ground === null;
  const shown = trim ? content : { x: 0, y: 0, width, height };
  const pad = canvas.pad;
  const window = {
    x: shown.x - pad,
    y: shown.y - pad,
    width: shown.width + 2 * pad,
    height: shown.height + 2 * pad,
  };
  const side = Math.max(window.width, window.height);
  const action = window.width === width && window.height === height ? 'none' : 'cropped';
  return {
    frames: layers.map(({ image }) => copyWindow(image, window, beside(ground))),
    report: { action, from: side, to: side, words: '', window: unscaled(window) },
  };
}

function place(
  layers: readonly Layer[],
  content: Rectangle,
  size: Size,
  canvas: FixSettings['canvas'],
  ground: readonly [number, number, number] | null,
): { frames: RgbaImage[]; report: FitReport } {
  const { width, height } = layers[0]!.image;
  const from = Math.max(width, height);
  const to = Math.max(size[0], size[1]);
  const same = width === size[0] && height === size[1];
  if (same && !canvas.trim) {
    return {
      frames: layers.map(({ image }) => image),
      report: { action: 'exact', from, to, words: '', window: { x: 0, y: 0, step: 1 } },
    };
  }
  let window = windowFor(content, size, canvas);
  // A background that stays must not end before the canvas does.
  if (ground !== null) window = keepInside(window, width, height);
  const unmoved = same && window.x === 0 && window.y === 0;
  const smaller = width < size[0] || height < size[1];
  return {
    frames: layers.map(({ image }) => copyWindow(image, window, beside(ground))),
    report: {
      action: unmoved ? 'exact' : smaller ? 'centred' : 'cropped',
      from,
      to,
      words: '',
      window: unscaled(window),
    },
  };
}

function reduce(
  layers: readonly Layer[],
  content: Rectangle,
  size: Size,
  room: Size,
  canvas: FixSettings['canvas'],
  ground: readonly [number, number, number] | null,
): { frames: RgbaImage[]; report: FitReport } {
  const plan = planReduction(layers[0]!.image, content, room);
  const smaller = layers.map(({ image, mask }) => reduceCells(image, mask, plan));
  const trimmed = unionOf(
    smaller.map(({ image, mask }) => contentOf(mask, image.width, image.height)),
  );
  const frame = Math.max(layers[0]!.image.width / size[0], layers[0]!.image.height / size[1]);
  const tall = layers[0]!.image.height / size[1] >= layers[0]!.image.width / size[0];
  const to = tall ? size[1] : size[0];
  // A whole frame that is reduced is named as such; else what the content needed.
  const near = Math.abs(frame / plan.factor - 1) < 0.07;
  const from = near
    ? tall
      ? layers[0]!.image.height
      : layers[0]!.image.width
    : Math.round(to * plan.factor);
  const all = { x: 0, y: 0, width: plan.width, height: plan.height };
  const window = windowFor(canvas.trim ? (trimmed ?? all) : all, size, canvas);
  return {
    frames: smaller.map(({ image }) => copyWindow(image, window, beside(ground))),
    report: {
      action: 'reduced',
      from,
      to,
      words: `reduced ${from}→${to}`,
      window: {
        x: plan.left + window.x * plan.factor,
        y: plan.top + window.y * plan.factor,
        step: plan.factor,
      },
    },
  };
}

function unscaled({ x, y }: Rectangle): FitReport['window'] {
  return { x, y, step: 1 };
}

function beside(
  ground: readonly [number, number, number] | null,
): readonly [number, number, number, number] {
  return ground === null ? [0, 0, 0, 0] : [ground[0], ground[1], ground[2], 255];
}
