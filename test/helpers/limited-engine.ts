import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

type Json = Record<string, unknown>;

/** What an engine is made to lack, or to hide. */
export interface Limits {
  /** Names that its lists do not have. */
  without?: readonly string[];
  /** Node classes that it does not know. */
  withoutClasses?: readonly string[];
  /** Passes for a ComfyUI, whose model files the worker looks for. */
  asComfyui?: boolean;
}

function withoutNames(value: unknown, without: readonly string[]): unknown {
  if (Array.isArray(value)) {
    const kept = value.filter(each => typeof each !== 'string' || !without.includes(each));
    return kept.map(each => withoutNames(each, without));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutNames(inner, without)]),
  );
}

function limited(path: string, body: Json, limits: Limits): Json {
  if (path === '/object_info') {
    const { withoutClasses = [], without = [] } = limits;
    const classes = Object.entries(body).filter(([name]) => !withoutClasses.includes(name));
    return withoutNames(Object.fromEntries(classes), without) as Json;
  }
  if (path === '/system_stats' && limits.asComfyui === true) {
    const { dgx_pixels_builtin: _, ...system } = body['system'] as Json;
    return { ...body, system };
  }
  return body;
}

async function textOf(message: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

export interface LimitedEngine {
  url: string;
  /** Method and path of every request that came. */
  asked: string[];
  /** Nobody answers any more, and what was connected is cut off. */
  close: () => void;
  /** Answers again at the same address. */
  reopen: () => Promise<void>;
}

/** An engine that has less than the one at a port, for tests of servers that differ. */
export async function startLimitedEngine(port: number, limits: Limits): Promise<LimitedEngine> {
  const asked: string[] = [];
  // Engines refuse requests that were meant for another host.
  const host = `127.0.0.1:${port}`;
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '';
    asked.push(`${incoming.method ?? ''} ${path}`);
    const forward = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: incoming.method,
        headers: { ...incoming.headers, host },
      },
      answer => {
        if (path !== '/object_info' && path !== '/system_stats') {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
          return;
        }
        void textOf(answer).then(text => {
          outgoing.writeHead(answer.statusCode ?? 500, { 'content-type': 'application/json' });
          if (text === '') outgoing.end();
          else outgoing.end(JSON.stringify(limited(path, JSON.parse(text) as Json, limits)));
        });
      },
    );
    forward.on('error', () => outgoing.destroy());
    incoming.pipe(forward);
  });
  const upgraded = new Set<Duplex>();
  server.on('upgrade', (incoming, socket, head) => {
    upgraded.add(socket);
    socket.on('close', () => upgraded.delete(socket));
    const behind = connect(port, '127.0.0.1', () => {
      const headers = Object.entries({ ...incoming.headers, host })
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join('\r\n');
      behind.write(`GET ${incoming.url ?? ''} HTTP/1.1\r\n${headers}\r\n\r\n`);
      behind.write(head);
      socket.pipe(behind).pipe(socket);
    });
    behind.on('error', () => socket.destroy());
    socket.on('error', () => behind.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    close: () => {
      for (const socket of upgraded) socket.destroy();
      server.closeAllConnections();
      server.close();
    },
    reopen: async () => {
      server.listen(address.port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}
