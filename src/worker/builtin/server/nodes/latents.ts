import { outOfMemory } from '../failures.ts';
import type { NodeClass } from './types.ts';
import { type LatentEntry, type LatentValue, take, takeNumber } from './values.ts';

/** Pixels of a whole batch that the pretended GPU holds. */
const MAX_BATCH_PIXELS = 128 * 1024 * 1024;

/** @throws NodeFailure as a full GPU would, when a batch would not fit this process */
export function mustFit(width: number, height: number, count: number): void {
  const pixels = width * height * count;
  if (pixels > MAX_BATCH_PIXELS) throw outOfMemory((pixels * 64) / 2 ** 30);
}

const emptyLatentImage: NodeClass = {
  name: 'EmptyLatentImage',
  displayName: 'Empty Latent Image',
  category: 'model/latent',
  inputs: () => ({
    required: {
      width: ['INT', { default: 512, min: 16, max: 16384, step: 8 }],
      height: ['INT', { default: 512, min: 16, max: 16384, step: 8 }],
      batch_size: ['INT', { default: 1, min: 1, max: 4096 }],
    },
  }),
  outputs: ['LATENT'],
  run: context => {
    const width = Math.floor(takeNumber(context, 'width') / 8) * 8;
    const height = Math.floor(takeNumber(context, 'height') / 8) * 8;
    const count = takeNumber(context, 'batch_size');
    mustFit(width, height, count);
    const entries = Array.from({ length: count }, (): LatentEntry => ({
      batchIndex: undefined,
      content: { kind: 'empty' },
    }));
    return { outputs: [{ kind: 'LATENT', width, height, entries } satisfies LatentValue] };
  },
};

const latentFromBatch: NodeClass = {
  name: 'LatentFromBatch',
  displayName: 'Get Latent From Batch',
  category: 'model/latent/batch',
  inputs: () => ({
    required: {
      samples: ['LATENT'],
      batch_index: ['INT', { default: 0, min: -16384, max: 16384 }],
      length: ['INT', { default: 1, min: 1, max: 64 }],
    },
  }),
  outputs: ['LATENT'],
  run: context => {
    const latent = take(context, 'samples', 'LATENT');
    const count = latent.entries.length;
    const wanted = takeNumber(context, 'batch_index');
    const from = Math.min(count - 1, Math.max(0, wanted < 0 ? wanted + count : wanted));
    const entries = latent.entries
      .map((entry, i) => ({ ...entry, batchIndex: entry.batchIndex ?? i }))
      .slice(from, from + takeNumber(context, 'length'));
    return { outputs: [{ ...latent, entries }] };
  },
};

const repeatLatentBatch: NodeClass = {
  name: 'RepeatLatentBatch',
  displayName: 'Repeat Latent Batch',
  category: 'model/latent/batch',
  inputs: () => ({
    required: { samples: ['LATENT'], amount: ['INT', { default: 1, min: 1, max: 64 }] },
  }),
  outputs: ['LATENT'],
  run: context => {
    const latent = take(context, 'samples', 'LATENT');
    const amount = takeNumber(context, 'amount');
    mustFit(latent.width, latent.height, latent.entries.length * amount);
    const indices = latent.entries.map((entry, i) => entry.batchIndex ?? i);
    const span = Math.max(...indices) - Math.min(...indices) + 1;
    const numbered = latent.entries.some(entry => entry.batchIndex !== undefined);
    const entries = Array.from({ length: amount }, (_, round) =>
      latent.entries.map((entry, i) => ({
        ...entry,
        batchIndex: numbered ? indices[i]! + round * span : undefined,
      })),
    ).flat();
    return { outputs: [{ ...latent, entries }] };
  },
};

export const LATENT_NODES: readonly NodeClass[] = [
  emptyLatentImage,
  latentFromBatch,
  repeatLatentBatch,
];
