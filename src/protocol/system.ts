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

/** Memory where a server's models lie. */
export const serverMemorySchema = z.object({
  /** `device`: the GPU's own; `system`: unified memory, or no GPU. */
  pool: z.enum(['device', 'system']),
  totalBytes: z.number(),
  /** By everything on that machine. */
  usedBytes: z.number(),
  /** Most that may be in use; runs whose forecast exceeds it are refused. */
  guardBytes: z.number(),
});
export type ServerMemory = z.output<typeof serverMemorySchema>;

/** What a server says of the machine it runs on, read when asked. */
export const engineReportSchema = z.object({
  server: z.string(),
  engine: z.enum(['comfyui', 'builtin']),
  /** Null when it does not tell, or does not answer. */
  memory: serverMemorySchema.nullable(),
  /** What draws, such as `cuda:0 NVIDIA GB10`. */
  device: z.string(),
  comfyui: z.string(),
  pytorch: z.string(),
  python: z.string(),
  argv: z.array(z.string()),
  /** Bytes that its tensors hold on the GPU; null where it does not say. */
  tensorBytes: z.number().nullable(),
  /** Its process on the worker's machine: resident bytes now and at most so far, and what nvidia-smi tells of it; null where unknown. */
  process: z
    .object({
      pid: z.int(),
      residentBytes: z.number(),
      peakBytes: z.number().nullable(),
      gpuBytes: z.number().nullable(),
    })
    .nullable(),
});
export type EngineReport = z.output<typeof engineReportSchema>;

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
  /** As last read; absent or null when it was not read yet. */
  memory: serverMemorySchema.nullable().optional(),
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
