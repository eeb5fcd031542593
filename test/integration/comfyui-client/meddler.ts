import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';

/** What a rule does with a request: an answer of its own, or null to let it pass. */
export type Rule = (call: Call) => Reply | null | Promise<Reply | null>;

export interface Call {
  method: string;
  path: string;
  body: Buffer;
  /** Asks the true server; the client may get something else. */
  pass: () => Promise<Reply>;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** Null ends the connection without an answer. */
  body: string | Buffer | null;
}

export function jsonReply(value: unknown, status = 200): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  };
}

/** Body of a reply. */
export function textOf({ body }: Reply): string {
  return body === null ? '' : body.toString();
}

/** A JSON reply changed on its way. */
export async function changed(
  call: Call,
  change: (value: Record<string, unknown>) => unknown,
): Promise<Reply> {
  const reply = await call.pass();
  return jsonReply(change(JSON.parse(textOf(reply)) as Record<string, unknown>));
}

/**
 * Stands between a client and a server of ComfyUI's API and does what networks, proxies and other versions do: answers of its own, frames that
 * are lost, added or torn, connections that break or go silent.
 */
export class Meddler implements AsyncDisposable {
  readonly #server = createServer((incoming, outgoing) => void this.#serve(incoming, outgoing));
  readonly #webSockets = new WebSocketServer({ noServer: true });
  readonly #target: string;
  readonly #pairs = new Set<{ client: WebSocket; raw: Duplex; id: string }>();
  /** The first rule that answers wins. */
  readonly rules: Rule[] = [];
  /** Every request, as `METHOD path`. */
  readonly log: string[] = [];
  /** Client ids of all sockets that were ever opened. */
  readonly clientIds: string[] = [];
  /** False drops a frame of the server on its way. */
  passFrame: (data: Buffer, isBinary: boolean) => boolean = () => true;

  private constructor(target: string) {
    this.#target = target;
  }

  /** @param target base URL of the true server */
  static async before(target: string): Promise<Meddler> {
    const meddler = new Meddler(target);
    meddler.#server.on('upgrade', (incoming, socket, head) => {
      meddler.#webSockets.handleUpgrade(incoming, socket, head, client => {
        meddler.#join(incoming, client, socket);
      });
    });
    meddler.#server.listen(0, '127.0.0.1');
    await once(meddler.#server, 'listening');
    return meddler;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How many requests began with these words, e.g. `POST /prompt`. */
  count(words: string): number {
    return this.log.filter(line => line.startsWith(words)).length;
  }

  #join(incoming: IncomingMessage, client: WebSocket, raw: Duplex): void {
    const url = incoming.url ?? '';
    const id = new URL(url, this.#target).searchParams.get('clientId') ?? '';
    this.clientIds.push(id);
    const pair = { client, raw, id };
    this.#pairs.add(pair);
    const server = new WebSocket(`${this.#target.replace('http', 'ws')}${url}`);
    const early: (string | Buffer)[] = [];
    client.on('message', (data: Buffer, isBinary) => {
      const frame = isBinary ? data : data.toString();
      if (server.readyState === WebSocket.OPEN) server.send(frame);
      else early.push(frame);
    });
    server.on('open', () => {
      for (const frame of early) server.send(frame);
    });
    server.on('message', (data: Buffer, isBinary) => {
      if (this.passFrame(data, isBinary)) client.send(isBinary ? data : data.toString());
    });
    server.on('error', () => undefined);
    server.on('close', () => client.terminate());
    client.on('error', () => undefined);
    client.on('close', () => {
      this.#pairs.delete(pair);
      server.terminate();
    });
  }

  /** Sends a frame of our own to every client. */
  send(frame: string | Buffer): void {
    for (const { client } of this.#pairs) client.send(frame);
  }

  /** Writes bytes past the WebSocket, e.g. a frame that is none. */
  sendRaw(bytes: Buffer): void {
    for (const { raw } of this.#pairs) raw.write(bytes);
  }

  /** Breaks the event sockets; HTTP goes on. */
  cutSockets(): void {
    for (const { raw } of this.#pairs) raw.destroy();
  }

  /** Event sockets stay open, and nothing comes through them any more: not even an answer to a ping. */
  freezeSockets(): void {
    for (const { raw } of this.#pairs) raw.pause();
    this.passFrame = () => false;
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const method = incoming.method ?? '';
    const path = incoming.url ?? '';
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    this.log.push(`${method} ${path}`);
    const pass = () => this.#forward(method, path, incoming.headers, body);
    let reply: Reply | null = null;
    try {
      for (const rule of this.rules) {
        reply = await rule({ method, path, body, pass });
        if (reply !== null) break;
      }
      reply ??= await pass();
    } catch {
      reply = { status: 502, body: '<html>bad gateway</html>' };
    }
    if (reply.body === null) {
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(reply.status, reply.headers).end(reply.body);
  }

  #forward(
    method: string,
    path: string,
    headers: IncomingMessage['headers'],
    body: Buffer,
  ): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const url = new URL(this.#target);
      const forward = request(
        {
          host: url.hostname,
          port: url.port,
          path,
          method,
          headers: { ...headers, host: url.host },
        },
        answer => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => {
            resolve({
              status: answer.statusCode ?? 500,
              headers: { 'content-type': answer.headers['content-type'] ?? '' },
              body: Buffer.concat(chunks),
            });
          });
        },
      );
      forward.on('error', reject);
      forward.end(body);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cutSockets();
    this.#webSockets.close();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
