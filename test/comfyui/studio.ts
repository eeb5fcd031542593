import { createHash } from 'node:crypto';
import { inject } from 'vitest';
import type { WorkerClient } from '../../src/client/worker-client.ts';
import type { Job, Run } from '../../src/protocol/jobs.ts';
import type { RecipeInput } from '../../src/protocol/recipe.ts';
import { decodePng } from '../../src/pixels/png/decode.ts';
import type { RgbaImage } from '../../src/pixels/image.ts';
import { nodeZlib } from '../../src/worker/images/node-zlib.ts';
import {
  Folder,
  jobEnd,
  newJob,
  runsOf,
  startWorkerProcess,
  type WorkerProcess,
} from '../helpers/processes.ts';
import { requireOrSkip } from '../helpers/suite.ts';
import type { ComfyuiUnderTest } from './setup.ts';

/** A cold start of the SDXL checkpoint on two busy cores takes minutes. */
export const RUN_LIMIT_MS = 240_000;

/** Half a second of sampling on an idle machine. */
export const TINY15 = {
  workflow: 'sprite-sd15',
  checkpoint: 'tiny15.safetensors',
  size: 16,
  renderSize: 64,
  steps: 4,
  cfg: 7,
  sampler: 'euler',
  scheduler: 'normal',
  seed: 7,
  negative: 'blurry',
  pixels: { fix: 'none', background: 'keep' },
} as const satisfies Partial<RecipeInput>;

export const SDXL_TINY = {
  ...TINY15,
  workflow: 'sprite-sdxl',
  checkpoint: 'sdxl-tiny.safetensors',
} as const satisfies Partial<RecipeInput>;

/** `describe` for a suite that needs a real server with some checkpoints. */
export function describeComfyui(suite: string, ...checkpoints: string[]) {
  return requireOrSkip(suite, () => {
    const server = inject('comfyui');
    if (server === null) return 'neither COMFYUI_URL nor COMFYUI_DIR is set';
    const missing = checkpoints.filter(name => !server.checkpoints.includes(name));
    return missing.length > 0 ? `${server.url} lacks ${missing.join(' and ')}` : undefined;
  });
}

/** `describe` for a suite that kills servers and therefore starts its own. */
export function describeOwnComfyui(suite: string) {
  return requireOrSkip(suite, () =>
    inject('comfyui')?.directory == null ? 'COMFYUI_DIR is not set' : undefined,
  );
}

/** The server under test; only inside a suite that has it. */
export function comfyui(): ComfyuiUnderTest {
  const server = inject('comfyui');
  if (server === null) throw new Error('there is no server');
  return server;
}

/** Pixels of a picture as one text, whatever its file says beside them. */
export function pixelDigest({ width, height, data }: RgbaImage): string {
  return `${width}x${height} ${createHash('sha256').update(data).digest('hex').slice(0, 16)}`;
}

/** A worker at a server, and a client of it. */
export class Studio implements AsyncDisposable {
  readonly #data: Folder | null;
  readonly worker: WorkerProcess;
  readonly client: WorkerClient;

  private constructor(data: Folder | null, worker: WorkerProcess, client: WorkerClient) {
    this.#data = data;
    this.worker = worker;
    this.client = client;
  }

  /** @param options `data`: a folder that outlives the worker; `environment` of the worker; `keepOutputs`: what it drew stays on the server */
  static async open(
    url: string,
    options: { data?: string; environment?: Record<string, string>; keepOutputs?: boolean } = {},
  ): Promise<Studio> {
    const own = options.data === undefined ? new Folder() : null;
    const worker = await startWorkerProcess(options.data ?? own?.path ?? '', {
      arguments: ['--comfyui', url, ...(options.keepOutputs === true ? ['--keep-outputs'] : [])],
      ...(options.environment === undefined ? {} : { environment: options.environment }),
    });
    return new Studio(own, worker, await worker.connect());
  }

  async submit(...parameters: Parameters<typeof newJob>): Promise<string> {
    const job = newJob(...parameters);
    await this.client.request('jobs.submit', job);
    return job.id;
  }

  ended(id: string): Promise<Job> {
    return jobEnd(this.client, id, RUN_LIMIT_MS);
  }

  async run(id: string, index = 0): Promise<Run> {
    const run = (await runsOf(this.client, id))[index];
    if (run === undefined) throw new Error(`job ${id} has no run ${index}`);
    return run;
  }

  /** Pictures of a finished run. */
  async pictures(run: Run): Promise<RgbaImage[]> {
    const pictures: RgbaImage[] = [];
    for (const image of run.images) {
      const bytes = await this.client.fetchArtifact(image.raw);
      pictures.push(decodePng(bytes, nodeZlib).image);
    }
    return pictures;
  }

  /** Draws a recipe to its end. @throws Error when it is not done */
  async draw(recipe: Partial<RecipeInput>): Promise<{ run: Run; pictures: RgbaImage[] }> {
    const id = await this.submit(recipe);
    const job = await this.ended(id);
    if (job.state !== 'done') throw new Error(`${job.state}: ${job.error?.message ?? ''}`);
    const run = await this.run(id);
    return { run, pictures: await this.pictures(run) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.worker[Symbol.asyncDispose]();
    this.#data?.[Symbol.dispose]();
  }
}

/** One answer of the server's own API. */
export async function askServer(url: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${url}${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return text === '' ? null : (JSON.parse(text) as unknown);
}
