import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { type Core, serverStatus } from '../core.ts';
import { quotaBytes } from '../config.ts';
import { examine } from '../doctor/examine.ts';
import type { Handlers } from '../server/handlers.ts';
import { systemReport } from '../system/report.ts';

type WorkerMethods = 'hello' | 'ping' | 'status' | 'system.report' | 'doctor' | 'worker.shutdown';

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
    'worker.shutdown': ({ drain }) => {
      // The answer leaves first.
      setTimeout(() => {
        core.shutDown(drain);
      }, 50);
      return {};
    },
  };
}
