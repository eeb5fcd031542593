import { drawSprite } from '../../art/art.ts';
import type { ArtImage } from '../../art/types.ts';
import { emerging } from '../images/preview.ts';
import { toCells } from './cells.ts';
import { type CellSize, cellsFor, isCutOut, sentSize } from './draw-plan.ts';
import { mustFit } from './latents.ts';
import { makeResident } from './loaders.ts';
import { SAMPLERS, SCHEDULERS } from './sampler-names.ts';
import { readTestWords } from './test-words.ts';
import type { NodeClass, NodeContext, NodeScope } from './types.ts';
import { type LatentContent, type LatentEntry, take, takeNumber, takeText } from './values.ts';

const SEED = { default: 0, min: 0, max: 2 ** 64, control_after_generate: true };
const STEPS = { default: 20, min: 1, max: 10000 };
const CFG = { default: 8, min: 0, max: 100, step: 0.1, round: 0.01 };

/** What differs between the two samplers. */
interface Sampling {
  seed: number;
  steps: number;
  /** Steps that run. */
  runs: number;
  /** 1 ignores what the latent holds, 0 returns it. */
  denoise: number;
}

async function sample(context: NodeContext, sampling: Sampling): Promise<LatentEntry[]> {
  const model = take(context, 'model', 'MODEL');
  const positive = take(context, 'positive', 'CONDITIONING').text;
  const negative = take(context, 'negative', 'CONDITIONING').text;
  const latent = take(context, 'latent_image', 'LATENT');
  const { settings } = context.host;
  mustFit(latent.width, latent.height, latent.entries.length);
  const words = readTestWords(positive);
  await makeResident(context, model.checkpoint);
  const cfg = takeNumber(context, 'cfg');
  const cells = cellsFor(context.extraData, positive, latent);
  const cutOut = /\btransparent background\b/i.test(positive) || isCutOut(context);
  const seed = sampling.seed % 2 ** 53;
  const stepTime =
    settings.stepMs * (cfg > 1 ? 1 : 0.5) * (words.slow ? 10 : 1) * latent.entries.length;
  const started = performance.now();
  const drawn: LatentEntry[] = [];
  for (const [place, entry] of latent.entries.entries()) {
    const index = entry.batchIndex ?? place;
    const init = heldImage(entry.content, cells);
    const image = drawSprite({
      prompt: positive,
      negative,
      seed,
      index,
      ...cells,
      checkpoint: model.checkpoint,
      loras: model.loras.map(({ name, strength }) => ({
        name,
        strength: Math.max(-2, Math.min(2, strength)),
      })),
      steps: sampling.steps,
      cfg: Number.isFinite(cfg) ? cfg : 0,
      sampler: takeText(context, 'sampler_name'),
      scheduler: takeText(context, 'scheduler'),
      background: cutOut ? 'transparent' : 'flat',
      ...(init !== undefined && sampling.denoise < 1
        ? { init: { image: init, denoise: sampling.denoise } }
        : {}),
    });
    const content: LatentContent =
      words.nan || Number.isNaN(cfg) ? { kind: 'nan' } : { kind: 'sprite', image, seed };
    drawn.push({ batchIndex: entry.batchIndex, content });
    await context.waitUntil(0);
  }
  await takeSteps(context, sampling, started, stepTime, drawn[0]?.content);
  return drawn;
}

async function takeSteps(
  context: NodeContext,
  { runs, seed }: Sampling,
  started: number,
  stepTime: number,
  shown: LatentContent | undefined,
): Promise<void> {
  const sprite = shown?.kind === 'sprite' ? shown.image : undefined;
  for (let step = 1; step <= runs; step += 1) {
    await context.waitUntil(started + step * stepTime);
    const preview =
      context.previews && sprite !== undefined ? emerging(sprite, seed, step / runs) : undefined;
    context.progress(step, runs, preview);
  }
}

function heldImage(content: LatentContent, cells: CellSize): ArtImage | undefined {
  if (content.kind !== 'picture' && content.kind !== 'sprite') return undefined;
  const { image } = content;
  if (image.width === cells.width && image.height === cells.height) return image;
  return toCells(image, cells);
}

/** The sprite also depends on what the graph itself does not say. */
function fingerprint(scope: NodeScope): string {
  return JSON.stringify([sentSize(scope.extraData), isCutOut(scope)]);
}

const kSampler: NodeClass = {
  name: 'KSampler',
  displayName: 'KSampler',
  category: 'model/sampling',
  inputs: () => ({
    required: {
      model: ['MODEL', {}],
      seed: ['INT', SEED],
      steps: ['INT', STEPS],
      cfg: ['FLOAT', CFG],
      sampler_name: [SAMPLERS, {}],
      scheduler: [SCHEDULERS, {}],
      positive: ['CONDITIONING', {}],
      negative: ['CONDITIONING', {}],
      latent_image: ['LATENT', {}],
      denoise: ['FLOAT', { default: 1, min: 0, max: 1, step: 0.01 }],
    },
  }),
  outputs: ['LATENT'],
  fingerprint,
  run: async context => {
    const steps = takeNumber(context, 'steps');
    const denoise = takeNumber(context, 'denoise');
    const latent = take(context, 'latent_image', 'LATENT');
    if (denoise <= 0) return { outputs: [latent] };
    const seed = takeNumber(context, 'seed');
    const entries = await sample(context, { seed, steps, runs: steps, denoise });
    return { outputs: [{ ...latent, entries }] };
  },
};

const kSamplerAdvanced: NodeClass = {
  name: 'KSamplerAdvanced',
  displayName: 'KSampler (Advanced)',
  category: 'model/sampling',
  inputs: () => ({
    required: {
      model: ['MODEL'],
      add_noise: [['enable', 'disable'], { advanced: true }],
      noise_seed: ['INT', SEED],
      steps: ['INT', STEPS],
      cfg: ['FLOAT', CFG],
      sampler_name: [SAMPLERS],
      scheduler: [SCHEDULERS],
      positive: ['CONDITIONING'],
      negative: ['CONDITIONING'],
      latent_image: ['LATENT'],
      start_at_step: ['INT', { default: 0, min: 0, max: 10000, advanced: true }],
      end_at_step: ['INT', { default: 10000, min: 0, max: 10000, advanced: true }],
      return_with_leftover_noise: [['disable', 'enable'], { advanced: true }],
    },
  }),
  outputs: ['LATENT'],
  fingerprint,
  run: async context => {
    const steps = takeNumber(context, 'steps');
    const start = Math.min(steps, takeNumber(context, 'start_at_step'));
    const end = Math.min(steps, takeNumber(context, 'end_at_step'));
    const latent = take(context, 'latent_image', 'LATENT');
    if (end <= start) return { outputs: [latent] };
    const seed = takeNumber(context, 'noise_seed');
    const sampling = { seed, steps, runs: end - start, denoise: 1 - start / steps };
    return { outputs: [{ ...latent, entries: await sample(context, sampling) }] };
  },
};

export const SAMPLING_NODES: readonly NodeClass[] = [kSampler, kSamplerAdvanced];
