import type { WorkerStatus } from '../protocol/system.ts';
import type { Config } from './config.ts';
import type { ServerInventory } from './comfyui/inventory.ts';
import type { ServerLink } from './comfyui/server-link.ts';
import type { JobService } from './jobs/job-service.ts';
import type { LiveRuns } from './jobs/live-runs.ts';
import type { Refixer } from './jobs/refixer.ts';
import type { ServerQueue } from './jobs/server-queue.ts';
import type { Submission } from './jobs/submission.ts';
import type { MemoryKeeper } from './limits/memory-keeper.ts';
import { describeMemory } from './limits/server-memory.ts';
import type { Log } from './log.ts';
import type { CurrentInventory } from './models/current-inventory.ts';
import type { ModelFiles } from './models/model-files.ts';
import type { ArtifactFiles } from './store/artifact-files.ts';
import type { ArtifactIndex } from './store/artifacts.ts';
import type { Journal } from './store/journal.ts';
import type { StepTimes } from './store/step-times.ts';
import type { Uploads } from './uploads.ts';
import type { WorkflowChecks } from './workflows/checks.ts';
import type { WorkflowLibrary } from './workflows/library.ts';

/** Everything that handlers work with; made once, in worker.ts. */
export interface Core {
  version: string;
  instance: string;
  startedAt: number;
  config: Config;
  data: string;
  runtime: string;
  journal: Journal;
  index: ArtifactIndex;
  files: ArtifactFiles;
  uploads: Uploads;
  workflows: WorkflowLibrary;
  checks: WorkflowChecks;
  models: ModelFiles;
  inventory: CurrentInventory;
  submission: Submission;
  refixer: Refixer;
  jobs: JobService;
  live: LiveRuns;
  /** By server. */
  memory: ReadonlyMap<string, MemoryKeeper>;
  stepTimes: StepTimes;
  links: ServerLink[];
  queues: ServerQueue[];
  log: Log;
  /** Standing trouble that a person should know of. */
  notices: string[];
  clients: () => number;
  inventories: () => Map<string, ServerInventory>;
  shutDown: (drain: boolean) => void;
}

/** State of each server for a person. */
export function serverStatus(core: Core): WorkerStatus['servers'] {
  return core.queues.map(queue => ({
    name: queue.name,
    url: queue.link.url,
    engine: queue.link.isBuiltin ? 'builtin' : 'comfyui',
    state: queue.link.state,
    version: queue.link.isBuiltin ? queue.link.engineVersion : queue.link.version,
    problem: queue.link.problem,
    memory: describeMemory(core.memory.get(queue.name)?.last ?? null, core.config.memory),
    ...queue.holding(),
  }));
}
