import { describe, expect, it } from 'vitest';
import { ValidationFault } from '../../../src/worker/builtin/server/failures.ts';
import type { Graph } from '../../../src/worker/builtin/server/graph.ts';
import { NODE_CLASSES } from '../../../src/worker/builtin/server/nodes/registry.ts';
import { checkGraph } from '../../../src/worker/builtin/server/run/check-graph.ts';
import { catalog, node, textToImage } from './graphs.ts';

function check(graph: unknown, targets?: unknown[]) {
  return checkGraph(graph, targets, NODE_CLASSES, catalog);
}

/** Type and details of the first fault of a node. */
function faultOf(graph: Graph, id: string): { type: string; details: string; extra: unknown } {
  const reason = check(graph).nodeErrors[id]?.errors[0];
  return {
    type: reason?.type ?? 'none',
    details: reason?.details ?? '',
    extra: reason?.extra_info,
  };
}

function withInput(id: string, name: string, value: unknown): Graph {
  const graph = textToImage();
  graph[id]!.inputs[name] = value;
  return graph;
}

describe('checking a graph', () => {
  it('accepts a sound graph and names its output nodes', () => {
    expect(check(textToImage())).toMatchObject({ ok: true, outputs: ['9'], nodeErrors: {} });
  });

  it('coerces literals in place as Python would', () => {
    const graph = withInput('3', 'steps', '20');
    graph['3']!.inputs['cfg'] = ' 7.5 ';
    graph['3']!.inputs['seed'] = 3.9;
    graph['6']!.inputs['text'] = 5;
    graph['5']!.inputs['width'] = { __value__: 128 };
    expect(check(graph).ok).toBe(true);
    expect(graph['3']?.inputs).toMatchObject({ steps: 20, cfg: 7.5, seed: 3 });
    expect(graph['6']?.inputs['text']).toBe('5');
    expect(graph['5']?.inputs['width']).toBe(128);
  });

  it('reports a missing required input', () => {
    const graph = textToImage();
    delete graph['5']!.inputs['width'];
    expect(faultOf(graph, '5')).toEqual({
      type: 'required_input_missing',
      details: 'width',
      extra: { input_name: 'width' },
    });
  });

  it.each([
    ['steps', 0, 'value_smaller_than_min', 'Value 0 smaller than min of 1'],
    ['steps', 10001, 'value_bigger_than_max', 'Value 10001 bigger than max of 10000'],
    ['cfg', -1, 'value_smaller_than_min', 'Value -1.0 smaller than min of 0.0'],
    ['denoise', 1.5, 'value_bigger_than_max', 'Value 1.5 bigger than max of 1.0'],
  ])('reports %s = %s as %s in Python’s notation', (name, value, type, message) => {
    expect(check(withInput('3', name, value)).nodeErrors['3']?.errors[0]).toMatchObject({
      type,
      message,
      details: name,
    });
  });

  it.each([
    ['steps', '2.5', "steps, 2.5, invalid literal for int() with base 10: '2.5'"],
    ['cfg', 'much', "cfg, much, could not convert string to float: 'much'"],
    [
      'seed',
      null,
      "seed, None, int() argument must be a string, a bytes-like object or a real number, not 'NoneType'",
    ],
  ])('reports %s = %s as not convertible', (name, value, details) => {
    expect(faultOf(withInput('3', name, value), '3')).toMatchObject({
      type: 'invalid_input_type',
      details,
    });
  });

  it('lets the text nan through as a number, as Python does', () => {
    const graph = withInput('3', 'cfg', 'nan');
    expect(check(graph).ok).toBe(true);
    expect(graph['3']?.inputs['cfg']).toBeNaN();
  });

  it('leaves the choices out of the answer when there are more than twenty', () => {
    const { details, extra } = faultOf(withInput('3', 'sampler_name', 'eulr'), '3');
    expect(details).toBe("sampler_name: 'eulr' not in (list of length 44)");
    expect(extra).toMatchObject({ input_config: null, received_value: 'eulr' });
  });

  it('reports a link that is no pair, and one of the wrong type', () => {
    expect(faultOf(withInput('8', 'samples', ['3', 0, 1]), '8').type).toBe('bad_linked_input');
    expect(faultOf(withInput('8', 'samples', ['4', 0]), '8')).toMatchObject({
      type: 'return_type_mismatch',
      details: 'samples, received_type(MODEL) mismatch input_type(LATENT)',
      extra: { received_type: 'MODEL', linked_node: ['4', 0] },
    });
  });

  it('blames the node above for a link to a node that does not exist', () => {
    expect(faultOf(withInput('3', 'model', ['99', 0]), '3')).toMatchObject({
      type: 'exception_during_inner_validation',
      details: "'99'",
      extra: { exception_type: 'KeyError', linked_node: ['3', 0] },
    });
    expect(faultOf(withInput('9', 'images', ['99', 0]), '9')).toMatchObject({
      type: 'exception_during_validation',
      details: "'99'",
    });
    expect(faultOf(withInput('3', 'model', ['4', 9]), '3')).toMatchObject({
      type: 'exception_during_inner_validation',
      details: 'tuple index out of range',
    });
  });

  it('finds a cycle and names every node of it', () => {
    const graph = textToImage();
    graph['5'] = node('RepeatLatentBatch', { samples: ['3', 0], amount: 1 });
    const verdict = check(graph);
    expect(Object.keys(verdict.nodeErrors).sort()).toEqual(['3', '5']);
    expect(verdict.nodeErrors['3']?.errors[0]).toMatchObject({
      type: 'dependency_cycle',
      details: '3 (KSampler) -> 5 (RepeatLatentBatch) -> 3 (KSampler)',
      extra_info: { cycle_nodes: ['3', '5'] },
    });
  });

  it('runs the sound outputs and reports the others', () => {
    const graph = textToImage();
    graph['20'] = node('SaveImage', { images: ['21', 0], filename_prefix: 'x' });
    graph['21'] = node('ImageScale', {
      image: ['8', 0],
      upscale_method: 'nope',
      width: 8,
      height: 8,
      crop: 'disabled',
    });
    const verdict = check(graph);
    expect(verdict).toMatchObject({ ok: true, outputs: ['9'] });
    expect(verdict.nodeErrors).toMatchObject({ '21': { dependent_outputs: ['20'] } });
  });

  it('limits the outputs to the partial execution targets', () => {
    const graph = textToImage();
    graph['10'] = node('PreviewImage', { images: ['8', 0] });
    expect(check(graph, ['10'])).toMatchObject({ ok: true, outputs: ['10'] });
    expect(check(graph, ['8'])).toMatchObject({
      ok: false,
      error: { type: 'prompt_no_outputs' },
    });
  });

  it('checks an input picture by its file, not by the list', () => {
    const graph: Graph = {
      '1': node('LoadImage', { image: 'gone.png' }),
      '2': node('PreviewImage', { images: ['1', 0] }),
    };
    expect(faultOf(graph, '1')).toMatchObject({
      type: 'custom_validation_failed',
      details: 'image - Invalid image file: gone.png',
    });
    graph['1']!.inputs['image'] = 'knight.png';
    expect(check(graph).ok).toBe(true);
  });

  it('names a node without a class and one of an unknown class', () => {
    expect(check({ '1': { inputs: {} } })).toMatchObject({
      error: { type: 'missing_node_type', extra_info: { class_type: null, node_id: '1' } },
    });
    expect(check({ '1': { ...node('Nope', {}), _meta: { title: 'my node' } } })).toMatchObject({
      error: {
        message: "Node 'my node' not found. The custom node may not be installed.",
        details: "Node ID '#1'",
      },
    });
  });

  it.each([null, 5, [], 'graph', { '1': 5 }, { '1': null }])('refuses %j as no graph', graph => {
    expect(() => check(graph)).toThrow(ValidationFault);
  });

  it('keeps the names of JavaScript’s own objects apart from nodes', () => {
    const graph = withInput('3', 'model', ['constructor', 0]);
    expect(faultOf(graph, '3').details).toBe("'constructor'");
    const odd = JSON.parse('{"__proto__":{"class_type":"Nope","inputs":{}}}') as unknown;
    expect(check(odd)).toMatchObject({ error: { type: 'missing_node_type' } });
  });
});
