import { describe, expect, it } from 'vitest';
import type { Graph } from '../../../src/worker/builtin/server/graph.ts';
import { NODE_CLASSES } from '../../../src/worker/builtin/server/nodes/registry.ts';
import { NodeCache, signaturesOf } from '../../../src/worker/builtin/server/run/cache.ts';
import { host, node, textToImage } from './graphs.ts';

function signatures(graph: Graph, extraData: Record<string, unknown> = {}): Map<string, string> {
  return signaturesOf({ graph, extraData, host }, NODE_CLASSES, ['9']);
}

/** Nodes whose key differs between two graphs with the same ids. */
function changed(a: Map<string, string>, b: Map<string, string>): string[] {
  return [...a.keys()].filter(id => a.get(id) !== b.get(id)).sort();
}

describe('cache keys', () => {
  it('do not depend on ids, titles or the order of inputs', () => {
    const graph = textToImage();
    const renamed = Object.fromEntries(
      Object.entries(graph).map(([id, { class_type, inputs }]) => [
        `n${id}`,
        {
          class_type,
          _meta: { title: 'other' },
          inputs: Object.fromEntries(
            Object.entries(inputs)
              .reverse()
              .map(([name, value]) => [
                name,
                Array.isArray(value) ? [`n${String(value[0])}`, value[1] as number] : value,
              ]),
          ),
        },
      ]),
    );
    const own = signaturesOf({ graph: renamed, extraData: {}, host }, NODE_CLASSES, ['n9']);
    expect(own.get('n9')).toBe(signatures(graph).get('9'));
  });

  it('change for a node and all below it when an input changes', () => {
    const other = textToImage();
    other['7']!.inputs['text'] = 'watermark';
    expect(changed(signatures(textToImage()), signatures(other))).toEqual(['3', '7', '8', '9']);
  });

  it('tell apart texts that would look alike when joined', () => {
    const a = textToImage();
    a['9'] = node('SaveImage', { images: ['8', 0], filename_prefix: 'a,"b"' });
    const b = textToImage();
    b['9'] = node('SaveImage', { images: ['8', 0], filename_prefix: 'a\\,"b"' });
    expect(changed(signatures(a), signatures(b))).toEqual(['9']);
  });

  it('are missing for nodes that lead back to themselves', () => {
    const graph = textToImage();
    graph['5']!.inputs['undeclared'] = ['9', 0];
    expect([...signatures(graph).keys()].sort()).toEqual(['4', '6', '7']);
  });

  it('change from the sampler down when the sent sprite size changes', () => {
    const sized = (size: number[]) => ({ extra_pnginfo: { dgx_pixels: { size } } });
    const a = signatures(textToImage(), sized([16, 16]));
    const b = signatures(textToImage(), sized([24, 16]));
    expect(changed(a, b)).toEqual(['3', '8', '9']);
  });
});

describe('the cache', () => {
  const result = { outputs: [] };

  it('keeps entries across prompts and drops the oldest prompt’s first', () => {
    const cache = new NodeCache(3);
    cache.open([]);
    cache.set('a', result);
    cache.open([]);
    cache.set('b', result);
    cache.open(['a']);
    cache.set('c', result);
    cache.set('d', result);
    cache.open([]);
    expect(['a', 'b', 'c', 'd'].filter(key => cache.get(key) !== undefined)).toEqual([
      'a',
      'c',
      'd',
    ]);
  });

  it('never drops what the prompt that opens uses', () => {
    const cache = new NodeCache(0);
    cache.open([]);
    cache.set('a', result);
    cache.open(['a']);
    expect(cache.get('a')).toBe(result);
    cache.open([]);
    expect(cache.get('a')).toBeUndefined();
  });
});
