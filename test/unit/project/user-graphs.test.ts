import { describe, expect, it } from 'vitest';
import { requireSeedPlace } from '../../../src/project/workflows/bind.ts';
import { chooseRenderSize, defineWorkflow } from '../../../src/project/workflows/definition.ts';
import { shippedWorkflow } from '../../helpers/role-changes.ts';

/** A graph as a person exports it, with titles for roles. */
function graphOf(width: number, height: number) {
  return {
    '1': { class_type: 'CLIPTextEncode', inputs: { text: '' }, _meta: { title: '@positive' } },
    '2': {
      class_type: 'EmptyLatentImage',
      inputs: { width, height, batch_size: 1 },
      _meta: { title: '@size' },
    },
    '3': { class_type: 'SaveImage', inputs: { filename_prefix: 'x', images: ['1', 0] } },
  };
}

describe('the render size of a graph of one’s own', () => {
  it('is the one in the graph, where a sprite has its shape', () => {
    const { renderSizes } = defineWorkflow('w', graphOf(640, 640));
    expect(chooseRenderSize(renderSizes, [32, 32])).toEqual([640, 640]);
    expect(chooseRenderSize(renderSizes, [32, 64])).toEqual([384, 768]);
  });

  it('is among the sizes once', () => {
    const { renderSizes } = defineWorkflow('w', graphOf(1024, 1024));
    expect(renderSizes.filter(([width, height]) => width === height)).toEqual([[1024, 1024]]);
  });

  it('is of its family where no engine would draw the graph’s own', () => {
    const { renderSizes } = defineWorkflow('w', graphOf(1023, 1023));
    expect(chooseRenderSize(renderSizes, [32, 32])).toEqual([1024, 1024]);
  });

  it('is what the roles file says, if it says one', () => {
    const sidecar = { renderSizes: [[768, 768] as [number, number]] };
    expect(defineWorkflow('w', graphOf(640, 640), sidecar).renderSizes).toEqual([[768, 768]]);
  });
});

describe('a graph without a place for a seed', () => {
  const seedless = defineWorkflow('w', graphOf(512, 512));

  it.each([
    [7, 1, /no place for seed 7.*"seed"/],
    [undefined, 4, /no place for 4 seeds.*"seed"/],
  ])('refuses seed %s, %s times, by its role', (seed, count, message) => {
    expect(() => {
      requireSeedPlace(seedless, seed, count);
    }).toThrow(message);
  });

  it.each([
    [undefined, 1],
    [0, 1],
  ])('takes seed %s, %s times: it is what its recipes hold', (seed, count) => {
    requireSeedPlace(seedless, seed, count);
  });

  it('is no other', () => {
    requireSeedPlace(shippedWorkflow('sprite-sd15'), 7, 4);
  });
});

it('a graph without roles is told how to get them', () => {
  const bare = { '1': { class_type: 'SaveImage', inputs: { filename_prefix: 'x' } } };
  expect(() => defineWorkflow('w', bare)).toThrow(/"@positive", or let "dgx-pixels workflow tag/);
});
