import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import { WebSocket } from 'ws';

type Graph = Record<string, { class_type: string; inputs: Record<string, unknown> }>;

/** The shortest honest client of ComfyUI's API: post, wait for the end, read the history, fetch the image. No journal, no checks. */
export class BareLoop {
  readonly #url: string;
  readonly #clientId = randomUUID();
  readonly #waiting = new Map<string, () => void>();
  readonly #socket: WebSocket;

  private constructor(url: string, socket: (clientId: string) => WebSocket) {
    this.#url = url;
    this.#socket = socket(this.#clientId);
    this.#socket.on('message', (data, isBinary) => {
      if (isBinary) return;
      const message = JSON.parse((data as Buffer).toString('utf8')) as {
        type: string;
        data: { node?: string | null; prompt_id?: string };
      };
      if (message.type !== 'executing' || message.data.node !== null) return;
      this.#waiting.get(message.data.prompt_id ?? '')?.();
    });
  }

  static async open(url: string): Promise<BareLoop> {
    const loop = new BareLoop(
      url,
      clientId => new WebSocket(`${url.replace('http', 'ws')}/ws?clientId=${clientId}`),
    );
    await new Promise((resolve, reject) => {
      loop.#socket.once('open', resolve);
      loop.#socket.once('error', reject);
    });
    return loop;
  }

  /** One prompt. @returns bytes of its image */
  async draw(graph: Graph): Promise<Buffer> {
    const promptId = randomUUID();
    const ended = new Promise<void>(resolve => this.#waiting.set(promptId, resolve));
    const posted = await request(`${this.#url}/prompt`, {
      method: 'POST',
      body: JSON.stringify({ prompt: graph, prompt_id: promptId, client_id: this.#clientId }),
      headers: { 'content-type': 'application/json' },
    });
    await posted.body.json();
    await ended;
    this.#waiting.delete(promptId);
    const history = (await (
      await request(`${this.#url}/history/${promptId}`)
    ).body.json()) as Record<
      string,
      { outputs: Record<string, { images: Record<string, string>[] }> }
    >;
    const image = Object.values(history[promptId]?.outputs ?? {})[0]?.images[0] ?? {};
    const bytes = await request(`${this.#url}/view?${new URLSearchParams(image).toString()}`);
    return Buffer.from(await bytes.body.arrayBuffer());
  }

  /** Draws all graphs with two of them at the engine at any time, so that it never waits. */
  async drawAll(graphs: readonly Graph[]): Promise<void> {
    const rest = [...graphs];
    const lane = async (): Promise<void> => {
      for (let graph = rest.shift(); graph !== undefined; graph = rest.shift()) {
        await this.draw(graph);
      }
    };
    await Promise.all([lane(), lane()]);
  }

  close(): void {
    this.#socket.terminate();
  }
}
