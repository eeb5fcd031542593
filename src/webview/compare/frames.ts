import type { Rectangle } from '../../pixels/image.ts';
import type { Size } from '../stage/viewport.ts';

/** How a picture is cut into frames, read row by row; 1 x 1 is a single picture. */
export interface FrameGrid {
  columns: number;
  rows: number;
}

export const MOST_FRAMES_ACROSS = 64;
export const FPS = { least: 1, most: 60 } as const;

export function frameCount({ columns, rows }: FrameGrid): number {
  return columns * rows;
}

/** A frame of a picture, in its pixels; what does not divide is left at the right and at the bottom. At least a pixel. */
export function frameRect(picture: Size, grid: FrameGrid, frame: number): Rectangle {
  const width = Math.max(1, Math.floor(picture.width / grid.columns));
  const height = Math.max(1, Math.floor(picture.height / grid.rows));
  const at = frame % frameCount(grid);
  const x = Math.min(picture.width - width, (at % grid.columns) * width);
  const y = Math.min(picture.height - height, Math.floor(at / grid.columns) * height);
  return { x, y, width, height };
}

/** A whole number within bounds; what is not a number is the least. */
export function bounded(value: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(least, Math.round(value))) : least;
}

/**
 * Which frame is shown when. One clock for all pictures: the frame follows from the time alone, so that late screens drop frames
 * instead of falling behind each other.
 */
export class FrameClock {
  #frame = 0;
  #since: number | null = null;
  #fps: number;

  constructor(fps: number) {
    this.#fps = fps;
  }

  get playing(): boolean {
    return this.#since !== null;
  }

  /** The frame at a time in milliseconds. */
  at(now: number, count: number): number {
    const passed = this.#since === null ? 0 : Math.floor(((now - this.#since) * this.#fps) / 1000);
    return (((this.#frame + passed) % count) + count) % count;
  }

  play(now: number): void {
    this.#since ??= now;
  }

  pause(now: number, count: number): void {
    this.#frame = this.at(now, count);
    this.#since = null;
  }

  /** Stops and goes some frames on or back. */
  step(now: number, count: number, frames: number): void {
    this.pause(now, count);
    this.#frame = (((this.#frame + frames) % count) + count) % count;
  }

  /** Frames in a second; what is shown stays. */
  setFps(now: number, count: number, fps: number): void {
    const { playing } = this;
    this.pause(now, count);
    this.#fps = fps;
    if (playing) this.play(now);
  }
}
