import { describe, expect, it } from 'vitest';
import {
  cellAt,
  cellSide,
  clampView,
  fitView,
  originOf,
  panBy,
  reveal,
  type Stage,
  stepZoom,
  type View,
  visibleCells,
  WheelSteps,
  ZOOMS,
  zoomAround,
} from '../../../src/webview/stage/viewport.ts';

function stage(ratio = 1, picture = { width: 32, height: 48 }): Stage {
  return { window: { width: 800 * ratio, height: 600 * ratio }, ratio, picture };
}

const ratios = [0.8, 1, 1.25, 1.5, 1.75, 2, 3];

describe('a view of a picture', () => {
  it.each(ratios)(
    'has cells of whole device pixels at whole places at a pixel ratio of %d',
    ratio => {
      for (const zoom of ZOOMS) {
        expect(Number.isInteger(cellSide(zoom, ratio))).toBe(true);
        const { x, y } = originOf({ zoom, centre: { x: 3.21, y: 40.4 } }, stage(ratio));
        expect(Number.isInteger(x) && Number.isInteger(y)).toBe(true);
      }
    },
  );

  it('is fitted at the largest whole zoom that leaves a margin', () => {
    expect(fitView(stage())).toEqual({ zoom: 11, centre: { x: 16, y: 24 } });
    expect(fitView(stage(1, { width: 2048, height: 2048 })).zoom).toBe(1);
    expect(fitView(stage(1, { width: 1, height: 1 })).zoom).toBe(64);
    expect(fitView(stage(2))).toEqual(fitView(stage(1)));
  });

  it('is fitted at 1 in a window of no size', () => {
    const nowhere = { ...stage(), window: { width: 0, height: 0 } };
    expect(fitView(nowhere).zoom).toBe(1);
  });

  it.each(ratios)('keeps the cell under the cursor when it is zoomed, at a ratio of %d', ratio => {
    const place = stage(ratio);
    for (const cell of [
      { x: 9, y: 20 },
      { x: 16, y: 24 },
      { x: 22, y: 30 },
    ]) {
      let view: View = fitView(place);
      const side = cellSide(view.zoom, ratio);
      const origin = originOf(view, place);
      const cursor = { x: origin.x + (cell.x + 0.5) * side, y: origin.y + (cell.y + 0.5) * side };
      for (const zoom of [16, 24, 40, 64, 12]) {
        view = zoomAround(view, place, cursor, zoom);
        expect(cellAt(view, place, cursor)).toEqual(cell);
      }
    }
  });

  it('knows the cell under each pixel of it and none beside it', () => {
    const place = stage();
    const view = fitView(place);
    const { x, y } = originOf(view, place);
    const side = cellSide(view.zoom, 1);
    expect(cellAt(view, place, { x, y })).toEqual({ x: 0, y: 0 });
    expect(cellAt(view, place, { x: x + side - 0.1, y })).toEqual({ x: 0, y: 0 });
    expect(cellAt(view, place, { x: x + side, y })).toEqual({ x: 1, y: 0 });
    expect(cellAt(view, place, { x: x - 0.1, y })).toBeNull();
    expect(cellAt(view, place, { x: x + 32 * side, y })).toBeNull();
    expect(cellAt(view, place, { x: x + 32 * side - 1, y: y + 48 * side - 1 })).toEqual({
      x: 31,
      y: 47,
    });
  });

  it('moves with a drag and keeps some of the picture in the middle', () => {
    const place = stage();
    const view = fitView(place);
    const before = originOf(view, place);
    const after = originOf(panBy(view, place, { x: 22, y: -33 }), place);
    expect(after).toEqual({ x: before.x - 22, y: before.y + 33 });
    expect(panBy(view, place, { x: 1e9, y: -1e9 }).centre).toEqual({ x: 32, y: 0 });
  });

  it('takes nothing of a remembered view that no longer fits', () => {
    const wild = { zoom: 1e6, centre: { x: 500, y: Number.NaN } };
    expect(clampView(wild, stage())).toEqual({ zoom: 64, centre: { x: 32, y: 24 } });
    expect(clampView({ zoom: Number.NaN, centre: { x: 1, y: 1 } }, stage()).zoom).toBe(1);
  });

  it('is moved just enough to show a cell', () => {
    const place = stage();
    const view: View = { zoom: 64, centre: { x: 16, y: 24 } };
    expect(reveal(view, place, { x: 16, y: 24 })).toEqual(view);
    const moved = reveal(view, place, { x: 31, y: 0 });
    const { x, y } = originOf(moved, place);
    expect({ x: x + 32 * 64, y }).toEqual({ x: 800, y: 0 });
  });

  it('draws only the cells of which something is seen', () => {
    const place = stage();
    expect(visibleCells(fitView(place), place)).toEqual({ x: 0, y: 0, width: 32, height: 48 });
    const close: View = { zoom: 64, centre: { x: 16, y: 24 } };
    const seen = visibleCells(close, place);
    const origin = originOf(close, place);
    expect(origin.x + seen.x * 64).toBeLessThanOrEqual(0);
    expect(origin.x + (seen.x + 1) * 64).toBeGreaterThan(0);
    expect(origin.x + (seen.x + seen.width) * 64).toBeGreaterThanOrEqual(800);
    expect(seen.width).toBeLessThanOrEqual(14);
  });
});

describe('zooming', () => {
  it('steps through whole zooms and ends at 1 and 64', () => {
    expect(stepZoom(11, 1)).toBe(12);
    expect(stepZoom(11, -1)).toBe(10);
    expect(stepZoom(64, 3)).toBe(64);
    expect(stepZoom(1, -1)).toBe(1);
    expect(stepZoom(1, 100)).toBe(64);
  });

  it('takes a notch of a wheel as one step, and many small strokes of a touch pad as one', () => {
    const wheel = new WheelSteps();
    expect(wheel.add(-100, 0)).toBe(1);
    expect(wheel.add(3, 1)).toBe(-1);
    const pad = new WheelSteps();
    const steps = Array.from({ length: 26 }, () => pad.add(-8, 0));
    expect(steps.filter(step => step !== 0)).toEqual([1, 1]);
  });

  it('turns round at once', () => {
    const wheel = new WheelSteps();
    wheel.add(-90, 0);
    expect(wheel.add(100, 0)).toBe(-1);
  });
});
