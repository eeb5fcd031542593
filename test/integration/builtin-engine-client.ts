import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import {
  type BuiltinEngine,
  type BuiltinEngineOptions,
  startBuiltinEngine,
} from '../../src/worker/builtin/engine.ts';

export type Json = Record<string, unknown>;

/** A text frame, or what a binary frame says of itself. */
export type Frame =
  { type: string; data: Json } | { binary: number; metadata: Json | undefined; image: Buffer };

export type Nodes = Record<string, { class_type: string; inputs: Json }>;

/** One recorded run of the real server. */
export interface Recording {
  request: Json & { prompt: Nodes; prompt_id: string };
  response: { status: number; body: Json };
  events: ({ text: { type: string; data: Json } } | { binary: { type: number; metadata: Json } })[];
  history: Json;
  job: Json;
}

export function recording(name: string): Recording {
  return recorded(name) as Recording;
}

/** Any recorded file. */
export function recorded(name: string): unknown {
  const url = new URL(`../fixtures/comfyui/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8'));
}

/** An engine in a folder of its own; `stop` removes both. */
export async function engineIn(options: Partial<BuiltinEngineOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'builtin-engine-'));
  const engine = await startBuiltinEngine({
    outputDirectory: join(folder, 'output'),
    inputDirectory: join(folder, 'input'),
    ...{ stepMs: 2, loadMs: 2, encodeMs: 1, decodeMs: 1 },
    ...options,
  });
  const stop = async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  };
  return { engine, folder, stop };
}

/** A WebSocket client that keeps every frame. */
export class Listener {
  readonly frames: Frame[] = [];
  readonly socket: WebSocket;
  readonly #waiting = new Set<() => void>();

  private constructor(url: string) {
    this.socket = new WebSocket(url);
    this.socket.on('message', (data: Buffer, isBinary: boolean) => {
      this.frames.push(isBinary ? binaryFrame(data) : (JSON.parse(data.toString()) as Frame));
      for (const wake of this.#waiting) wake();
    });
  }

  static async open(engine: Pick<BuiltinEngine, 'url'>, id: string, modern = true) {
    const url = `${engine.url.replace('http', 'ws')}/ws?clientId=${id}`;
    const listener = new Listener(url);
    await once(listener.socket, 'open');
    if (modern) {
      const flags = { type: 'feature_flags', data: { supports_preview_metadata: true } };
      listener.socket.send(JSON.stringify(flags));
      await listener.until(frame => 'type' in frame && frame.type === 'feature_flags');
    } else {
      await listener.until(frame => 'type' in frame && frame.type === 'status');
    }
    return listener;
  }

  /** Resolves with the first frame, past or future, that fits. */
  async until(fits: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const found = this.frames.find(fits);
      if (found !== undefined) return found;
      await new Promise<void>(resolve => {
        const wake = () => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  /** Waits for the last message of a prompt. */
  ended(promptId: string): Promise<Frame> {
    return this.until(
      frame =>
        'type' in frame &&
        frame.type === 'executing' &&
        frame.data['node'] === null &&
        frame.data['prompt_id'] === promptId,
    );
  }

  types(): string[] {
    return this.frames.map(frame => ('type' in frame ? frame.type : `binary ${frame.binary}`));
  }

  async close(): Promise<void> {
    const closed = once(this.socket, 'close');
    this.socket.terminate();
    await closed;
  }
}

function binaryFrame(data: Buffer): Frame {
  const binary = data.readUInt32BE(0);
  if (binary !== 4) return { binary, metadata: undefined, image: data.subarray(8) };
  const end = 8 + data.readUInt32BE(4);
  return {
    binary,
    metadata: JSON.parse(data.toString('utf8', 8, end)) as Json,
    image: data.subarray(end),
  };
}

export async function get(engine: Pick<BuiltinEngine, 'url'>, path: string) {
  const response = await fetch(`${engine.url}${path}`);
  const text = await response.text();
  return { status: response.status, body: parsed(text) };
}

export async function post(engine: Pick<BuiltinEngine, 'url'>, path: string, body: unknown) {
  const response = await fetch(`${engine.url}${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: parsed(await response.text()) };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return { text };
  }
}

/** Polls the history until a prompt has ended, for prompts that nobody listens to. */
export async function finished(engine: Pick<BuiltinEngine, 'url'>, id: string): Promise<Json> {
  for (;;) {
    const { body } = await get(engine, `/history/${id}`);
    if (body[id] !== undefined) return body[id] as Json;
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

/** File names that a prompt saved, in order. */
export function filesOf(history: Json, node = '9'): string[] {
  const outputs = history['outputs'] as Record<string, { images: { filename: string }[] }>;
  return outputs[node]?.images.map(image => image.filename) ?? [];
}
