import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Child, Folder, freePort, until } from '../helpers/processes.ts';

const SCRIPT = join(import.meta.dirname, '..', '..', 'scripts', 'write-tiny-checkpoints.ts');

/** Second weights, so that a checkpoint can be exchanged for another of its family. */
export const OTHER_SEED = 'b';

/**
 * The folder of tiny models, written once per machine (4.4 GB).
 * `COMFYUI_TINY_ONLY=tiny15` leaves out the 3.8 GB of the SDXL ones.
 */
export function ensureModels(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const models = join(cache, 'dgx-pixels', 'comfyui-models');
  const only = process.env['COMFYUI_TINY_ONLY'] ?? '';
  const write = (...options: string[]) =>
    execFileSync(process.execPath, [SCRIPT, '--out', models, ...options], { stdio: 'inherit' });
  write('--lora', ...(only === '' ? [] : ['--only', only]));
  write('--only', 'tiny15', '--seed', OTHER_SEED);
  if (only !== 'tiny15') write('--only', 'sdxl-tiny', '--seed', OTHER_SEED);
  return models;
}

/** Gives a server all tiny models. */
function linkModels(folder: string): void {
  symlinkSync(ensureModels(), join(folder, 'models'), 'junction');
}

/** A real ComfyUI on CPU with a base folder of its own, which keeps its outputs across restarts. */
export class RealComfyui implements AsyncDisposable {
  readonly #folder = new Folder();
  readonly #main: string;
  readonly #python: string;
  readonly port: number;
  process: Child | null = null;
  /** Milliseconds from the start of the process to its first answer. */
  startMs = 0;

  private constructor(directory: string, port: number) {
    this.#main = join(directory, 'main.py');
    this.#python = process.env['COMFYUI_PYTHON'] ?? 'python3';
    this.port = port;
    // Without this folder a ComfyUI with a base directory does not start.
    mkdirSync(join(this.#folder.path, 'custom_nodes'));
  }

  /**
   * @param prepare changes the base folder before the first start: adds custom nodes, takes the models of others
   */
  static async start(
    directory: string,
    prepare: (folder: string) => void = linkModels,
  ): Promise<RealComfyui> {
    const server = new RealComfyui(directory, await freePort());
    prepare(server.folder);
    await server.start();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Its base folder, with `models` and `custom_nodes`. */
  get folder(): string {
    return this.#folder.path;
  }

  get output(): string {
    return join(this.#folder.path, 'output');
  }

  /** Starts the process (again), on the same port and folders. */
  async start(): Promise<void> {
    const started = performance.now();
    const child = new Child(
      [
        this.#main,
        '--cpu',
        ...['--listen', '127.0.0.1', '--port', String(this.port)],
        ...['--base-directory', this.#folder.path],
        ...['--database-url', 'sqlite:///:memory:'],
        '--disable-api-nodes',
        '--disable-auto-launch',
        ...['--cache-lru', '20'],
        ...['--preview-method', 'latent2rgb'],
      ],
      { PYTHONUNBUFFERED: '1' },
      this.#python,
    );
    this.process = child;
    await until(
      'ComfyUI answers',
      async () => {
        if (!child.alive) throw new Error(`ComfyUI ended: ${child.output.slice(-2000)}`);
        return fetch(`${this.url}/system_stats`).then(
          answer => answer.ok,
          () => false,
        );
      },
      300_000,
    );
    this.startMs = Math.round(performance.now() - started);
  }

  async kill(): Promise<void> {
    await this.process?.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    this.#folder[Symbol.dispose]();
  }
}
