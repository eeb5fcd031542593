import { PixelsError } from '../../protocol/errors.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { type Core, serverStatus } from '../core.ts';
import { quotaBytes } from '../config.ts';
import { examine } from '../doctor/examine.ts';
import { engineReports } from '../limits/report.ts';
import type { Handlers } from '../server/handlers.ts';
import { systemReport } from '../system/report.ts';

type WorkerMethods =
  | 'hello'
  | 'ping'
  | 'status'
  | 'system.report'
  | 'doctor'
  | 'engines.report'
  | 'engines.free'
  | 'worker.shutdown';

/** Unloads models of servers that hold none of our runs. */
async function freeServers(core: Core, name: string | undefined): Promise<string[]> {
  const chosen = core.queues.filter(queue => name === undefined || queue.name === name);
  if (chosen.length === 0) {
    throw new PixelsError('not-found', `No server is named ${name}; see "dgx-pixels status".`);
  }
  const busy = chosen.find(queue => queue.busy > 0);
  if (busy !== undefined) {
    throw new PixelsError(
      'conflict',
      `${busy.name} is drawing; models can be unloaded when it is idle.`,
      { server: busy.name },
    );
  }
  const ready = chosen.filter(queue => queue.link.state === 'ready');
  await Promise.all(ready.map(async queue => core.memory.get(queue.name)?.free()));
  return ready.map(queue => queue.name);
}

/** Answers about the worker itself. */
export function workerHandlers(core: Core): Pick<Handlers, WorkerMethods> {
  const { journal, index } = core;
  return {
    hello: () => ({
      worker: { version: core.version, instance: core.instance, pid: process.pid },
      protocol: PROTOCOL_VERSION,
      seq: journal.events.seq,
      now: Date.now(),
    }),
    ping: ({ nonce }) => ({
      ...(nonce === undefined ? {} : { nonce }),
      seq: journal.events.seq,
      now: Date.now(),
    }),
    status: () => {
      const paused = journal.queue.pausedLanes();
      const artifacts = index.total();
      return {
        version: core.version,
        protocol: PROTOCOL_VERSION,
        instance: core.instance,
        pid: process.pid,
        uptimeMs: Date.now() - core.startedAt,
        seq: journal.events.seq,
        servers: serverStatus(core),
        lanes: journal.queue.laneCounts().map(lane => ({ ...lane, paused: paused.has(lane.lane) })),
        jobs: journal.jobs.count(),
        artifacts: { ...artifacts, quotaBytes: quotaBytes(core.config) },
        clients: core.clients(),
        notices: core.notices,
      };
    },
    'system.report': async () => systemReport(core.data),
    doctor: async () => ({ findings: await examine(core) }),
    'engines.report': async () => ({ engines: await engineReports(core) }),
    'engines.free': async ({ server }) => ({ servers: await freeServers(core, server) }),
    'worker.shutdown': ({ drain }) => {
      // The answer leaves first.
      setTimeout(() => {
        core.shutDown(drain);
      }, 50);
      return {};
    },
  };
}
