import { describe, expect, it } from 'vitest';
import { mapView, RoundTrip } from '../../../src/webview/compare/view-map.ts';
import {
  cellSide,
  fitView,
  LEAST_ZOOM,
  originOf,
  type Stage,
  stepZoom,
  visibleCells,
} from '../../../src/webview/stage/viewport.ts';

const sprite = { width: 32, height: 32 };
const engine = { width: 1024, height: 1024 };

function stage(ratio = 1): Stage {
  const window = { width: 340 * ratio, height: 600 * ratio };
  return { window, ratio, picture: engine, least: LEAST_ZOOM };
}

describe('a view of an engine’s picture', () => {
  it('steps below one by whole fractions, down to the least', () => {
    const down = Array.from({ length: 11 }, (_, steps) => stepZoom(2, -steps, LEAST_ZOOM));
    expect(down.slice(0, 5)).toEqual([2, 1, 1 / 2, 1 / 3, 1 / 4]);
    expect(down.at(-1)).toBe(LEAST_ZOOM);
    expect(stepZoom(1 / 2, 1, LEAST_ZOOM)).toBe(1);
    expect(stepZoom(1, -1)).toBe(1);
  });

  it('is fitted by a whole fraction', () => {
    expect(fitView(stage()).zoom).toBe(1 / 4);
    expect(fitView({ ...stage(), least: 1 }).zoom).toBe(1);
  });

  it.each([1, 1.25, 1.5, 2, 3])(
    'shows one pixel for each of the screen’s at a ratio of %d',
    ratio => {
      for (const zoom of [1 / 2, 1 / 3, 1 / 4, 1 / 8, 1 / 32]) {
        const side = cellSide(zoom, ratio);
        const each = side < 1 ? 1 / side : side;
        expect(each).toBeCloseTo(Math.round(each), 9);
      }
    },
  );

  it('begins what is seen at the same pixel of each block, wherever it is moved', () => {
    const place = stage();
    for (let x = 400; x < 420; x += 0.37) {
      const view = { zoom: 1 / 3, centre: { x, y: 500 } };
      const seen = visibleCells(view, place);
      expect(seen.x % 3).toBe(0);
      expect(seen.width % 3).toBe(0);
      expect(seen.x + seen.width).toBeLessThanOrEqual(engine.width);
      const origin = originOf(view, place);
      expect(Number.isInteger(origin.x + seen.x / 3)).toBe(true);
    }
  });
});

describe('the other resolution', () => {
  it('is shown at the same place and about as large', () => {
    const view = mapView({ zoom: 16, centre: { x: 8, y: 24 } }, sprite, engine);
    expect(view).toEqual({ zoom: 1 / 2, centre: { x: 256, y: 768 } });
    expect(mapView({ zoom: 10, centre: { x: 8, y: 24 } }, sprite, engine).zoom).toBe(1 / 3);
    expect(mapView({ zoom: 64, centre: { x: 8, y: 24 } }, sprite, engine).zoom).toBe(2);
    expect(mapView({ zoom: 1, centre: { x: 8, y: 24 } }, engine, sprite).zoom).toBe(32);
  });

  it('ends there and back where it began', () => {
    const trip = new RoundTrip();
    const start = { zoom: 10, centre: { x: 8.3, y: 24 } };
    const there = trip.cross(start, sprite, engine);
    expect(trip.cross(there, engine, sprite)).toEqual(start);
    const moved = { zoom: 1, centre: { x: 512, y: 512 } };
    expect(trip.cross(moved, engine, sprite)?.centre).toEqual({ x: 16, y: 16 });
    expect(trip.cross(null, sprite, engine)).toBeNull();
  });
});
