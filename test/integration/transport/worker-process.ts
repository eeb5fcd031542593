import { startServer, type ListenerOptions } from '../../../src/worker/server/server.ts';
import { makeTestHandlers } from './test-handlers.ts';

interface Start {
  listener: ListenerOptions;
  seq: number;
  instance: string;
}

const start = JSON.parse(process.argv[2] ?? '') as Start;
const { handlers, journal } = makeTestHandlers();
journal.seq = start.seq;
journal.instance = start.instance;
const server = await startServer({
  listeners: [start.listener],
  handlers,
  currentSeq: () => journal.seq,
  instance: start.instance,
});

process.on('message', (command: { publishTo?: number; block?: number }) => {
  if (command.block !== undefined) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, command.block);
  }
  while (journal.seq < (command.publishTo ?? 0)) {
    server.publish('models.changed', null, { seq: ++journal.seq, at: 0 });
  }
});
process.on('disconnect', () => process.exit());
process.send?.(server.endpoints[0]);
