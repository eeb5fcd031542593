import { isRecord, leadsTo } from '../graph.ts';
import { pngInfo } from '../run/png-info.ts';
import type { NodeScope } from './types.ts';

/** Cells of a sprite. */
export interface CellSize {
  width: number;
  height: number;
}

/** Largest sprite in cells. */
const MAX_CELLS = 512;

const CUTS_OUT: ReadonlySet<string> = new Set(['RemoveBackground']);

/**
 * The size that the prompt's sender asks for beside the graph
 * (`extra_data.extra_pnginfo.dgx_pixels.size`), if it is sound.
 */
export function sentSize(extraData: Readonly<Record<string, unknown>>): CellSize | undefined {
  const own = pngInfo(extraData)['dgx_pixels'];
  const size = isRecord(own) ? own['size'] : undefined;
  if (!Array.isArray(size) || size.length !== 2) return undefined;
  const [width, height] = size as unknown[];
  return isCellCount(width) && isCellCount(height) ? { width, height } : undefined;
}

/**
 * Cells to draw: what was sent beside the graph, else `32x32` in the prompt, else a thirty-second
 * of the render's width within 16-64. Never more cells than pixels.
 */
export function cellsFor(
  extraData: Readonly<Record<string, unknown>>,
  prompt: string,
  render: { width: number; height: number },
): CellSize {
  const chosen = sentSize(extraData) ?? writtenSize(prompt) ?? derivedSize(render);
  return {
    width: Math.min(chosen.width, render.width),
    height: Math.min(chosen.height, render.height),
  };
}

/** Whether the sprite is cut out: asked for in words, or because the graph removes the background. */
export function isCutOut(scope: NodeScope): boolean {
  return leadsTo(scope.graph, scope.nodeId, CUTS_OUT);
}

function writtenSize(prompt: string): CellSize | undefined {
  const match = /(?<![\d.])(\d{1,3})\s?[x×]\s?(\d{1,3})(?!\d)/i.exec(prompt);
  const [width, height] = [Number(match?.[1]), Number(match?.[2])];
  return isCellCount(width) && isCellCount(height) ? { width, height } : undefined;
}

function derivedSize(render: { width: number; height: number }): CellSize {
  const width = Math.min(64, Math.max(16, Math.round(render.width / 32)));
  const height = Math.round((width * render.height) / render.width);
  return { width, height: Math.min(128, Math.max(1, height)) };
}

function isCellCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_CELLS;
}
