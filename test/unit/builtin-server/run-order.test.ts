import { describe, expect, it } from 'vitest';
import type { Graph } from '../../../src/worker/builtin/server/graph.ts';
import { NODE_CLASSES } from '../../../src/worker/builtin/server/nodes/registry.ts';
import { RunOrder } from '../../../src/worker/builtin/server/run/order.ts';
import { node, textToImage } from './graphs.ts';

function orderOf(graph: Graph, outputs: string[], cached: string[] = []): string[] {
  const order = new RunOrder(graph, NODE_CLASSES, outputs, id => cached.includes(id));
  const run: string[] = [];
  for (let id = order.next(); id !== undefined; id = order.next()) {
    run.push(id);
    order.finish(id);
  }
  return run;
}

describe('the order of nodes', () => {
  it('is the recorded one for the plain graph', () => {
    expect(orderOf(textToImage(), ['9'])).toEqual(['4', '5', '7', '6', '3', '8', '9']);
  });

  it('leaves out what only cached nodes need', () => {
    expect(orderOf(textToImage(), ['9'], ['4', '6', '7'])).toEqual(['5', '3', '8', '9']);
    expect(orderOf(textToImage(), ['9'], ['8'])).toEqual(['9']);
  });

  it('visits a cached output itself, to tell its old result', () => {
    expect(orderOf(textToImage(), ['9'], Object.keys(textToImage()))).toEqual(['9']);
  });

  it('says which node can never run', () => {
    const graph = textToImage();
    graph['5']!.inputs['undeclared'] = ['9', 0];
    const order = new RunOrder(graph, NODE_CLASSES, ['9'], () => false);
    expect(orderOf(graph, ['9'])).toEqual(['4', '7', '6']);
    expect(order.blocked()).toBe('9');
  });

  it('saves the first picture before the second is drawn', () => {
    const graph = textToImage();
    graph['13'] = node('KSampler', { ...graph['3']?.inputs, seed: 43 });
    graph['18'] = node('VAEDecode', { samples: ['13', 0], vae: ['4', 2] });
    graph['19'] = node('SaveImage', { images: ['18', 0], filename_prefix: 'b' });
    const run = orderOf(graph, ['9', '19']);
    const saves = [run.indexOf('9'), run.indexOf('19')];
    const draws = [run.indexOf('3'), run.indexOf('13')];
    expect(Math.min(...saves)).toBeLessThan(Math.max(...draws));
  });
});
