import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  engineIn,
  type Frame,
  get,
  type Json,
  Listener,
  post,
  recorded,
  recording,
} from './builtin-engine-client.ts';

const CHECKPOINT = 'builtin/arcade.safetensors';

let running: Awaited<ReturnType<typeof engineIn>>;

beforeAll(async () => {
  running = await engineIn({ stepMs: 10 });
});

afterAll(async () => {
  await running.stop();
});

/** Frames in a form in which two servers' runs can be equal: no times, no ids, no server's own names. */
function comparable(frames: readonly Frame[], clientId: unknown, promptId: string): unknown[] {
  const text = frames.map(frame =>
    'type' in frame
      ? { type: frame.type, data: frame.data }
      : {
          binary: frame.binary,
          metadata: { ...frame.metadata, image_type: 'image' },
        },
  );
  const neutral = JSON.stringify(text)
    .replaceAll(String(clientId), 'CLIENT')
    .replaceAll(promptId, 'PROMPT')
    .replaceAll(/"timestamp":\d+/g, '"timestamp":0')
    .replaceAll(/"create_time":\d+/g, '"create_time":0');
  return JSON.parse(neutral) as unknown[];
}

function recordedFrames(name: string): Frame[] {
  return recording(name).events.map(event =>
    'text' in event
      ? event.text
      : { binary: event.binary.type, metadata: event.binary.metadata, image: Buffer.alloc(0) },
  );
}

/** Sends a recorded request, with this engine's checkpoint, and keeps all that comes of it. */
async function replay(name: string, act?: (listener: Listener, id: string) => Promise<void>) {
  const { request, response } = recording(name);
  const loader = request.prompt['4']?.inputs;
  if (loader?.['ckpt_name'] !== 'nope.safetensors') loader!['ckpt_name'] = CHECKPOINT;
  const clientId = String(request['client_id']);
  const listener = await Listener.open(running.engine, clientId);
  const answer = await post(running.engine, '/prompt', request);
  if (response.status === 200) {
    await act?.(listener, request.prompt_id);
    await listener.ended(request.prompt_id);
  }
  const frames = comparable(listener.frames, clientId, request.prompt_id);
  const expected = comparable(recordedFrames(name), clientId, request.prompt_id);
  const history = (await get(running.engine, `/history/${request.prompt_id}`)).body;
  const job = (await get(running.engine, `/api/jobs/${request.prompt_id}`)).body;
  await listener.close();
  return { answer, frames, expected, history, job };
}

/** Leaves out the steps after the third: how many there were before an interrupt is chance. */
function withoutLateSteps(frames: unknown[]): unknown[] {
  let step = 0;
  return frames.filter(frame => {
    const { type, data } = frame as { type?: string; data?: Json };
    const nodes = data?.['nodes'] as Record<string, { value: number }> | undefined;
    if (type === 'progress_state') step = nodes?.['3']?.value ?? 0;
    const stepping = type === undefined || type === 'progress' || type === 'progress_state';
    return !stepping || step <= 3;
  });
}

/** Everything of a record that does not hold times, ids or the graph. */
function recordShape(record: unknown): unknown {
  const shape = JSON.parse(
    JSON.stringify(record, (key, value: unknown) =>
      ['timestamp', 'create_time', 'execution_start_time', 'execution_end_time'].includes(key)
        ? 0
        : value,
    ).replaceAll('tiny15.safetensors', CHECKPOINT),
  ) as unknown;
  return shape;
}

// In the order of the recording session: numbers, caches and file counters go on from run to run.
describe('the built-in engine against the recorded ComfyUI', () => {
  it('sends the same messages in the same order for a run that succeeds', async () => {
    const run = await replay('run-success');
    expect(run.answer).toEqual(recording('run-success').response);
    expect(run.frames).toEqual(run.expected);
  });

  it('answers the identical graph from its cache with the old file name', async () => {
    const run = await replay('run-cached');
    expect(run.answer).toEqual(recording('run-cached').response);
    expect(run.frames).toEqual(run.expected);
    expect(recordShape(run.history)).toEqual(recordShape(recording('run-cached').history));
    expect(recordShape(run.job)).toEqual(recordShape(recording('run-cached').job));
  });

  it('runs a batch with what is cached left out', async () => {
    const run = await replay('run-batch4');
    expect(run.answer).toEqual(recording('run-batch4').response);
    expect(run.frames).toEqual(run.expected);
    expect(recordShape(run.history)).toEqual(recordShape(recording('run-batch4').history));
    expect(recordShape(run.job)).toEqual(recordShape(recording('run-batch4').job));
  });

  it('refuses values out of range or list with the same words', async () => {
    const run = await replay('run-invalid-value');
    const own = JSON.parse(
      JSON.stringify(run.answer).replace(/'builtin[^\]]*'|"builtin[^\]]*"/g, quoted =>
        quoted.startsWith("'") ? "'tiny15.safetensors'" : '"tiny15.safetensors"',
      ),
    ) as unknown;
    expect(own).toEqual(recording('run-invalid-value').response);
    expect(run.frames).toEqual(run.expected);
  });

  it('refuses a node class that it does not have with the same words', async () => {
    const run = await replay('run-missing-node');
    expect(run.answer).toEqual(recording('run-missing-node').response);
    expect(run.frames).toEqual(run.expected);
  });

  it('runs the sound output of a graph whose other output is not', async () => {
    const run = await replay('run-partial-validation');
    expect(run.answer).toEqual(recording('run-partial-validation').response);
    expect(run.frames).toEqual(run.expected);
    expect(recordShape(run.job)).toEqual(recordShape(recording('run-partial-validation').job));
  });

  it.each([
    ['run-interrupted', '/interrupt', { text: '' }],
    ['run-job-cancel', '/api/jobs/ID/cancel', { cancelled: true }],
  ])('stops a run as in %s', async (name, path, answer) => {
    const run = await replay(name, async (listener, id) => {
      await listener.until(
        frame => 'type' in frame && frame.type === 'progress' && frame.data['value'] === 3,
      );
      const body = { prompt_id: id };
      expect(await post(running.engine, path.replace('ID', id), body)).toEqual({
        status: 200,
        body: answer,
      });
    });
    expect(run.answer).toEqual(recording(name).response);
    expect(withoutLateSteps(run.frames)).toEqual(withoutLateSteps(run.expected));
    expect(recordShape(run.history)).toEqual(recordShape(recording(name).history));
    expect(recordShape(run.job)).toEqual(recordShape(recording(name).job));
  });

  it('ends a run whose node fails with the same messages and records', async () => {
    const original = recording('run-error');
    const id = original.request.prompt_id;
    const graph = original.request.prompt;
    graph['4']!.inputs['ckpt_name'] = CHECKPOINT;
    graph['6']!.inputs['text'] = 'sword __fail__';
    const listener = await Listener.open(running.engine, 'failing');
    await post(running.engine, '/prompt', { prompt: graph, prompt_id: id, client_id: 'failing' });
    await listener.ended(id);
    await listener.close();
    const tail = (frames: readonly Frame[]) =>
      frames.slice(-4).map(frame => ('type' in frame ? [frame.type, Object.keys(frame.data)] : []));
    expect(tail(listener.frames)).toEqual(tail(recordedFrames('run-error')));
    const failure = listener.frames.at(-3);
    expect(failure).toMatchObject({
      data: {
        node_id: '3',
        node_type: 'KSampler',
        exception_type: 'RuntimeError',
        exception_message: expect.stringMatching(/__fail__\.\n$/) as string,
        current_inputs: { steps: [4] },
      },
    });
    const history = (await get(running.engine, `/history/${id}`)).body[id] as Json;
    expect(history).toMatchObject({
      outputs: {},
      meta: {},
      status: { status_str: 'error', completed: false },
    });
    const job = (await get(running.engine, `/api/jobs/${id}`)).body;
    expect(job['status']).toBe('failed');
    expect(Object.keys(job).sort()).toEqual(Object.keys(original.job).sort());
    expect(Object.keys(job['execution_error'] as Json)).toEqual(
      Object.keys(original.job['execution_error'] as Json),
    );
  });

  it('answers idle and unknown things alike', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect((await get(running.engine, '/queue')).body).toEqual(recorded('queue-empty'));
    expect(await get(running.engine, `/history/${unknown}`)).toEqual(recorded('history-unknown'));
    expect(await get(running.engine, `/api/jobs/${unknown}`)).toEqual(recorded('job-unknown'));
    expect((await get(running.engine, '/view?filename=no.png')).status).toBe(404);
    expect((await get(running.engine, '/features')).body).toEqual(recorded('features'));
    const models = recorded('models') as { folders: string[] };
    expect((await get(running.engine, '/api/models')).body).toEqual(models.folders);
  });

  it('describes the system with every key that the recording has, and says what it is', async () => {
    const { body } = await get(running.engine, '/system_stats');
    const expected = recorded('system_stats') as { system: Json; devices: Json[] };
    const own = body as unknown as typeof expected;
    expect(Object.keys(own.system)).toEqual(expect.arrayContaining(Object.keys(expected.system)));
    expect(Object.keys(own.devices[0]!)).toEqual(Object.keys(expected.devices[0]!));
    expect(body['system']).toMatchObject({
      comfyui_version: '0.33.0',
      dgx_pixels_builtin: { version: expect.any(String) as string },
    });
  });
});
