import { FormData } from 'undici';
import { PixelsError } from '../../protocol/errors.ts';
import type { Graph } from '../../project/workflows/graph.ts';
import { ComfyStatusError, type ComfyHttp } from './http.ts';
import { imagesIn, type OutputImage } from './output-images.ts';
import { rejectionOf } from './rejection.ts';

export interface PromptRequest {
  promptId: string;
  clientId: string;
  graph: Graph;
  /** Written into the picture's metadata. */
  pngInfo: Record<string, unknown>;
  previews: boolean;
}

/** State of a prompt as `GET /api/jobs/{id}` tells it; `unknown` = the server has never heard of it or has forgotten it. */
export type PromptState =
  'pending' | 'in_progress' | 'completed' | 'failed' | 'cancelled' | 'unknown';

export interface HistoryEntry {
  completed: boolean;
  /** Images of each node that shows some. */
  images: Map<string, OutputImage[]>;
  messages: [string, Record<string, unknown>][];
}

export interface SystemStats {
  version: string;
  /** Version of the built-in engine, null for a true ComfyUI. */
  builtin: string | null;
  argv: string[];
  vramFree: number | null;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function imagesOf(outputs: unknown): Map<string, OutputImage[]> {
  return new Map(
    Object.entries(record(outputs))
      .map(([node, output]) => [node, imagesIn(output)] as const)
      .filter(([, images]) => images.length > 0),
  );
}

/** The routes of a ComfyUI that the worker uses, typed. */
export class ComfyApi {
  readonly #http: ComfyHttp;

  constructor(http: ComfyHttp) {
    this.#http = http;
  }

  /**
   * Queues a graph under our own id.
   * @throws PixelsError `engine-rejected` when the server refuses it or would drop part of it (a 200 with node errors);
   *   `engine-unavailable` with `data.maybeDelivered` when it may have been queued all the same
   */
  async postPrompt(prompt: PromptRequest): Promise<void> {
    let answer: unknown;
    try {
      answer = await this.#http.json('POST', '/prompt', {
        prompt: prompt.graph,
        prompt_id: prompt.promptId,
        client_id: prompt.clientId,
        extra_data: {
          extra_pnginfo: prompt.pngInfo,
          ...(prompt.previews ? {} : { preview_method: 'none' }),
        },
      });
    } catch (error) {
      if (error instanceof ComfyStatusError && error.status < 500) {
        throw rejectionOf(error.body, prompt.graph);
      }
      if (error instanceof ComfyStatusError) {
        throw new PixelsError(
          'engine-unavailable',
          `ComfyUI failed to take the job (status ${error.status}); it is tried again.`,
          { status: error.status, maybeDelivered: true },
        );
      }
      throw error;
    }
    const errors = record(record(answer)['node_errors']);
    if (Object.keys(errors).length > 0) {
      await this.cancel(prompt.promptId).catch(() => undefined);
      throw rejectionOf(answer, prompt.graph);
    }
  }

  /** State of a prompt; the one call that tells pending, running, ended and forgotten apart. */
  async promptState(promptId: string): Promise<PromptState> {
    try {
      const job = record(await this.#http.json('GET', `/api/jobs/${promptId}`));
      const status = text(job['status']);
      switch (status) {
        case 'pending':
        case 'in_progress':
        case 'completed':
        case 'failed':
        case 'cancelled':
          return status;
        default:
          return 'unknown';
      }
    } catch (error) {
      if (error instanceof ComfyStatusError && error.status === 404) return 'unknown';
      throw error;
    }
  }

  /** What a finished prompt left, or null when the history has no such entry. */
  async history(promptId: string): Promise<HistoryEntry | null> {
    const all = record(await this.#http.json('GET', `/history/${promptId}`));
    if (all[promptId] === undefined) return null;
    const entry = record(all[promptId]);
    const status = record(entry['status']);
    return {
      completed: status['completed'] === true,
      images: imagesOf(entry['outputs']),
      messages: list(status['messages']).map(message => [
        text(list(message)[0]),
        record(list(message)[1]),
      ]),
    };
  }

  async deleteHistory(promptId: string): Promise<void> {
    await this.#http.send('POST', '/history', {
      body: JSON.stringify({ delete: [promptId] }),
      contentType: 'application/json',
    });
  }

  /** Stops a prompt, pending or running. @returns whether the server did so now */
  async cancel(promptId: string): Promise<boolean> {
    try {
      const answer = record(await this.#http.json('POST', `/api/jobs/${promptId}/cancel`, {}));
      return answer['cancelled'] === true;
    } catch (error) {
      if (error instanceof ComfyStatusError && error.status === 404) return false;
      throw error;
    }
  }

  /** Takes a prompt out of the queue if it has not begun. Ask `promptState` whether it had. */
  async deletePending(promptId: string): Promise<void> {
    await this.#http.send('POST', '/queue', {
      body: JSON.stringify({ delete: [promptId] }),
      contentType: 'application/json',
    });
  }

  /** Bytes of an output file. @returns null when there is no such file */
  async view(image: OutputImage): Promise<Buffer | null> {
    const query = new URLSearchParams({
      filename: image.filename,
      subfolder: image.subfolder,
      type: image.type,
    });
    const answer = await this.#http.send('GET', `/view?${query.toString()}`, { timeoutMs: 60_000 });
    if (answer.status === 404) return null;
    if (answer.status >= 300) {
      throw new ComfyStatusError(answer.status, answer.bytes.toString('utf8', 0, 300), '/view');
    }
    return answer.bytes;
  }

  /** Uploads an image to the input folder. @returns the name under which a LoadImage node finds it */
  async uploadImage(name: string, bytes: Uint8Array, mime: string): Promise<string> {
    const form = new FormData();
    form.set('image', new Blob([new Uint8Array(bytes)], { type: mime }), name);
    form.set('subfolder', 'dgx-pixels');
    form.set('overwrite', 'true');
    const answer = await this.#http.send('POST', '/upload/image', {
      body: form,
      timeoutMs: 120_000,
    });
    if (answer.status >= 300) {
      throw new PixelsError(
        'engine-rejected',
        `ComfyUI refused the upload of ${name} (status ${answer.status}).`,
        { status: answer.status },
      );
    }
    const stored = record(JSON.parse(answer.bytes.toString('utf8')));
    const subfolder = text(stored['subfolder']);
    return subfolder === '' ? text(stored['name']) : `${subfolder}/${text(stored['name'])}`;
  }

  async systemStats(): Promise<SystemStats> {
    const stats = record(await this.#http.json('GET', '/system_stats', undefined, 10_000));
    const system = record(stats['system']);
    const version = text(system['comfyui_version']);
    if (version === '') {
      throw new PixelsError(
        'engine-unavailable',
        `What answers at ${this.#http.address.url} is not a ComfyUI: /system_stats names no version.`,
        { url: this.#http.address.url },
      );
    }
    const builtin = record(system['dgx_pixels_builtin'])['version'];
    const free = record(list(stats['devices'])[0])['vram_free'];
    return {
      version,
      builtin: typeof builtin === 'string' ? builtin : null,
      argv: list(system['argv']).map(String),
      vramFree: typeof free === 'number' ? free : null,
    };
  }

  /** Node classes with their inputs. */
  async objectInfo(): Promise<Record<string, unknown>> {
    return record(await this.#http.json('GET', '/object_info', undefined, 60_000));
  }

  /** True when the server has the routes that durable jobs need. */
  async hasJobsRoute(): Promise<boolean> {
    try {
      await this.#http.json('GET', '/api/jobs?limit=1');
      return true;
    } catch (error) {
      if (error instanceof ComfyStatusError) return false;
      throw error;
    }
  }

  /** Lets the server give up models and cached results. */
  async free(): Promise<void> {
    await this.#http.send('POST', '/free', {
      body: JSON.stringify({ unload_models: true, free_memory: true }),
      contentType: 'application/json',
    });
  }
}
