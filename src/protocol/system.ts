import * as z from 'zod';
import { laneSchema } from './jobs.ts';

export const gpuSchema = z.object({
  name: z.string(),
  driver: z.string().nullable(),
  memoryTotalBytes: z.number().nullable(),
  memoryUsedBytes: z.number().nullable(),
  /** `nvml` where the driver reports it, `system` on unified memory, where the GPU shares the system's memory. */
  memorySource: z.enum(['nvml', 'system']),
  utilization: z.number().nullable(),
  temperatureC: z.number().nullable(),
  powerW: z.number().nullable(),
});
export type Gpu = z.output<typeof gpuSchema>;

export const systemReportSchema = z.object({
  host: z.string(),
  platform: z.string(),
  arch: z.string(),
  node: z.string(),
  cpu: z.object({ model: z.string(), cores: z.int(), load1: z.number() }),
  memory: z.object({ totalBytes: z.number(), availableBytes: z.number() }),
  disk: z.object({ path: z.string(), totalBytes: z.number(), freeBytes: z.number() }),
  gpus: z.array(gpuSchema),
});
export type SystemReport = z.output<typeof systemReportSchema>;

export const serverStatusSchema = z.object({
  name: z.string(),
  url: z.string(),
  engine: z.enum(['comfyui', 'builtin']),
  state: z.enum(['connecting', 'ready', 'unreachable', 'incompatible']),
  version: z.string().nullable(),
  /** Why it is not ready, for a person. */
  problem: z.string().nullable(),
  executing: z.string().nullable(),
  parked: z.string().nullable(),
});
export type ServerStatus = z.output<typeof serverStatusSchema>;

export const workerStatusSchema = z.object({
  version: z.string(),
  protocol: z.int(),
  /** Changes with every start of the worker. */
  instance: z.string(),
  pid: z.int(),
  uptimeMs: z.number(),
  seq: z.int(),
  servers: z.array(serverStatusSchema),
  lanes: z.array(
    z.object({ lane: laneSchema, paused: z.boolean(), queued: z.int(), active: z.int() }),
  ),
  jobs: z.object({ unfinished: z.int(), total: z.int() }),
  artifacts: z.object({ count: z.int(), bytes: z.number(), quotaBytes: z.number() }),
  clients: z.int(),
  /** Standing trouble that a person should know of: set-aside journal, full disk. */
  notices: z.array(z.string()),
});
export type WorkerStatus = z.output<typeof workerStatusSchema>;

export const findingSchema = z.object({
  check: z.string(),
  level: z.enum(['ok', 'note', 'warning', 'fault']),
  message: z.string(),
  /** How to mend it; null when there is nothing to mend. */
  remedy: z.string().nullable(),
});
export type Finding = z.output<typeof findingSchema>;
