import type { InputGroup, NodeClass, NodeContext } from './types.ts';
import { type ConditioningValue, take, takeText } from './values.ts';

const PROMPT = { multiline: true, dynamicPrompts: true };

async function encoded(context: NodeContext, text: string): Promise<ConditioningValue> {
  take(context, 'clip', 'CLIP');
  await context.waitUntil(performance.now() + context.host.settings.encodeMs);
  return { kind: 'CONDITIONING', text };
}

const clipTextEncode: NodeClass = {
  name: 'CLIPTextEncode',
  displayName: 'CLIP Text Encode (Prompt)',
  category: 'model/conditioning',
  inputs: () => ({ required: { text: ['STRING', PROMPT], clip: ['CLIP', {}] } }),
  outputs: ['CONDITIONING'],
  run: async context => ({ outputs: [await encoded(context, takeText(context, 'text'))] }),
};

const clipSetLastLayer: NodeClass = {
  name: 'CLIPSetLastLayer',
  displayName: 'CLIP Set Last Layer',
  category: 'model/conditioning',
  inputs: () => ({
    required: {
      clip: ['CLIP'],
      stop_at_clip_layer: ['INT', { default: -1, min: -24, max: -1, step: 1, advanced: true }],
    },
  }),
  outputs: ['CLIP'],
  run: context => ({ outputs: [take(context, 'clip', 'CLIP')] }),
};

function pixels(value: number, advanced: boolean): InputGroup[string] {
  return ['INT', { ...(advanced && { advanced }), default: value, min: 0, max: 16384 }];
}

const clipTextEncodeSdxl: NodeClass = {
  name: 'CLIPTextEncodeSDXL',
  displayName: 'CLIP Text Encode (SDXL)',
  category: 'model/conditioning/stable diffusion',
  inputs: () => ({
    required: {
      clip: ['CLIP', {}],
      width: pixels(1024, false),
      height: pixels(1024, false),
      crop_w: pixels(0, true),
      crop_h: pixels(0, true),
      target_width: pixels(1024, false),
      target_height: pixels(1024, false),
      text_g: ['STRING', PROMPT],
      text_l: ['STRING', PROMPT],
    },
  }),
  outputs: ['CONDITIONING'],
  run: async context => {
    const [g, l] = [takeText(context, 'text_g'), takeText(context, 'text_l')];
    return { outputs: [await encoded(context, g === l || l === '' ? g : `${g}, ${l}`)] };
  },
};

const conditioningZeroOut: NodeClass = {
  name: 'ConditioningZeroOut',
  displayName: 'Conditioning Zero Out',
  category: 'model/conditioning/transform',
  inputs: () => ({ required: { conditioning: ['CONDITIONING'] } }),
  outputs: ['CONDITIONING'],
  run: context => {
    take(context, 'conditioning', 'CONDITIONING');
    return { outputs: [{ kind: 'CONDITIONING', text: '' }] };
  },
};

const conditioningCombine: NodeClass = {
  name: 'ConditioningCombine',
  displayName: 'Conditioning (Combine)',
  category: 'model/conditioning',
  inputs: () => ({
    required: { conditioning_1: ['CONDITIONING'], conditioning_2: ['CONDITIONING'] },
  }),
  outputs: ['CONDITIONING'],
  run: context => {
    const texts = ['conditioning_1', 'conditioning_2']
      .map(name => take(context, name, 'CONDITIONING').text)
      .filter(text => text !== '');
    return { outputs: [{ kind: 'CONDITIONING', text: texts.join(', ') }] };
  },
};

const stringConcatenate: NodeClass = {
  name: 'StringConcatenate',
  displayName: 'Concatenate',
  category: 'utilities/string',
  inputs: () => ({
    required: {
      string_a: ['STRING', { multiline: true }],
      string_b: ['STRING', { multiline: true }],
      delimiter: ['STRING', { default: '', multiline: false }],
    },
  }),
  outputs: ['STRING'],
  run: context => {
    const [a, b] = [takeText(context, 'string_a'), takeText(context, 'string_b')];
    return { outputs: [`${a}${takeText(context, 'delimiter')}${b}`] };
  },
};

export const TEXT_NODES: readonly NodeClass[] = [
  clipTextEncode,
  clipSetLastLayer,
  clipTextEncodeSdxl,
  conditioningZeroOut,
  conditioningCombine,
  stringConcatenate,
];
