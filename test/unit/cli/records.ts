import { someRecipe } from '../../helpers/recipes.ts';
import { withPngText } from '../../../src/pixels/png-text.ts';
import type { Job } from '../../../src/protocol/jobs.ts';
import type { Recipe } from '../../../src/protocol/recipe.ts';

export const jobId = '0197f2c4-77aa-7c11-9f2e-1d5c5f3a91c2';

/** One red pixel. */
const redPixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** A PNG that carries texts. */
export function pngSaying(texts: Record<string, string>): Uint8Array {
  return withPngText(redPixel, texts);
}

export const resolvedRecipe: Recipe = someRecipe({
  graph: 'c'.repeat(64),
  negative: '',
  steps: 24,
});

/** A job under way; tests change what they are about. */
export const runningJob: Job = {
  id: jobId,
  kind: 'generate',
  lane: 'interactive',
  title: 'rusty sword',
  project: null,
  group: null,
  state: 'running',
  paused: false,
  runs: { total: 4, queued: 1, active: 2, done: 1, failed: 0, cancelled: 0, lost: 0 },
  retryLost: 'once',
  createdAt: 1000,
  updatedAt: 1000,
  finishedAt: null,
  progress: 0.375,
  etaMs: 12_000,
  error: null,
  placeholder: false,
};
