import { PixelsError } from '../../protocol/errors.ts';
import type { Graph } from '../../project/workflows/graph.ts';
import { ComfyStatusError, strangeAnswer } from './answers.ts';
import type { ComfyHttp } from './http.ts';
import { imagesIn, type OutputImage } from './output-images.ts';
import { jobState, type PromptState, queuedState } from './prompt-state.ts';
import { rejectionOf } from './rejection.ts';
import { jsonOf, optionalJson, postTo, strangeStatus } from './requests.ts';
import { tooLarge } from './too-large.ts';
import { uploadImage } from './upload.ts';
import { list, record, text } from './values.ts';

/** A loader of 10,000 models lists them all, and there may be dozens of such. */
const OBJECT_INFO_BYTES = 256 * 2 ** 20;
/** What is drawn at the largest render size, and does not compress, stays below. */
const PICTURE_BYTES = 512 * 2 ** 20;

export interface PromptRequest {
  promptId: string;
  clientId: string;
  graph: Graph;
  /** Written into the picture's metadata. */
  pngInfo: Record<string, unknown>;
  previews: boolean;
}

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
  #hasJobs = true;
  #maxUploadBytes: number | null = null;

  constructor(http: ComfyHttp) {
    this.#http = http;
  }

  /** False for an older server, whose queue and history are read instead of `/api/jobs`. */
  get hasJobs(): boolean {
    return this.#hasJobs;
  }

  /**
   * Asks what the server can do; call it after each connection, since another version may answer.
   * @throws PixelsError `engine-unavailable`
   */
  async discover(): Promise<void> {
    this.#hasJobs = (await optionalJson(this.#http, '/api/jobs?limit=1')) !== null;
    const size = record(await optionalJson(this.#http, '/features'))['max_upload_size'];
    this.#maxUploadBytes = typeof size === 'number' && size > 0 ? size : null;
  }

  /**
   * Queues a graph under our own id.
   * @throws PixelsError `engine-rejected` when the server refuses it or would drop part of it (a 200 with node errors), `too-large`;
   *   `engine-unavailable` with `data.maybeDelivered` when it may have been queued all the same
   */
  async postPrompt(prompt: PromptRequest): Promise<void> {
    const body = {
      prompt: prompt.graph,
      prompt_id: prompt.promptId,
      client_id: prompt.clientId,
      extra_data: {
        extra_pnginfo: prompt.pngInfo,
        ...(prompt.previews ? {} : { preview_method: 'none' }),
      },
    };
    let answer: unknown;
    try {
      answer = await this.#http.json('POST', '/prompt', body);
    } catch (error) {
      if (!(error instanceof ComfyStatusError)) throw error;
      if (error.status === 413) {
        const bytes = JSON.stringify(body).length;
        throw tooLarge(this.#http.base, 'graph', bytes, this.#maxUploadBytes);
      }
      if (error.status === 400 && error.isJson) throw rejectionOf(error.body, prompt.graph);
      throw strangeAnswer(error, this.#http.base);
    }
    const given = text(record(answer)['prompt_id']);
    if (given !== '' && given !== prompt.promptId) {
      await this.cancel(given).catch(() => undefined);
      throw new PixelsError(
        'engine-rejected',
        `ComfyUI at ${this.#http.base} gives jobs ids of its own, so that none could be found again; update it to 0.33 or newer.`,
      );
    }
    const errors = record(record(answer)['node_errors']);
    if (Object.keys(errors).length > 0) {
      await this.cancel(prompt.promptId).catch(() => undefined);
      throw rejectionOf(answer, prompt.graph);
    }
  }

  /** State of a prompt; the one call that tells pending, running, ended and forgotten apart. */
  async promptState(promptId: string): Promise<PromptState> {
    if (this.#hasJobs) {
      const state = await jobState(this.#http, promptId);
      if (state !== 'unknown') return state;
    }
    const queued = await queuedState(this.#http, promptId);
    if (queued !== null || this.#hasJobs) return queued ?? 'unknown';
    // What leaves the queue is in the history at once, so that the history has to be read second.
    const entry = await this.history(promptId);
    if (entry === null) return 'unknown';
    if (entry.completed) return 'completed';
    const interrupted = entry.messages.some(([type]) => type === 'execution_interrupted');
    return interrupted ? 'cancelled' : 'failed';
  }

  /** What a finished prompt left, or null when the history has no such entry. */
  async history(promptId: string): Promise<HistoryEntry | null> {
    const all = record(await jsonOf(this.#http, 'GET', `/history/${promptId}`));
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

  /** Removes the entry of an ended prompt; the history keeps whole graphs in memory. */
  async deleteHistory(promptId: string): Promise<void> {
    await postTo(this.#http, '/history', { delete: [promptId] });
  }

  /** Stops a prompt, pending or running. @returns whether the server did so now */
  async cancel(promptId: string): Promise<boolean> {
    if (!this.#hasJobs) return this.#cancelInQueue(promptId);
    try {
      const answer = record(await this.#http.json('POST', `/api/jobs/${promptId}/cancel`, {}));
      return answer['cancelled'] === true;
    } catch (error) {
      if (!(error instanceof ComfyStatusError)) throw error;
      if (error.status === 404 && error.isJson) return false;
      throw strangeAnswer(error, this.#http.base);
    }
  }

  /** Old servers interrupt whatever runs, so that it must be ours. */
  async #cancelInQueue(promptId: string): Promise<boolean> {
    const before = await queuedState(this.#http, promptId);
    if (before === null) return false;
    await this.deletePending(promptId);
    if ((await queuedState(this.#http, promptId)) === 'in_progress') {
      await postTo(this.#http, '/interrupt', { prompt_id: promptId });
    }
    return true;
  }

  /** Takes a prompt out of the queue if it has not begun. Ask `promptState` whether it had. */
  async deletePending(promptId: string): Promise<void> {
    await postTo(this.#http, '/queue', { delete: [promptId] });
  }

  /**
   * Bytes of an output file.
   * @returns null when there is no such file
   * @throws PixelsError `engine-unavailable` when something else than the server answers
   */
  async view(image: OutputImage): Promise<Buffer | null> {
    const query = new URLSearchParams({
      filename: image.filename,
      subfolder: image.subfolder,
      type: image.type,
    });
    const answer = await this.#http.send('GET', `/view?${query.toString()}`, {
      timeoutMs: 60_000,
      maxBytes: PICTURE_BYTES,
    });
    if (answer.status < 300) return answer.bytes;
    // ComfyUI's own answers have no body: 404 for a missing file, 400 for a name it does not take.
    const own = (answer.status === 404 || answer.status === 400) && answer.bytes.length === 0;
    if (own) return null;
    throw strangeStatus(this.#http, answer, '/view');
  }

  /** Uploads an image to the input folder; see `uploadImage`. */
  async uploadImage(name: string, bytes: Uint8Array, mime: string): Promise<string> {
    return uploadImage(this.#http, { name, bytes, mime }, this.#maxUploadBytes);
  }

  async systemStats(): Promise<SystemStats> {
    const stats = record(
      await jsonOf(this.#http, 'GET', '/system_stats', undefined, {
        timeoutMs: 10_000,
        maxBytes: 2 ** 20,
      }),
    );
    const system = record(stats['system']);
    const version = text(system['comfyui_version']);
    if (version === '') {
      throw new PixelsError(
        'engine-unavailable',
        `What answers at ${this.#http.base} is not a ComfyUI, or a very old one: /system_stats names no version.`,
        { url: this.#http.base },
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

  /** `/system_stats` as the server gives it: memory of its devices and how it was started. */
  async rawSystemStats(): Promise<unknown> {
    return this.#http.json('GET', '/system_stats', undefined, 10_000);
  }

  /** Prompts that run or wait there, those of others included. */
  async queueRemaining(): Promise<number> {
    const info = record(record(await this.#http.json('GET', '/prompt'))['exec_info']);
    return Number(info['queue_remaining'] ?? 0);
  }

  /** Node classes with their inputs. */
  async objectInfo(): Promise<Record<string, unknown>> {
    const limits = { timeoutMs: 60_000, maxBytes: OBJECT_INFO_BYTES };
    return record(await jsonOf(this.#http, 'GET', '/object_info', undefined, limits));
  }

  /** Lets the server give up models and cached results. */
  async free(): Promise<void> {
    await postTo(this.#http, '/free', { unload_models: true, free_memory: true });
  }
}
