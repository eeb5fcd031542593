import { NodeFailure } from '../failures.ts';
import type { NodeClass, NodeContext } from './types.ts';
import type { BackgroundModelValue, ModelValue, VaeValue } from './values.ts';
import { take, takeNumber, takeText } from './values.ts';

const STRENGTH = { default: 1, min: -100, max: 100, step: 0.01 };

/** Takes the time of a load if the checkpoint is not resident. */
export async function makeResident(context: NodeContext, checkpoint: string): Promise<void> {
  const { resident, settings } = context.host;
  if (resident.has(checkpoint)) return;
  await context.waitUntil(performance.now() + settings.loadMs);
  resident.add(checkpoint);
}

const checkpointLoader: NodeClass = {
  name: 'CheckpointLoaderSimple',
  displayName: 'Load Checkpoint',
  category: 'model/loaders',
  inputs: catalog => ({ required: { ckpt_name: [catalog.checkpoints, {}] } }),
  outputs: ['MODEL', 'CLIP', 'VAE'],
  run: async context => {
    const checkpoint = takeText(context, 'ckpt_name');
    await makeResident(context, checkpoint);
    const model: ModelValue = { kind: 'MODEL', checkpoint, loras: [] };
    return { outputs: [model, { kind: 'CLIP' }, { kind: 'VAE' }] };
  },
};

/** The text encoder's strength counts a quarter, so that it can be told from the model's. */
function withLora(context: NodeContext, clipInput?: 'strength_clip'): ModelValue {
  const model = take(context, 'model', 'MODEL');
  const name = takeText(context, 'lora_name');
  const onModel = takeNumber(context, 'strength_model');
  const onClip = clipInput === undefined ? onModel : takeNumber(context, clipInput);
  const strength = onModel === onClip ? onModel : 0.75 * onModel + 0.25 * onClip;
  if (strength === 0) return model;
  return { ...model, loras: [...model.loras, { name, strength }] };
}

const loraLoader: NodeClass = {
  name: 'LoraLoader',
  displayName: 'Load LoRA (Model and CLIP)',
  category: 'model/loaders',
  inputs: catalog => ({
    required: {
      model: ['MODEL', {}],
      clip: ['CLIP', {}],
      lora_name: [catalog.loras, {}],
      strength_model: ['FLOAT', STRENGTH],
      strength_clip: ['FLOAT', STRENGTH],
    },
  }),
  outputs: ['MODEL', 'CLIP'],
  run: context => ({
    outputs: [withLora(context, 'strength_clip'), take(context, 'clip', 'CLIP')],
  }),
};

const loraLoaderModelOnly: NodeClass = {
  name: 'LoraLoaderModelOnly',
  displayName: 'Load LoRA',
  category: 'model/loaders',
  inputs: catalog => ({
    required: {
      model: ['MODEL'],
      lora_name: [catalog.loras],
      strength_model: ['FLOAT', STRENGTH],
    },
  }),
  outputs: ['MODEL'],
  run: context => ({ outputs: [withLora(context)] }),
};

const vaeLoader: NodeClass = {
  name: 'VAELoader',
  displayName: 'Load VAE',
  category: 'model/loaders',
  inputs: catalog => ({ required: { vae_name: [catalog.vaes] } }),
  outputs: ['VAE'],
  run: context => ({
    outputs: [{ kind: 'VAE', name: takeText(context, 'vae_name') } satisfies VaeValue],
  }),
};

const modelSamplingDiscrete: NodeClass = {
  name: 'ModelSamplingDiscrete',
  displayName: 'ModelSamplingDiscrete',
  category: 'model/patch',
  inputs: () => ({
    required: {
      model: ['MODEL'],
      sampling: [['eps', 'v_prediction', 'lcm', 'x0', 'img_to_img', 'img_to_img_flow']],
      zsnr: ['BOOLEAN', { default: false, advanced: true }],
    },
  }),
  outputs: ['MODEL'],
  run: context => ({ outputs: [take(context, 'model', 'MODEL')] }),
};

const backgroundModelLoader: NodeClass = {
  name: 'LoadBackgroundRemovalModel',
  displayName: 'Load Background Removal Model',
  category: 'model/loaders',
  inputs: catalog => ({
    required: {
      bg_removal_name: ['COMBO', { multiselect: false, options: catalog.backgroundModels }],
    },
  }),
  outputs: ['BACKGROUND_REMOVAL'],
  outputNames: ['bg_model'],
  run: context => {
    const name = takeText(context, 'bg_removal_name');
    if (!context.host.catalog.backgroundModels.includes(name)) {
      throw new NodeFailure('FileNotFoundError', `Model ${name} was not found.`);
    }
    return { outputs: [{ kind: 'BACKGROUND_REMOVAL', name } satisfies BackgroundModelValue] };
  },
};

export const LOADERS: readonly NodeClass[] = [
  checkpointLoader,
  loraLoader,
  loraLoaderModelOnly,
  vaeLoader,
  modelSamplingDiscrete,
  backgroundModelLoader,
];
