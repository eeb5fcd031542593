import { describe, expect, it } from 'vitest';
import {
  BACKDROP_NAMES,
  GROUND_SIDE,
  GROUNDS,
  groundPixels,
  nextBackdrop,
} from '../../../src/webview/compare/backdrops.ts';
import { Lru } from '../../../src/webview/compare/lru.ts';
import { FIRST_STATE, readState } from '../../../src/webview/compare/state.ts';

describe('what is remembered', () => {
  it('comes back as it was', () => {
    const state = {
      ...FIRST_STATE,
      job: 'a job',
      set: 3,
      view: { zoom: 0.25, centre: { x: 1, y: 2 } },
      mode: 'onion' as const,
      raw: true,
      backdrop: 'grass' as const,
      frames: { columns: 8, rows: 8 },
      fps: 12,
      loupe: false,
      opacity: 0.3,
    };
    expect(readState(JSON.parse(JSON.stringify(state)) as object)).toEqual(state);
  });

  it('is the first state where it is broken', () => {
    const broken = {
      job: 7,
      set: -1,
      view: { zoom: 'large' },
      mode: 'sideways',
      raw: 'yes',
      backdrop: 'lava',
      color: 'red',
      frames: null,
      fps: Number.NaN,
      grid: 1,
      loupe: 'x',
      opacity: 7,
    };
    expect(readState(broken)).toEqual({ ...FIRST_STATE, fps: 1 });
    expect(readState({ frames: { columns: 900, rows: 'x' } }).frames).toEqual({
      columns: 64,
      rows: 1,
    });
  });
});

describe('pictures that are kept', () => {
  it('are those that were used last, up to so many bytes', () => {
    const kept = new Lru<string>(100);
    kept.set('a', 'A', 40);
    kept.set('b', 'B', 40);
    kept.get('a');
    kept.set('c', 'C', 40);
    expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual(['A', undefined, 'C']);
    expect(kept.bytes).toBe(80);
    kept.set('c', 'D', 10);
    expect(kept.bytes).toBe(50);
    kept.delete('nothing');
    kept.set('large', 'L', 500);
    expect([kept.get('large'), kept.get('a'), kept.bytes]).toEqual(['L', undefined, 500]);
  });
});

describe('a backdrop', () => {
  it('is followed by another until all were shown', () => {
    const seen = [BACKDROP_NAMES[0] as (typeof BACKDROP_NAMES)[number]];
    for (let name = nextBackdrop(seen[0]!); name !== seen[0]; name = nextBackdrop(name))
      seen.push(name);
    expect(seen).toEqual(BACKDROP_NAMES);
  });

  it.each(GROUNDS)('of %s is opaque, the same each time, and of few colours', ground => {
    const pixels = groundPixels(ground);
    expect(pixels).toHaveLength(GROUND_SIDE ** 2 * 4);
    expect(groundPixels(ground)).toEqual(pixels);
    const words = new Uint32Array(pixels.buffer);
    expect(new Set(words).size).toBe(3);
    expect(words.every(word => word >>> 24 === 255)).toBe(true);
  });
});
