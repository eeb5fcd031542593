import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { WorkerLink } from '../../../src/extension/connection/connection.ts';
import type { Connector } from '../../../src/extension/connection/connector.ts';
import { LocalConnector } from '../../../src/extension/connection/local-connector.ts';
import type { LinkState } from '../../../src/extension/connection/state.ts';
import { Log } from '../../../src/extension/log.ts';
import { findLocalWorker } from '../../../src/local/find-worker.ts';
import { Folder, until } from '../../helpers/processes.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', '..', 'dist', 'worker.cjs');

/** A log that keeps its lines. */
export function memoryLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const add = (line: string) => lines.push(line);
  return {
    log: new Log({ trace: add, debug: add, info: add, warn: add, error: add }),
    lines,
  };
}

/** An editor's window, as far as its connection goes. */
export interface Window extends AsyncDisposable {
  link: WorkerLink;
  /** Every state that was entered. */
  states: LinkState[];
  lines: string[];
}

/** Opens a window that reaches its worker in the given way. */
export function openWindow(connector: () => Promise<Connector>): Window {
  const { log, lines } = memoryLog();
  const link = new WorkerLink({ connector, log, lookMs: 50, firstRetryMs: 100, patienceMs: 3_000 });
  const states: LinkState[] = [];
  link.onDidChangeState(state => states.push(state));
  return {
    link,
    states,
    lines,
    async [Symbol.asyncDispose]() {
      await link.disconnect();
      link.dispose();
    },
  };
}

/** A user of this machine with a data folder of their own; workers that their windows started are ended with it. */
export class LocalUser implements AsyncDisposable {
  readonly #folder = new Folder();
  readonly environment: Record<string, string | undefined>;

  constructor() {
    this.environment = {
      ...process.env,
      COMFYUI_URL: undefined,
      DGX_PIXELS_DATA: this.data,
      DGX_PIXELS_RUNTIME: join(this.#folder.path, 'run'),
    };
  }

  get data(): string {
    return join(this.#folder.path, 'data');
  }

  /** Opens a window whose extension has the given version. */
  open(version = '0.1.0', environment = this.environment): Window {
    const connector = new LocalConnector({
      program: PROGRAM,
      version,
      environment,
      engine: { engine: 'builtin', comfyuiUrl: '' },
      idleSeconds: 60,
      log: () => undefined,
    });
    return openWindow(async () => connector);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const worker = findLocalWorker(this.environment);
    if (worker !== null) {
      process.kill(worker.pid, 'SIGKILL');
      await until('the worker has ended', () => findLocalWorker(this.environment) === null);
    }
    this.#folder[Symbol.dispose]();
    rmSync(this.#folder.path, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Waits until a window is in a state. */
export async function untilState<K extends LinkState['kind']>(
  { link, lines }: Window,
  kind: K,
  test: (state: Extract<LinkState, { kind: K }>) => boolean = () => true,
): Promise<Extract<LinkState, { kind: K }>> {
  try {
    return await until(`the window is ${kind}`, () => {
      const { state } = link;
      if (state.kind !== kind) return null;
      const fitting = state as Extract<LinkState, { kind: K }>;
      return test(fitting) ? fitting : null;
    });
  } catch (error) {
    throw new Error(`it is ${JSON.stringify(link.state)}; ${lines.join('\n')}`, { cause: error });
  }
}
