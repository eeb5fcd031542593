import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PixelsError } from '../protocol/errors.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import type { Endpoint } from '../local/discovery.ts';
import { removeDiscovery, writeDiscovery } from '../local/discovery.ts';
import { dataFolder, makePrivateFolder, runtimeFolder } from '../local/places.ts';
import type { ServerInventory } from './comfyui/inventory.ts';
import { ServerLink } from './comfyui/server-link.ts';
import { type Config, quotaBytes } from './config.ts';
import type { Core } from './core.ts';
import { openEngines, type EngineAddress } from './engines.ts';
import { artifactHandlers } from './handlers/artifact-handlers.ts';
import { imageHandlers } from './handlers/image-handlers.ts';
import { jobHandlers } from './handlers/job-handlers.ts';
import { modelHandlers } from './handlers/model-handlers.ts';
import { workerHandlers } from './handlers/worker-handlers.ts';
import { workflowHandlers } from './handlers/workflow-handlers.ts';
import { openImages } from './images.ts';
import { Collector } from './jobs/collect.ts';
import { JobService } from './jobs/job-service.ts';
import { LiveRuns } from './jobs/live-runs.ts';
import { Placement } from './jobs/placement.ts';
import { Refixer } from './jobs/refixer.ts';
import { Scheduler } from './jobs/scheduler.ts';
import { ServerQueue } from './jobs/server-queue.ts';
import { SpriteMaker } from './jobs/sprite-maker.ts';
import { Submission } from './jobs/submission.ts';
import { openMemory } from './limits/open.ts';
import { openListeners } from './listeners.ts';
import { FolderLock } from './lock.ts';
import type { Log } from './log.ts';
import { CurrentInventory } from './models/current-inventory.ts';
import { openModelFiles } from './models/open.ts';
import { prune } from './pruning.ts';
import { type PixelsServer, startServer } from './server/server.ts';
import { ArtifactFiles } from './store/artifact-files.ts';
import { ArtifactIndex } from './store/artifacts.ts';
import { Journal } from './store/journal.ts';
import { openJournal } from './store/open.ts';
import { StepTimes } from './store/step-times.ts';
import { Uploads } from './uploads.ts';
import { WorkflowChecks } from './workflows/checks.ts';
import { WorkflowLibrary } from './workflows/library.ts';

/** Files that come with the worker. */
export interface WorkerFiles {
  pixelsThread: string;
  engineThread: string;
  hashThread: string;
  workflows: string;
}

export interface WorkerOptions {
  version: string;
  config: Config;
  files: WorkerFiles;
  log: Log;
}

export interface Worker {
  readonly instance: string;
  readonly local: Endpoint;
  /** Further addresses that are listened on. */
  readonly addresses: readonly { requests: string; events: string }[];
  readonly notices: readonly string[];
  /** Resolves once the worker has ended, with the reason. */
  readonly ended: Promise<string>;
  /** Ends it; jobs are kept. With `drain` what executes is finished first. */
  stop(drain: boolean, reason: string): void;
}

const PRUNE_MS = 60_000;
const DRAIN_POLL_MS = 100;
/** What is learnt of servers and files within this long is acted upon together. */
const PLACE_MS = 50;

/** Longest wait for the engines' first answer before clients are let in: models can then be checked at once. */
const FIRST_ANSWER_MS = 3_000;

async function firstAnswers(links: readonly ServerLink[]): Promise<void> {
  const until = Date.now() + FIRST_ANSWER_MS;
  while (links.some(link => link.state === 'connecting') && Date.now() < until) {
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

/**
 * Starts a worker: locks its folders, opens the journal, connects the engines, takes over what an earlier worker left, and answers requests.
 * @throws PixelsError `conflict` when another worker has the folder, `not-allowed` for an unsafe address
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { config, log, version } = options;
  const data = config.data ?? dataFolder();
  const runtime = runtimeFolder(data);
  makePrivateFolder(data);
  makePrivateFolder(runtime);
  const undo: (() => void | Promise<void>)[] = [];
  async function unwind(): Promise<void> {
    for (const step of undo.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        log.warn({ error }, 'closing failed');
      }
    }
  }
  try {
    return await open();
  } catch (error) {
    await unwind();
    throw error;
  }

  async function open(): Promise<Worker> {
    const dataLock = FolderLock.take(data, 'this data folder');
    undo.push(() => {
      dataLock.release();
    });
    if (runtime !== data) {
      const runtimeLock = FolderLock.take(runtime, 'this socket folder');
      undo.push(() => {
        runtimeLock.release();
      });
    }
    const instance = randomUUID();
    const { database, notice } = openJournal(data);
    undo.push(() => {
      database.close();
    });
    const notices = notice === null ? [] : [notice];
    if (notice !== null) log.warn({ data }, notice);
    const journal = new Journal(database, data);
    const index = new ArtifactIndex(database);
    const files = new ArtifactFiles(data);
    mkdirSync(files.folder, { recursive: true, mode: 0o700 });
    chmodSync(data, 0o700);
    const images = openImages(options.files.pixelsThread);
    undo.push(() => images.close());
    const workflows = new WorkflowLibrary(options.files.workflows, join(data, 'workflows'));
    mkdirSync(join(data, 'workflows'), { recursive: true });

    const engines = await openEngines(config, data, options.files.engineThread);
    undo.push(() => engines.close());
    const links = engines.addresses.map(
      ({ name, address }: EngineAddress) =>
        new ServerLink(name, address, log, { keepOutputs: config.keepOutputs }),
    );
    undo.push(async () => {
      await Promise.all(links.map(async link => link.close()));
    });
    for (const link of links) {
      const known = journal.knowledge.inventory(link.name) as ServerInventory | null;
      if (known !== null) link.remember(known);
    }
    const inventories = (): Map<string, ServerInventory> =>
      new Map(
        links.flatMap(link => (link.inventory === null ? [] : [[link.name, link.inventory]])),
      );

    const models = openModelFiles({
      config,
      database,
      threadFile: options.files.hashThread,
      addresses: engines.addresses,
      links,
      changed: () => {
        journal.write(() => {
          journal.events.record('models.changed', null, {});
        });
      },
      learnt: () => {
        placeSoon();
      },
      log,
    });
    undo.push(() => models.close());
    const inventory = new CurrentInventory(inventories, models);
    const placement = new Placement(journal, models, links);
    const submission = new Submission(journal, workflows, index, () => inventory.get(), placement);
    const memory = openMemory(config, links, models, log);
    const live = new LiveRuns();
    const stepTimes = new StepTimes(database);
    const maker = new SpriteMaker(files, images.stage);
    const collector = new Collector(files, index, maker);
    const scheduler = new Scheduler(journal);
    let server: PixelsServer | null = null;
    let draining = false;
    const queues: ServerQueue[] = links.map(
      link =>
        new ServerQueue({
          link,
          modelHash: (...model) => models.hashOf(...model),
          placement,
          queues: () => queues,
          refused: () => {
            jobs.failImpossible();
          },
          makeRoom: (recipe, idle) => memory.get(link.name)?.makeRoom(recipe, idle) ?? true,
          journal,
          scheduler,
          collector,
          live,
          stepTimes,
          log,
          mayStart: () => !draining,
          readInit: async digest => {
            const artifact = index.get(digest);
            const bytes = artifact === null ? null : await files.read(digest, 0, artifact.bytes);
            if (artifact === null || bytes === null) {
              throw new PixelsError('not-found', 'The init image is no longer in the store.', {
                digest,
              });
            }
            return { bytes, mime: artifact.mime };
          },
          news: {
            progress: (run, stage, value, max, eta) => {
              server?.publish('run.progress', run.key.job, {
                run: run.key.index,
                stage,
                value,
                max,
                ...(eta === null ? {} : { eta }),
              });
            },
            preview: (run, mime, step, image) => {
              server?.publish(
                'run.preview',
                run.key.job,
                { run: run.key.index, mime, step },
                image,
              );
            },
          },
        }),
    );
    undo.push(() => {
      for (const queue of queues) queue.close();
    });
    // Files are learnt of by the thousand; what waits is looked through once for many.
    let placing: NodeJS.Timeout | null = null;
    function placeSoon(): void {
      placing ??= setTimeout(() => {
        placing = null;
        if (stopping) return;
        jobs.failImpossible();
        jobs.kick();
      }, PLACE_MS);
    }
    undo.push(() => {
      if (placing !== null) clearTimeout(placing);
    });
    const jobs = new JobService(journal, queues, live, stepTimes, placement);

    let end: (reason: string) => void = () => undefined;
    const ended = new Promise<string>(resolve => {
      end = resolve;
    });
    let stopping = false;
    function stop(drain: boolean, reason: string): void {
      if (stopping) return;
      draining = true;
      if (drain && jobs.busy > 0) {
        const timer = setInterval(() => {
          if (jobs.busy > 0 && !stopping) return;
          clearInterval(timer);
          stop(false, reason);
        }, DRAIN_POLL_MS);
        return;
      }
      stopping = true;
      log.info({ reason }, 'worker ends');
      void unwind().then(() => {
        end(reason);
      });
    }

    const checks = new WorkflowChecks(workflows, links, log);
    const core: Core = {
      version,
      instance,
      startedAt: Date.now(),
      config,
      data,
      runtime,
      journal,
      index,
      files,
      uploads: new Uploads(data, files, index, bytes => images.describe(bytes)),
      workflows,
      checks,
      models,
      inventory,
      submission,
      refixer: new Refixer(journal, index, files, maker),
      jobs,
      live,
      memory,
      stepTimes,
      links,
      queues,
      log,
      notices,
      clients: () => server?.clients() ?? 0,
      inventories,
      shutDown: drain => {
        stop(drain, 'asked to by a client');
      },
    };
    const { listeners, local, allowed, onAccepted, closeKeys } = openListeners(
      config,
      data,
      runtime,
    );
    undo.push(closeKeys);
    server = await startServer({
      listeners,
      handlers: {
        ...workerHandlers(core),
        ...jobHandlers(core),
        ...imageHandlers(core),
        ...artifactHandlers(core),
        ...modelHandlers(core),
        ...workflowHandlers(core),
      },
      allowed,
      onAccepted,
      currentSeq: () => journal.events.seq,
      instance,
      log,
    });
    const bound = server;
    undo.push(async () => bound.close());
    journal.events.onCommitted(({ type, job, body }) => {
      bound.publish(type, job, body);
    });

    jobs.start();
    for (const [place, link] of links.entries()) {
      const queue = queues[place];
      link.start({
        ready: () => {
          memory.get(link.name)?.forget();
          void queue?.ready();
          void checks.look(link);
        },
        message: message => queue?.message(message),
        stateChanged: () => {
          journal.write(() => {
            journal.events.record('engine.state', null, { server: link.name, state: link.state });
          });
          placeSoon();
        },
        inventoryChanged: () => {
          journal.write(() => {
            journal.knowledge.saveInventory(link.name, link.inventory);
            journal.events.record('models.changed', null, {});
          });
          void models.look();
          void checks.look(link);
          placeSoon();
        },
      });
    }

    const pruning = setInterval(() => {
      void prune(index, files, quotaBytes(config), false).catch((error: unknown) => {
        log.warn({ error }, 'pruning artifacts failed');
      });
    }, PRUNE_MS);
    undo.push(() => {
      clearInterval(pruning);
    });
    if (config.idleExit > 0) {
      const idle = setInterval(
        () => {
          const quiet = Date.now() - bound.lastCallAt() > config.idleExit * 1000;
          if (quiet && journal.jobs.count().unfinished === 0) stop(false, 'idle');
        },
        Math.min(5_000, config.idleExit * 250),
      );
      undo.push(() => {
        clearInterval(idle);
      });
    }

    models.start();
    await firstAnswers(links);
    const endpoints = bound.endpoints;
    const localEndpoint: Endpoint = { ...local, ...endpoints[0] };
    writeDiscovery(runtime, {
      version,
      protocol: PROTOCOL_VERSION,
      instance,
      pid: process.pid,
      startedAt: core.startedAt,
      local: localEndpoint,
    });
    undo.push(() => {
      removeDiscovery(runtime, instance);
    });
    log.info({ instance, endpoints, servers: links.map(link => link.url) }, 'worker ready');
    return { instance, local: localEndpoint, addresses: endpoints.slice(1), notices, ended, stop };
  }
}
