import * as z from 'zod';
import { artifactSchema } from './artifacts.ts';
import { journaledEventSchema } from './events.ts';
import {
  jobFilterSchema,
  jobPlanSchema,
  jobSchema,
  jobSpecSchema,
  laneSchema,
  engineStampSchema,
  runSchema,
  runStateSchema,
  runTransitionSchema,
  submitParamsSchema,
  targetSchema,
} from './jobs.ts';
import { LIMITS } from './limits.ts';
import {
  inventorySchema,
  runForecastSchema,
  workflowCheckSchema,
  workflowInfoSchema,
} from './models.ts';
import { digestSchema, fileNameSchema, projectKeySchema, uuidSchema } from './names.ts';
import { pixelSettingsSchema } from './pixels.ts';
import { recipeRequestSchema, recipeSchema } from './recipe.ts';
import {
  engineReportSchema,
  findingSchema,
  systemReportSchema,
  workerStatusSchema,
} from './system.ts';

interface MethodShape {
  readonly params: z.ZodType;
  readonly result: z.ZodType;
  /** Whether the client may send it again when no answer came. */
  readonly idempotent: boolean;
  /** Milliseconds the client waits for an answer unless told otherwise. */
  readonly timeoutMs: number;
  /** Frames beside the body. */
  readonly attachments?: 'params' | 'result';
  /** What it does, in one sentence; printed in docs/protocol.md. */
  readonly summary: string;
}

function method<P extends z.ZodType, R extends z.ZodType>(shape: {
  params: P;
  result: R;
  idempotent: boolean;
  timeoutMs?: number;
  attachments?: 'params' | 'result';
  summary: string;
}) {
  return { timeoutMs: 10_000, ...shape } satisfies MethodShape;
}

const nothing = z.object({});
/** A graph in API format: node id → node. */
const graphSchema = z.record(z.string(), z.unknown());
const pageLimit = z.int().min(1).max(LIMITS.pageEntries).default(50);

/** Every request a client can make: name → parameters and result. The only list of them; docs, client and server derive from it. */
export const METHODS = {
  hello: method({
    summary:
      'Introduces a client; the answer tells versions, limits and where events are published.',
    params: z.object({
      client: z.object({
        id: z.string().min(1).max(64),
        name: z.string().min(1).max(100),
        version: z.string().max(50),
      }),
    }),
    result: z.object({
      worker: z.object({ version: z.string(), instance: z.string(), pid: z.int() }),
      protocol: z.int(),
      /** Sequence number of the newest journaled event. */
      seq: z.int(),
      now: z.number(),
    }),
    idempotent: true,
  }),
  ping: method({
    summary: "Answers at once from the worker's event loop: proves that it is not hung.",
    params: z.object({ nonce: z.int().min(0).optional() }),
    result: z.object({ nonce: z.int().optional(), seq: z.int(), now: z.number() }),
    idempotent: true,
    timeoutMs: 3_000,
  }),
  status: method({
    summary: 'State of the worker, its servers, lanes and stores.',
    params: nothing,
    result: workerStatusSchema,
    idempotent: true,
  }),
  'system.report': method({
    summary: 'Hardware of the worker: processor, memory, disk, graphics.',
    params: nothing,
    result: systemReportSchema,
    idempotent: true,
  }),
  doctor: method({
    summary:
      'Checks engine, models, disk, memory, ports and keys, and says how to mend each fault.',
    params: nothing,
    result: z.object({ findings: z.array(findingSchema) }),
    idempotent: true,
    timeoutMs: 30_000,
  }),
  'engines.report': method({
    summary: 'Memory, device, versions and start flags of every server, read when asked.',
    params: nothing,
    result: z.object({ engines: z.array(engineReportSchema) }),
    idempotent: true,
    timeoutMs: 30_000,
  }),
  'engines.free': method({
    summary:
      'Lets idle servers, or the one named, unload their models and forget cached results. A server that draws refuses.',
    params: z.object({ server: z.string().max(100).optional() }),
    result: z.object({ servers: z.array(z.string()) }),
    idempotent: true,
    timeoutMs: 60_000,
  }),
  'worker.shutdown': method({
    summary:
      'Ends the worker. With `drain` it first finishes what executes and starts nothing new; jobs are kept either way.',
    params: z.object({ drain: z.boolean().default(false) }),
    result: nothing,
    idempotent: true,
  }),
  'models.list': method({
    summary: 'Checkpoints, LoRAs, VAEs, samplers and schedulers the servers really have.',
    params: z.object({ refresh: z.boolean().default(false) }),
    result: inventorySchema,
    idempotent: true,
    timeoutMs: 30_000,
  }),
  'workflows.list': method({
    summary: 'Workflows with their roles, defaults and problems.',
    params: nothing,
    result: z.object({ workflows: z.array(workflowInfoSchema) }),
    idempotent: true,
  }),
  'workflows.check': method({
    summary:
      'Holds a workflow, by name or as a graph in API format with its roles file, against what the servers say of their node classes.',
    params: z.object({
      name: fileNameSchema.optional(),
      graph: graphSchema.optional(),
      /** Content of `<name>.roles.yaml`. */
      sidecar: z.record(z.string(), z.unknown()).optional(),
    }),
    result: workflowCheckSchema,
    idempotent: true,
    timeoutMs: 60_000,
  }),
  'workflows.add': method({
    summary:
      "Puts a graph in API format with its roles file into the worker's own workflows. `replace` allows a name that is taken.",
    params: z.object({
      name: fileNameSchema,
      graph: graphSchema,
      sidecar: z.record(z.string(), z.unknown()).optional(),
      replace: z.boolean().default(false),
    }),
    result: z.object({ replaced: z.boolean() }),
    idempotent: false,
  }),
  'recipes.resolve': method({
    summary: 'Fills in what a recipe leaves out and checks it against the engine; draws nothing.',
    params: z.object({ recipe: recipeRequestSchema }),
    result: z.object({
      recipe: recipeSchema,
      drawDigest: digestSchema,
      recipeDigest: digestSchema,
      warnings: z.array(z.string()),
      /** On the server where it fits best; null where nothing can be forecast, absent from older workers. */
      forecast: runForecastSchema.nullable().optional(),
    }),
    idempotent: true,
  }),
  'jobs.submit': method({
    summary: 'Makes a durable job. The same id again returns the same job.',
    params: submitParamsSchema,
    result: z.object({ job: jobSchema, created: z.boolean(), warnings: z.array(z.string()) }),
    idempotent: true,
    timeoutMs: 30_000,
  }),
  'jobs.plan': method({
    summary:
      'What a job would take, in runs, time and disk, with everything checked that its submission checks; makes nothing.',
    params: z.object({ spec: jobSpecSchema }),
    result: jobPlanSchema,
    idempotent: true,
    timeoutMs: 30_000,
  }),
  'jobs.list': method({
    summary: 'Jobs, newest first, a page at a time.',
    params: z.object({
      filter: jobFilterSchema.optional(),
      cursor: z.string().max(200).optional(),
      limit: pageLimit,
    }),
    result: z.object({ jobs: z.array(jobSchema), next: z.string().nullable() }),
    idempotent: true,
  }),
  'jobs.get': method({
    summary: 'One job with what was asked for.',
    params: z.object({ id: uuidSchema }),
    result: z.object({ job: jobSchema, spec: jobSpecSchema }),
    idempotent: true,
  }),
  'runs.list': method({
    summary: 'Runs of a job in order, a page at a time.',
    params: z.object({
      job: uuidSchema,
      from: z.int().min(0).default(0),
      limit: pageLimit,
    }),
    result: z.object({ runs: z.array(runSchema), next: z.int().nullable() }),
    idempotent: true,
  }),
  'runs.get': method({
    summary: 'One run with its history, its bound graph and the engine that made it.',
    params: z.object({ job: uuidSchema, run: z.int().min(0) }),
    result: z.object({
      run: runSchema,
      history: z.array(runTransitionSchema),
      engine: engineStampSchema.nullable(),
      graph: z.record(z.string(), z.unknown()),
    }),
    idempotent: true,
  }),
  'images.refix': method({
    summary:
      'Makes new sprites of pictures that a run has drawn, with other pixel settings; draws nothing. The run keeps its recipe; its images say what they were fixed with.',
    params: z.object({
      job: uuidSchema,
      run: z.int().min(0),
      /** Place in the batch; every image of the run when absent. */
      image: z.int().min(0).optional(),
      /** Whole: what is left out is the usual, not what it was. */
      pixels: pixelSettingsSchema,
    }),
    result: z.object({
      run: runSchema,
      /** Images that are another sprite now. */
      changed: z.int(),
    }),
    idempotent: true,
    timeoutMs: 60_000,
  }),
  'queue.list': method({
    summary: 'Unfinished runs in the order they will be served, a page at a time.',
    params: z.object({ from: z.int().min(0).default(0), limit: pageLimit }),
    result: z.object({
      entries: z.array(
        z.object({
          job: uuidSchema,
          run: z.int(),
          title: z.string(),
          lane: laneSchema,
          state: runStateSchema,
          server: z.string().nullable(),
          paused: z.boolean(),
          etaMs: z.number().nullable(),
        }),
      ),
      next: z.int().nullable(),
    }),
    idempotent: true,
  }),
  'jobs.cancel': method({
    summary: 'Cancels what has not ended of a run, a job, a group or everything.',
    params: z.object({ target: targetSchema }),
    result: z.object({
      /** Runs this call cancelled or asked the engine to stop. */
      runs: z.int(),
    }),
    idempotent: true,
  }),
  'jobs.retry': method({
    summary: 'Queues failed, cancelled and lost runs again, each with a new attempt.',
    params: z.object({ target: targetSchema }),
    result: z.object({ runs: z.int() }),
    idempotent: false,
  }),
  'jobs.pause': method({
    summary: 'Holds back queued runs of a job, a group or all; what executes goes on.',
    params: z.object({ target: targetSchema }),
    result: z.object({ jobs: z.int() }),
    idempotent: true,
  }),
  'jobs.resume': method({
    summary: 'Lets paused jobs go on.',
    params: z.object({ target: targetSchema }),
    result: z.object({ jobs: z.int() }),
    idempotent: true,
  }),
  'lanes.pause': method({
    summary: 'Holds back a whole lane.',
    params: z.object({ lane: laneSchema }),
    result: z.object({ changed: z.boolean() }),
    idempotent: true,
  }),
  'lanes.resume': method({
    summary: 'Lets a held lane go on.',
    params: z.object({ lane: laneSchema }),
    result: z.object({ changed: z.boolean() }),
    idempotent: true,
  }),
  'jobs.move': method({
    summary: 'Moves a job within its lane: before another job, or to the end.',
    params: z.object({ id: uuidSchema, before: uuidSchema.nullable() }),
    result: z.object({ changed: z.boolean() }),
    idempotent: true,
  }),
  'jobs.forget': method({
    summary: 'Removes an ended job from the history; unpinned artifacts become prunable.',
    params: z.object({ id: uuidSchema }),
    result: z.object({ changed: z.boolean() }),
    idempotent: true,
  }),
  'events.since': method({
    summary:
      'Journaled events after a sequence number. `reset` means that older ones are gone: read the state anew.',
    params: z.object({
      after: z.int().min(0),
      limit: z.int().min(1).max(5000).default(1000),
    }),
    result: z.object({
      events: z.array(journaledEventSchema),
      /** Newest sequence number of the journal. */
      seq: z.int(),
      reset: z.boolean(),
    }),
    idempotent: true,
  }),
  'artifacts.info': method({
    summary: 'What is known of an artifact.',
    params: z.object({ digest: digestSchema }),
    result: artifactSchema,
    idempotent: true,
  }),
  'artifacts.get': method({
    summary: 'Bytes of an artifact as one attached frame, a chunk at a time.',
    params: z.object({
      digest: digestSchema,
      offset: z.int().min(0).default(0),
      length: z.int().min(1).max(LIMITS.artifactChunkBytes).default(LIMITS.artifactChunkBytes),
    }),
    result: z.object({ bytes: z.int(), offset: z.int(), mime: z.string() }),
    idempotent: true,
    timeoutMs: 30_000,
    attachments: 'result',
  }),
  'artifacts.put': method({
    summary:
      'Uploads one chunk of an artifact as an attached frame; the last one completes it when the digest agrees.',
    params: z.object({
      digest: digestSchema,
      bytes: z.int().min(1).max(LIMITS.artifactBytes),
      offset: z.int().min(0).default(0),
    }),
    result: z.object({
      complete: z.boolean(),
      /** Offset of the next chunk wanted. */
      next: z.int(),
    }),
    idempotent: true,
    timeoutMs: 30_000,
    attachments: 'params',
  }),
  'artifacts.recipe': method({
    summary: 'Recipe, engine and origin of an artifact that a run made.',
    params: z.object({ digest: digestSchema }),
    result: z.object({
      recipe: recipeSchema,
      drawDigest: digestSchema,
      recipeDigest: digestSchema,
      engine: engineStampSchema.nullable(),
      graph: z.record(z.string(), z.unknown()),
    }),
    idempotent: true,
  }),
  'artifacts.pin': method({
    summary: 'Replaces the set of artifacts that a project needs; pinned ones are never pruned.',
    params: z.object({ project: projectKeySchema, digests: z.array(digestSchema).max(10_000) }),
    result: z.object({
      pinned: z.int(),
      /** Digests the worker does not have. */
      missing: z.array(digestSchema),
    }),
    idempotent: true,
  }),
  'artifacts.keep': method({
    summary: 'Keeps an artifact for good, or lets it be pruned again.',
    params: z.object({ digest: digestSchema, keep: z.boolean() }),
    result: z.object({ changed: z.boolean() }),
    idempotent: true,
  }),
  'artifacts.prune': method({
    summary:
      'Removes unpinned artifacts, oldest first, until the store is at most `toBytes` large.',
    params: z.object({ toBytes: z.number().min(0), dryRun: z.boolean().default(false) }),
    result: z.object({ artifacts: z.int(), bytes: z.number() }),
    idempotent: true,
    timeoutMs: 60_000,
  }),
} as const satisfies Record<string, MethodShape>;

export type MethodName = keyof typeof METHODS;
/** What a caller passes: defaults may be left out. */
export type MethodParams<M extends MethodName> = z.input<(typeof METHODS)[M]['params']>;
/** What a handler receives: defaults filled in. */
export type MethodInput<M extends MethodName> = z.output<(typeof METHODS)[M]['params']>;
/** What the caller gets back. */
export type MethodResult<M extends MethodName> = z.output<(typeof METHODS)[M]['result']>;

/** True when the name is a method of this protocol version. */
export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(METHODS, name);
}
