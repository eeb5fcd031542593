import { describe, expect, it } from 'vitest';
import { NodeFailure } from '../../../src/worker/builtin/server/failures.ts';
import { cellsFor, isCutOut } from '../../../src/worker/builtin/server/nodes/draw-plan.ts';
import { readTestWords } from '../../../src/worker/builtin/server/nodes/test-words.ts';
import { host, node, textToImage } from './graphs.ts';

const render = { width: 1024, height: 1024 };

function sent(size: unknown): Record<string, unknown> {
  return { extra_pnginfo: { dgx_pixels: { size } } };
}

describe('how many cells a sprite gets', () => {
  it('is what was sent beside the graph, before anything the prompt says', () => {
    expect(cellsFor(sent([24, 40]), 'sword 16x16', render)).toEqual({ width: 24, height: 40 });
  });

  it.each([[[0, 8]], [[513, 8]], [[8]], ['8'], [[8.5, 8]], [undefined]])(
    'falls back to the prompt when %j was sent',
    size => {
      expect(cellsFor(sent(size), 'a 48x32 sword', render)).toEqual({ width: 48, height: 32 });
    },
  );

  it.each([
    ['sword, 32×32', 32, 32],
    ['16 x 24 sprite', 16, 24],
    ['sword 1920x1080', 32, 32],
    ['0x5 sword', 32, 32],
  ])('reads %j', (prompt, width, height) => {
    expect(cellsFor({}, prompt, render)).toEqual({ width, height });
  });

  it('is derived from the render otherwise, and never exceeds its pixels', () => {
    expect(cellsFor({}, 'sword', { width: 4096, height: 2048 })).toEqual({ width: 64, height: 32 });
    expect(cellsFor({}, 'sword', { width: 256, height: 512 })).toEqual({ width: 16, height: 32 });
    expect(cellsFor(sent([64, 64]), '', { width: 16, height: 24 })).toEqual({
      width: 16,
      height: 24,
    });
  });
});

describe('a cut-out sprite', () => {
  it('is drawn when the graph removes the background further down', () => {
    const graph = textToImage();
    const scope = { nodeId: '3', graph, extraData: {}, host };
    expect(isCutOut(scope)).toBe(false);
    graph['11'] = node('RemoveBackground', { bg_removal_model: ['10', 0], image: ['8', 0] });
    expect(isCutOut(scope)).toBe(true);
    expect(isCutOut({ ...scope, nodeId: '9' })).toBe(false);
  });
});

describe('test words', () => {
  it('choose the end of a run', () => {
    expect(() => readTestWords('a __fail__ sword')).toThrow(NodeFailure);
    expect(() => readTestWords('__oom__')).toThrow(
      expect.objectContaining({ exceptionType: 'torch.OutOfMemoryError' }) as Error,
    );
    expect(readTestWords('__slow__, __nan__')).toEqual({ nan: true, slow: true });
    expect(readTestWords('fail oom nan slow')).toEqual({ nan: false, slow: false });
  });
});
