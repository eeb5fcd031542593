import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { familyOfName, inventoryOf } from '../../../src/worker/comfyui/inventory.ts';
import { parseBinaryFrame, parseTextFrame } from '../../../src/worker/comfyui/frames.ts';
import { rejectionOf } from '../../../src/worker/comfyui/rejection.ts';
import { engineFailure } from '../../../src/worker/jobs/engine-failure.ts';
import { stageOfClass } from '../../../src/worker/jobs/tracked-run.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'comfyui');

function recording(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8')) as Record<
    string,
    unknown
  >;
}

function preview(metadata: unknown, image: Uint8Array, type = 4): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(metadata));
  const frame = new Uint8Array(8 + json.length + image.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, type);
  view.setUint32(4, json.length);
  frame.set(json, 8);
  frame.set(image, 8 + json.length);
  return frame;
}

describe('text frames of a recorded run', () => {
  it('give start, nodes, progress and the end, in this order', () => {
    const { events } = recording('run-success') as { events: { text?: unknown }[] };
    const kinds = events
      .flatMap(event =>
        event.text === undefined ? [] : [parseTextFrame(JSON.stringify(event.text))],
      )
      .map(message => message.kind)
      .filter(kind => kind !== 'other');
    expect(kinds[0]).toBe('start');
    expect(kinds.at(-1)).toBe('end');
    expect(kinds.filter(kind => kind === 'progress')).toHaveLength(4);
  });

  it('give the error of a failed run and the interruption of a stopped one', () => {
    const kindsOf = (name: string) =>
      (recording(name) as { events: { text?: unknown }[] }).events.flatMap(event =>
        event.text === undefined ? [] : [parseTextFrame(JSON.stringify(event.text)).kind],
      );
    expect(kindsOf('run-error')).toContain('error');
    expect(kindsOf('run-interrupted')).toContain('interrupted');
  });

  it('may hold what Python writes and JSON lacks', () => {
    const error = parseTextFrame(
      '{"type":"execution_error","data":{"prompt_id":"p","exception_type":"E","exception_message":"m","node_type":"N","current_inputs":{"x":[NaN,-Infinity]}}}',
    );
    expect(error).toMatchObject({ kind: 'error', message: 'm' });
    const progress = (value: string) =>
      parseTextFrame(
        `{"type":"progress","data":{"prompt_id":"p","node":"3","value":${value},"max":4}}`,
      );
    for (const value of ['NaN', '-1', '"2"', '1e999', 'null']) {
      expect(progress(value), value).toMatchObject({ kind: 'progress', value: 0, max: 4 });
    }
  });

  it('of others, without prompt id, or that are no JSON, count for nothing', () => {
    for (const frame of [
      '',
      '{',
      'null',
      '[]',
      '{"type":"executing","data":{"node":"3"}}',
      '{"type":"status","data":{"status":{}}}',
      '{"type":"execution_error","data":{"prompt_id":"x","exception_type":"ExecutionBlocked"}}',
    ]) {
      expect(parseTextFrame(frame).kind, frame).toBe('other');
    }
  });
});

describe('binary frames', () => {
  const image = new Uint8Array([1, 2, 3]);

  it('are previews when they name their prompt', () => {
    const frame = preview({ prompt_id: 'p', image_type: 'image/jpeg', node_id: '3' }, image);
    expect(parseBinaryFrame(frame)).toEqual({
      kind: 'preview',
      promptId: 'p',
      mime: 'image/jpeg',
      image,
    });
  });

  it('are ignored when legacy, torn, without prompt, or larger than any preview', () => {
    const whole = preview({ prompt_id: 'p', image_type: 'image/jpeg' }, image);
    for (const frame of [
      preview({ prompt_id: 'p', image_type: 'image/jpeg' }, image, 1),
      preview({ image_type: 'image/jpeg' }, image),
      preview({ prompt_id: 'p', image_type: 'text/html' }, image),
      preview({ prompt_id: 'p', image_type: 'image/png' }, new Uint8Array(5 * 2 ** 20)),
      ...Array.from({ length: whole.length - image.length }, (_, end) => whole.subarray(0, end)),
    ]) {
      expect(parseBinaryFrame(frame).kind).toBe('other');
    }
  });
});

describe('refusals', () => {
  it('name node, input and reason of recorded 400 answers', () => {
    const invalid = recording('run-invalid-value') as {
      request: { prompt: never };
      response: { body: unknown };
    };
    const error = rejectionOf(invalid.response.body ?? invalid.response, invalid.request.prompt);
    expect(error.code).toBe('engine-rejected');
    expect(error.message).toMatch(/ComfyUI refuses the graph: \w+ \(node \d+\)/);
    const missing = recording('run-missing-node') as {
      request: { prompt: never };
      response: { body: unknown };
    };
    expect(
      rejectionOf(missing.response.body ?? missing.response, missing.request.prompt).message,
    ).toMatch(/Install the node pack/);
  });

  it('say what to do about what the engine does not have, and about endless chains', () => {
    const graph = { '2': { class_type: 'LoraLoader', inputs: {} } };
    const said = (error: object) =>
      rejectionOf({ node_errors: { '2': { errors: [error] } } }, graph).message;
    expect(
      said({
        type: 'value_not_in_list',
        message: 'Value not in list',
        details: "lora_name: 'mine.safetensors' not in ['a', 'b']",
        extra_info: { input_name: 'lora_name', received_value: 'mine.safetensors' },
      }),
    ).toMatch(
      /LoraLoader \(node 2\): it has no "mine.safetensors" for lora_name.* Put it there, or/,
    );
    expect(
      said({ type: 'x', message: 'Exception', details: 'maximum recursion depth exceeded' }),
    ).toMatch(/chain of nodes .* longer than ComfyUI can follow. Use a shorter one\.$/);
  });

  it('say something sensible about rubbish', () => {
    for (const body of [null, 'text', [], { error: 'x' }, { node_errors: 3 }]) {
      expect(rejectionOf(body, {}).message).toMatch(/refuses the graph/);
    }
  });
});

describe('failures of the engine', () => {
  it('give advice for memory and disk, and never show paths of the server', () => {
    const failure = (exceptionType: string, message: string) =>
      engineFailure({ exceptionType, message, nodeType: 'KSampler' });
    expect(failure('torch.OutOfMemoryError', 'Allocation on device').code).toBe(
      'engine-out-of-memory',
    );
    expect(failure('OSError', '[Errno 28] No space left on device').code).toBe('disk-full');
    const other = failure(
      'RuntimeError',
      'cannot open /home/ann/ComfyUI/models/x.safetensors\nTraceback',
    );
    expect(other.code).toBe('engine-failed');
    expect(other.message).not.toMatch(/home|Traceback/);
  });
});

describe('an inventory', () => {
  it('is read from old and new combos alike', () => {
    const inventory = inventoryOf({
      CheckpointLoaderSimple: { input: { required: { ckpt_name: [['a', 'b'], {}] } } },
      LoraLoader: { input: { required: { lora_name: ['COMBO', { options: ['l'] }] } } },
      KSampler: { input: { required: { sampler_name: [['euler']], scheduler: 3 } } },
    });
    expect(inventory).toMatchObject({
      checkpoints: ['a', 'b'],
      loras: ['l'],
      vaes: [],
      samplers: ['euler'],
      schedulers: [],
    });
  });

  it('guesses the family of a model from its name', () => {
    expect(familyOfName('builtin/arcade.safetensors')).toBe('builtin');
    expect(familyOfName('sd_xl_base_1.0.safetensors')).toBe('sdxl');
    expect(familyOfName('ponyDiffusionV6XL.safetensors')).toBe('sdxl');
    expect(familyOfName('v1-5-pruned-emaonly.safetensors')).toBe('sd15');
    expect(familyOfName('mystery.safetensors')).toBe('unknown');
  });
});

it('stages follow the classes of nodes', () => {
  expect(
    [
      'KSampler',
      'CheckpointLoaderSimple',
      'ModelSamplingDiscrete',
      'CLIPTextEncode',
      'VAEDecode',
      'SaveImage',
    ].map(stageOfClass),
  ).toEqual(['sampling', 'loading', 'loading', 'encoding', 'decoding', 'saving']);
});
