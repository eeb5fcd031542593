import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  engineIn,
  type Frame,
  get,
  type Json,
  Listener,
  type Nodes,
  post,
  recording,
} from '../integration/builtin-engine-client.ts';
import { comfyui, describeComfyui, TINY15 } from './studio.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
/** Keys whose values are a server's own: times, counters, chosen seeds, and what its files are called. */
const OWN_KEYS = new Set([
  'timestamp',
  'create_time',
  'execution_start_time',
  'execution_end_time',
  'number',
  'priority',
  'seed',
  'traceback',
  // Options depend on the models that lie about.
  'input_config',
]);

/** A server and the checkpoint it draws with. */
interface Side {
  url: string;
  checkpoint: string;
}

/** Makes what two servers say comparable: no times, no ids, no names of their own. */
class Neutral {
  readonly #names = new Map<string, string>();

  /** An id or name that only this side has. */
  name(own: string, common: string): string {
    this.#names.set(own, common);
    return own;
  }

  of(value: unknown): unknown {
    let text = JSON.stringify(value, (key, inner: unknown) => {
      if (OWN_KEYS.has(key)) return 0;
      // A history's prompt begins with its number.
      return key === 'prompt' && Array.isArray(inner)
        ? [0, ...(inner as unknown[]).slice(1)]
        : inner;
    });
    for (const [own, common] of this.#names) text = text.replaceAll(own, common);
    return JSON.parse(text.replaceAll(/not in \[[^\]]*\]/g, 'not in LIST')) as unknown;
  }
}

/** Frames without how often they came: how many previews and idle states there are is a matter of speed. */
function story(frames: readonly Frame[]): unknown[] {
  const parts: unknown[] = [];
  for (const frame of frames) {
    const part =
      'type' in frame
        ? frame.type === 'progress_state' || frame.type === 'status'
          ? null
          : frame
        : { binary: frame.binary, metadata: { ...frame.metadata, image_type: 'image' } };
    if (part !== null) parts.push(part);
  }
  return parts;
}

describeComfyui('the built-in engine beside a real ComfyUI', TINY15.checkpoint)(
  'the built-in engine and the real ComfyUI',
  () => {
    let builtin: Awaited<ReturnType<typeof engineIn>>;

    beforeAll(async () => {
      builtin = await engineIn({ stepMs: 20 });
    });

    afterAll(async () => {
      await builtin.stop();
    });

    /** Does the same at both and expects the same of both. */
    async function expectAlike(
      act: (side: Side, neutral: Neutral) => Promise<unknown>,
    ): Promise<void> {
      const results: unknown[] = [];
      for (const side of [
        { url: comfyui().url, checkpoint: TINY15.checkpoint },
        { url: builtin.engine.url, checkpoint: 'builtin/arcade.safetensors' },
      ]) {
        const neutral = new Neutral();
        neutral.name(side.checkpoint, 'CHECKPOINT');
        neutral.name(side.url, 'URL');
        results.push(neutral.of(await act(side, neutral)));
      }
      expect(results[1]).toEqual(results[0]);
    }

    function graphFor(side: Side, change: Record<string, Json> = {}): Nodes {
      const graph = structuredClone(recording('run-success').request.prompt);
      graph['4']!.inputs['ckpt_name'] = side.checkpoint;
      graph['3']!.inputs['seed'] = Math.floor(Math.random() * 2 ** 40);
      graph['9']!.inputs['filename_prefix'] = `contract/${randomUUID()}`;
      for (const [id, inputs] of Object.entries(change)) Object.assign(graph[id]!.inputs, inputs);
      return graph;
    }

    /** Runs a graph with a listener, does something in between, and tells all that came of it. */
    async function follow(
      side: Side,
      neutral: Neutral,
      graph: Nodes,
      act?: (listener: Listener, id: string) => Promise<unknown>,
    ) {
      const id = neutral.name(randomUUID(), 'PROMPT');
      const client = neutral.name(randomUUID(), 'CLIENT');
      neutral.name(String(graph['9']!.inputs['filename_prefix']).slice(9), 'PREFIX');
      const listener = await Listener.open(side, client);
      const answer = await post(side, '/prompt', {
        prompt: graph,
        prompt_id: id,
        client_id: client,
        extra_data: { preview_method: 'latent2rgb' },
      });
      const acted = answer.status === 200 ? await act?.(listener, id) : undefined;
      if (answer.status === 200) await listener.ended(id);
      const frames = story(listener.frames);
      await listener.close();
      const history = (await get(side, `/history/${id}`)).body;
      const job = await get(side, `/api/jobs/${id}`);
      return { answer, acted, frames, history, job };
    }

    const atStep = (step: number) => (frame: Frame) =>
      'type' in frame && frame.type === 'progress' && Number(frame.data['value']) >= step;

    it('tell the same of a run, and of the same run again', async () => {
      await expectAlike(async (side, neutral) => {
        // Text encoders are loaded or not: a first run makes that alike.
        await follow(side, new Neutral(), graphFor(side));
        const graph = graphFor(side);
        const first = await follow(side, neutral, graph);
        return [first, await follow(side, neutral, graph)];
      });
    });

    it('tell the same of a batch', async () => {
      await expectAlike(async (side, neutral) =>
        follow(side, neutral, graphFor(side, { '5': { batch_size: 3 } })),
      );
    });

    it('take a graph of which one output is valid, say what they left out, and draw the rest', async () => {
      await expectAlike(async (side, neutral) => {
        const graph = graphFor(side);
        const { '20': left, '21': broken } = structuredClone(
          recording('run-partial-validation').request.prompt,
        );
        const told = await follow(side, neutral, { ...graph, '20': left!, '21': broken! });
        expect(told.answer.status).toBe(200);
        expect(told.answer.body).toMatchObject({ node_errors: { '21': {} } });
        return told;
      });
    });

    it.each([
      ['a value out of range', { '3': { steps: 0 } }],
      ['a value out of a list', { '3': { sampler_name: 'nope' } }],
      ['an unknown checkpoint', { '4': { ckpt_name: 'nope.safetensors' } }],
      ['a text for a number', { '3': { cfg: 'much' } }],
      ['a link of the wrong type', { '3': { model: ['5', 0] } }],
      ['a link to nowhere', { '3': { model: ['77', 0] } }],
      ['a loop', { '5': { width: ['5', 0] } }],
    ])('refuse %s in the same words', async (_, change) => {
      await expectAlike(async (side, neutral) =>
        follow(side, neutral, graphFor(side, change as Record<string, Json>)).then(
          ({ answer, job, history }) => ({ answer, job, history }),
        ),
      );
    });

    it('refuse requests that are none in the same words', async () => {
      await expectAlike(async side => {
        const graph = graphFor(side);
        const { '9': _saved, ...unsaved } = graph;
        return [
          await post(side, '/prompt', {}),
          await post(side, '/prompt', { prompt: {} }),
          await post(side, '/prompt', { prompt: unsaved }),
          await post(side, '/prompt', { prompt: graph, prompt_id: 'no-uuid' }),
          await post(side, '/prompt', { prompt: graph, prompt_id: UNKNOWN.replace('4', 'F') }),
          await post(side, '/prompt', {
            prompt: { ...graph, '9': { class_type: 'Nope', inputs: {} } },
          }),
        ];
      });
    });

    it.each([
      ['/interrupt', (id: string) => ({ prompt_id: id })],
      ['/interrupt', () => ({})],
      ['/api/jobs/ID/cancel', () => ({})],
    ])('stop a run by %s with the same words', async (path, body) => {
      await expectAlike(async (side, neutral) => {
        const { answer, acted, frames, history, job } = await follow(
          side,
          neutral,
          graphFor(side, { '3': { steps: 300 } }),
          async (listener, id) => {
            await listener.until(atStep(3));
            return post(side, path.replace('ID', id), body(id));
          },
        );
        return { answer, acted, end: frames.slice(-2), history, job };
      });
    });

    it('cancel and delete waiting prompts alike', async () => {
      await expectAlike(async (side, neutral) => {
        const ids = ['A', 'B', 'C'].map(letter => neutral.name(randomUUID(), letter));
        const [busy = '', cancelled = '', deleted = ''] = ids;
        const said: unknown[] = [];
        for (const id of ids) {
          const { status, body } = await post(side, '/prompt', {
            prompt: graphFor(side, { '3': { steps: 300 } }),
            prompt_id: id,
          });
          said.push(status, body['node_errors']);
        }
        said.push(await post(side, `/api/jobs/${cancelled}/cancel`, {}));
        said.push(await post(side, `/api/jobs/${cancelled}/cancel`, {}));
        said.push(await post(side, '/queue', { delete: [deleted] }));
        said.push((await get(side, `/api/jobs/${cancelled}`)).status);
        said.push((await get(side, `/api/jobs/${deleted}`)).status);
        said.push(await post(side, `/api/jobs/${UNKNOWN}/cancel`, {}));
        said.push(await post(side, '/api/jobs/cancel', { job_ids: ['no-uuid'] }));
        said.push(await post(side, `/api/jobs/${busy}/cancel`, {}));
        for (;;) {
          const { body } = await get(side, `/api/jobs/${busy}`);
          if (body['status'] === 'cancelled') break;
          await new Promise(resolve => setTimeout(resolve, 20));
        }
        said.push(await post(side, '/history', { delete: [busy] }));
        said.push(await get(side, `/history/${busy}`), await get(side, `/api/jobs/${busy}`));
        return said;
      });
    });

    it('keep uploads under the same names, and never outside their folder', async () => {
      const upload = async (side: Side, name: string, text: string, more: object = {}) => {
        const form = new FormData();
        form.set('image', new Blob([text]), name);
        for (const [key, value] of Object.entries(more)) form.set(key, String(value));
        const answer = await fetch(`${side.url}/upload/image`, { method: 'POST', body: form });
        const said = await answer.text();
        return { status: answer.status, body: said === '' ? null : (JSON.parse(said) as unknown) };
      };
      await expectAlike(async (side, neutral) => {
        const folder = { subfolder: neutral.name(randomUUID(), 'FOLDER') };
        return [
          await upload(side, 'ナイト.png', 'a', folder),
          await upload(side, 'ナイト.png', 'a', folder),
          await upload(side, 'ナイト.png', 'b', folder),
          await upload(side, 'ナイト.png', 'c', { ...folder, overwrite: 'true' }),
          await upload(side, 'x.png', 'a', { subfolder: '../..' }),
          await upload(side, '../x.png', 'a', folder),
        ];
      });
    });

    it('hand out files and refuse what lies outside alike', async () => {
      await expectAlike(async side => {
        const statuses: unknown[] = [];
        for (const query of [
          'filename=no.png',
          'filename=..%2Fx.png',
          'filename=%2Fetc%2Fpasswd',
          'filename=x.png&subfolder=..%2F..',
          'filename=x.png&type=nope',
          '',
        ]) {
          statuses.push((await get(side, `/view?${query}`)).status);
        }
        return statuses;
      });
    });

    it('answer unknown and idle things alike', async () => {
      await expectAlike(async side => {
        const said: unknown[] = [];
        for (const path of [
          '/queue',
          '/prompt',
          `/history/${UNKNOWN}`,
          `/api/jobs/${UNKNOWN}`,
          '/api/jobs/no-uuid',
          '/models/nope',
          '/object_info/Nope',
        ]) {
          const { status, body } = await get(side, path);
          said.push({ path, status, body: status === 200 ? body : null });
        }
        return said;
      });
    });
  },
);
