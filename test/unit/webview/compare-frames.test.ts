import { describe, expect, it } from 'vitest';
import { bounded, FrameClock, frameRect } from '../../../src/webview/compare/frames.ts';

describe('a sheet', () => {
  it('is read row by row', () => {
    const grid = { columns: 4, rows: 2 };
    const sheet = { width: 128, height: 64 };
    expect(frameRect(sheet, grid, 0)).toEqual({ x: 0, y: 0, width: 32, height: 32 });
    expect(frameRect(sheet, grid, 5)).toEqual({ x: 32, y: 32, width: 32, height: 32 });
    expect(frameRect(sheet, grid, 8)).toEqual(frameRect(sheet, grid, 0));
  });

  it('leaves what does not divide, and is never empty', () => {
    expect(frameRect({ width: 33, height: 10 }, { columns: 4, rows: 3 }, 11)).toEqual({
      x: 24,
      y: 6,
      width: 8,
      height: 3,
    });
    const tiny = frameRect({ width: 2, height: 2 }, { columns: 4, rows: 4 }, 15);
    expect(tiny).toEqual({ x: 1, y: 1, width: 1, height: 1 });
  });
});

describe('the clock of all pictures', () => {
  it('shows the frame of the time, however late it is asked', () => {
    const clock = new FrameClock(10);
    clock.play(1000);
    expect([1000, 1099, 1100, 1950, 61_000].map(now => clock.at(now, 8))).toEqual([0, 0, 1, 1, 0]);
  });

  it('stays where it was paused, and goes on from there', () => {
    const clock = new FrameClock(10);
    clock.play(0);
    clock.pause(350, 8);
    expect(clock.playing).toBe(false);
    expect(clock.at(9999, 8)).toBe(3);
    clock.play(10_000);
    expect(clock.at(10_100, 8)).toBe(4);
  });

  it('steps over the ends', () => {
    const clock = new FrameClock(10);
    clock.step(0, 8, -1);
    expect(clock.at(0, 8)).toBe(7);
    clock.step(0, 8, 1);
    expect(clock.at(0, 8)).toBe(0);
  });

  it('does not jump when its speed changes', () => {
    const clock = new FrameClock(10);
    clock.play(0);
    clock.setFps(550, 64, 60);
    expect(clock.at(550, 64)).toBe(5);
    expect(clock.at(567, 64)).toBe(6);
  });

  it('shows a frame that is there when there are fewer', () => {
    const clock = new FrameClock(10);
    clock.step(0, 64, 63);
    expect(clock.at(0, 4)).toBe(3);
  });
});

describe('a number that somebody typed', () => {
  it('is whole and within its bounds', () => {
    expect([0, 2.6, 99, Number.NaN].map(value => bounded(value, 1, 64))).toEqual([1, 3, 64, 1]);
  });
});
