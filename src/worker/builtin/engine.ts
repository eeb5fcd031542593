import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { makeCatalog } from './server/catalog.ts';
import { isOwnRequest } from './server/http/guard.ts';
import { Router } from './server/http/router.ts';
import { serve } from './server/http/serve.ts';
import { TEMP_PREFIX } from './server/nodes/image-files.ts';
import { NODE_CLASSES } from './server/nodes/registry.ts';
import { type BuiltinEngineOptions, type EngineSettings, settingsOf } from './server/options.ts';
import { History } from './server/queue/history.ts';
import { PromptQueue } from './server/queue/prompt-queue.ts';
import { infoRoutes } from './server/routes/info.ts';
import { jobRoutes } from './server/routes/jobs.ts';
import { promptRoutes } from './server/routes/prompt.ts';
import { queueRoutes } from './server/routes/queue.ts';
import { uploadRoutes } from './server/routes/upload.ts';
import { viewRoutes } from './server/routes/view.ts';
import { NodeCache } from './server/run/cache.ts';
import { Interruption } from './server/run/interruption.ts';
import { RunLoop } from './server/run/loop.ts';
import { Sockets } from './server/sockets.ts';

export type { BuiltinEngineOptions } from './server/options.ts';

/** As the studied server: an idle connection that ends sooner would race with the next request. */
const KEEP_ALIVE_MS = 75_000;

/** A running engine. */
export interface BuiltinEngine {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  port: number;
  /** Interrupts what runs, closes every connection and removes its temporary files. */
  close(): Promise<void>;
}

/**
 * Starts the built-in engine: ComfyUI's HTTP and WebSocket interface on loopback, drawing sprites
 * without a model. Queue and history live in memory; pictures stay in the output folder.
 * @throws the listen error (`code` EADDRINUSE) when the port is taken
 */
export async function startBuiltinEngine(options: BuiltinEngineOptions): Promise<BuiltinEngine> {
  const own = options.tempDirectory === undefined;
  const temp = options.tempDirectory ?? mkdtempSync(join(tmpdir(), 'dgx-pixels-builtin-'));
  const settings = settingsOf(options, temp);
  for (const folder of [settings.outputDirectory, settings.inputDirectory, temp]) {
    mkdirSync(folder, { recursive: true });
  }
  clearPreviews(temp);
  const parts = assemble(settings);
  const server = createServer((request, response) => {
    void serve(request, response, parts.router, parts.port());
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const webSockets = acceptSockets(server, parts);
  try {
    await listen(server, settings.host, options.port ?? 0);
  } catch (error) {
    if (own) rmSync(temp, { recursive: true, force: true });
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  parts.setPort(port);
  parts.loop.start();
  return {
    url: `http://${settings.host}:${port}`,
    port,
    close: async () => {
      await parts.loop.stop();
      for (const socket of webSockets.clients) socket.terminate();
      const closed = new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      await closed;
      if (own) rmSync(temp, { recursive: true, force: true });
      else clearPreviews(temp);
    },
  };
}

type Parts = ReturnType<typeof assemble>;

function assemble(settings: EngineSettings) {
  let port = 0;
  const catalog = makeCatalog(settings);
  const sockets = new Sockets();
  const interruption = new Interruption();
  const history = new History();
  const free = { unload: false, cache: false };
  const status = () => ({ status: { exec_info: { queue_remaining: queue.remaining } } });
  const queue = new PromptQueue(() => sockets.send('status', status(), null));
  const host = { settings, catalog, resident: new Set<string>() };
  const cache = new NodeCache(settings.cacheEntries);
  const classes = NODE_CLASSES;
  const loop = new RunLoop({ classes, host, cache, sockets, interruption, queue, history, free });
  const wake = () => loop.wake();
  const routeParts = {
    ...{ settings, catalog, classes, queue, history, interruption, free, wake },
    port: () => port,
  };
  const router = new Router([
    ...promptRoutes(routeParts),
    ...queueRoutes(routeParts),
    ...jobRoutes(routeParts),
    ...viewRoutes(routeParts),
    ...uploadRoutes(routeParts),
    ...infoRoutes(routeParts),
  ]);
  const setPort = (value: number) => {
    port = value;
  };
  return { router, loop, sockets, interruption, status, port: () => port, setPort };
}

function acceptSockets(server: Server, parts: Parts): WebSocketServer {
  const webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 1024 * 1024,
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const url = new URL(request.url ?? '/', 'http://engine');
    const path = url.pathname.replace(/^\/api(?=\/)/, '');
    const allowed = isOwnRequest(request.headers, parts.port());
    if (!allowed || path !== '/ws') {
      const line = allowed ? '404 Not Found' : '403 Forbidden';
      socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    webSockets.handleUpgrade(request, socket, head, client => {
      parts.sockets.accept(client, url.searchParams.get('clientId') ?? '', sid => {
        parts.sockets.send('status', { ...parts.status(), sid }, sid);
        const { node, client: owner } = parts.interruption;
        if (owner === sid && node !== undefined) parts.sockets.send('executing', { node }, sid);
      });
    });
  });
  return webSockets;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Pictures of PreviewImage do not outlive the engine; nothing else in the folder is touched. */
function clearPreviews(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(TEMP_PREFIX)) rmSync(join(folder, name), { force: true });
  }
}
