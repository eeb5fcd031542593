import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Artifact } from '../../src/protocol/artifacts.ts';
import type { Core } from '../../src/worker/core.ts';
import { artifactHandlers } from '../../src/worker/handlers/artifact-handlers.ts';
import { workerHandlers } from '../../src/worker/handlers/worker-handlers.ts';
import type { Handlers } from '../../src/worker/server/handlers.ts';
import { startServer } from '../../src/worker/server/server.ts';
import { ArtifactFiles } from '../../src/worker/store/artifact-files.ts';

/*
 * The other end of the bench, in a process of its own: our server with the worker's own handlers, and the same image over WebSocket
 * and HTTP. The image lies in memory for all of them; `stored` is the same image in the artifact store.
 */

const JOB = '01932f5a-7b3c-7def-8123-456789abcdef';
const folder = process.argv[2] ?? '';
const image = Buffer.alloc(1_500_000, 'p');
const digest = createHash('sha256').update(image).digest('hex');
const stored = Buffer.alloc(1_500_000, 'q');
const storedDigest = createHash('sha256').update(stored).digest('hex');
const files = new ArtifactFiles(folder);
await files.write(storedDigest, stored);

const journal = { seq: 0 };
const artifact: Artifact = {
  digest,
  bytes: image.byteLength,
  mime: 'image/png',
  width: 1024,
  height: 1024,
  createdAt: 0,
  pinned: false,
  origin: null,
};
/** The parts of a worker that the two methods use. */
const core = {
  version: '0.0.0',
  instance: 'bench',
  journal: { events: journal },
  index: { get: (): Artifact => artifact },
  files: {
    read: async (wanted: string, offset: number, length: number): Promise<Uint8Array | null> =>
      wanted === digest
        ? image.subarray(offset, offset + length)
        : files.read(wanted, offset, length),
  },
} as unknown as Core;
const handlers = {
  ...workerHandlers(core),
  ...artifactHandlers(core),
  'events.since': ({ after, limit }: { after: number; limit: number }) => ({
    events: Array.from({ length: Math.min(limit, journal.seq - after) }, (_, place) => ({
      type: 'job.state',
      job: JOB,
      seq: after + 1 + place,
      at: 0,
      state: 'done',
      done: 1,
      total: 1,
    })),
    seq: journal.seq,
    reset: false,
  }),
} as unknown as Handlers;

const server = await startServer({
  listeners: [
    { requests: `ipc://${folder}/requests`, events: `ipc://${folder}/events` },
    { requests: 'tcp://127.0.0.1:*', events: 'tcp://127.0.0.1:*' },
  ],
  handlers,
  currentSeq: () => journal.seq,
  instance: 'bench',
});

const http = createServer((request, response) => {
  const body = request.url === '/image' ? image : Buffer.alloc(28);
  response.writeHead(200, { 'content-length': body.byteLength }).end(body);
});
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
sockets.on('connection', socket => {
  socket.on('message', (data: Buffer) => {
    socket.send(data[0] === 'i'.charCodeAt(0) ? image : data);
  });
});
http.listen(0, '127.0.0.1');
await once(http, 'listening');

let ticking: NodeJS.Timeout | undefined;
let run = 0;

process.on('message', (command: { tick?: boolean; terminal?: number }) => {
  if (command.tick !== undefined) {
    clearInterval(ticking);
    if (command.tick) {
      ticking = setInterval(() => {
        run = (run + 1) % 4096;
        // The publisher's clock travels where the step would.
        const value = Number(process.hrtime.bigint()) / 1000;
        server.publish('run.progress', JOB, {
          run,
          stage: 'sampling',
          value,
          max: 20,
          eta: 12_345.5,
        });
      }, 1);
    }
  }
  for (let left = command.terminal ?? 0; left > 0; left--) {
    const body = { seq: ++journal.seq, at: 0, state: 'done', done: 1, total: 1 };
    server.publish('job.state', JOB, body);
  }
});
process.on('disconnect', () => process.exit());
process.send?.({
  endpoints: server.endpoints,
  port: (http.address() as AddressInfo).port,
  digest,
  storedDigest,
});
