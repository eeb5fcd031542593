import { setTimeout as sleep } from 'node:timers/promises';
import { connectRunning, hungWorker, startAndConnect } from '../../client/local-worker.ts';
import type { WorkerClient } from '../../client/worker-client.ts';
import { loadZeromq } from '../../client/zmq.ts';
import { type Discovery, readDiscovery } from '../../local/discovery.ts';
import { findLocalWorker, isAlive, runtimeOf } from '../../local/find-worker.ts';
import { dataFolder } from '../../local/places.ts';
import { lastLogLines, type StartedWorker } from '../../local/start-worker.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { t } from '../l10n.ts';
import type { Connected, Connector, ConnectRequest, Fate } from './connector.ts';
import { comfyuiFor, type EngineChoice } from './engine-choice.ts';
import { drainWorker, endWorkerProcess } from './replace-worker.ts';
import { isOlder } from './versions.ts';

export interface LocalOptions {
  /** Absolute path of the worker's bundle. */
  program: string;
  /** Of this extension; an older worker is replaced. */
  version: string;
  /** What the worker's process gets. */
  environment: Readonly<Record<string, string | undefined>>;
  engine: EngineChoice;
  /** Seconds without client and unfinished job after which it ends; 0 = never. */
  idleSeconds: number;
  log: (message: string, error?: unknown) => void;
}

const CLIENT_NAME = 'vscode';
const APPEARED_LOOK_MS = 1_500;

/** The way to this machine's worker, which all windows of its user share. */
export class LocalConnector implements Connector {
  readonly target = { kind: 'local', host: 'local' } as const;
  readonly id: string;
  readonly #options: LocalOptions;
  /** The worker that was followed last. */
  #instance: string | null = null;
  /** Replaced once: a service that starts the older one again is not fought. */
  #replaced = false;

  constructor(options: LocalOptions) {
    this.#options = options;
    this.id = `local ${JSON.stringify([options.environment, options.engine, options.idleSeconds])}`;
  }

  async connect({ mayStart, onStep, signal }: ConnectRequest): Promise<Connected | null> {
    // Said here in one sentence; the worker would only say it in its log.
    await loadZeromq();
    const running = await this.#running(onStep, signal);
    if (running instanceof Object) return this.#connected(running, null);
    const hung = hungWorker(this.#options.environment);
    if (hung !== null) throw hung;
    if (!mayStart && running !== 'replaced') return null;
    return this.#start(onStep, signal);
  }

  async appeared(signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        await sleep(APPEARED_LOOK_MS, undefined, { signal });
      } catch {
        return;
      }
      const found = findLocalWorker(this.#options.environment);
      if (found !== null && found.instance !== this.#instance) return;
    }
  }

  async #running(
    onStep: (step: string) => void,
    signal: AbortSignal,
  ): Promise<WorkerClient | 'replaced' | null> {
    const { version, environment } = this.#options;
    const replacing = (older: string) =>
      onStep(t('Replacing worker {0} by {1}; its jobs are kept', older, version));
    let client: WorkerClient | null;
    try {
      client = await connectRunning(this.#here());
    } catch (error) {
      const found = findLocalWorker(environment);
      if (!PixelsError.is(error, 'protocol-mismatch') || !isOfOlderProtocol(found)) throw error;
      replacing(found.version);
      await endWorkerProcess(found.pid, signal);
      return 'replaced';
    }
    const theirs = client?.worker?.worker.version;
    if (client === null || theirs === undefined) return null;
    if (this.#replaced || !isOlder(theirs, version)) return client;
    this.#replaced = true;
    replacing(theirs);
    await drainWorker(client, signal);
    return 'replaced';
  }

  async #start(onStep: (step: string) => void, signal: AbortSignal): Promise<Connected> {
    const { program, engine, idleSeconds } = this.#options;
    onStep(t('Starting the local worker'));
    const comfyui = await comfyuiFor(engine);
    const { client, started } = await startAndConnect({
      ...this.#here(),
      program,
      signal,
      arguments: [
        '--idle-exit',
        String(idleSeconds),
        ...(comfyui === null ? [] : ['--comfyui', comfyui]),
      ],
    });
    return this.#connected(client, started);
  }

  #here() {
    const { environment, version, log } = this.#options;
    return { environment, client: { name: CLIENT_NAME, version }, log };
  }

  #connected(client: WorkerClient, started: StartedWorker | null): Connected {
    const { environment } = this.#options;
    const found = readDiscovery(runtimeOf(environment));
    const transport =
      found?.local.requests.startsWith('ipc:') === true
        ? 'ipc'
        : found?.local.curve === undefined
          ? 'tcp'
          : 'curve';
    const { instance = '', pid = 0 } = client.worker?.worker ?? {};
    this.#instance = instance;
    const own = started?.child.pid === pid ? started : null;
    return { client, transport, fate: async () => this.#fateOf(instance, pid, own) };
  }

  #fateOf(instance: string, pid: number, own: StartedWorker | null): Fate | null {
    const { environment } = this.#options;
    const found = readDiscovery(runtimeOf(environment));
    const end = own?.end() ?? null;
    const note = t('The local worker has ended; it starts again when it is needed.');
    if (found !== null && found.instance !== instance) return { kind: 'ended', note };
    if (end === null && isAlive(pid)) return null;
    // One that ends as it should removes its discovery file first.
    if (found === null && (end === null || end.code === 0)) return { kind: 'ended', note };
    const said = lastLogLines(dataFolder(environment));
    return {
      kind: 'died',
      reason: describeEnd(end),
      detail: said === '' ? null : said,
    };
  }
}

function describeEnd(end: ReturnType<StartedWorker['end']>): string {
  if (end === null) return t('The local worker ended unexpectedly.');
  return end.signal === null
    ? t('The local worker ended unexpectedly with exit code {0}.', end.code ?? '?')
    : t('The local worker was killed by {0}.', end.signal);
}

function isOfOlderProtocol(found: Discovery | null): found is Discovery {
  return found !== null && found.protocol < PROTOCOL_VERSION;
}
