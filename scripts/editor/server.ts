import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installEditor, type Editor } from './install.ts';

/** What keeps a window quiet enough to read and to photograph. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'security.workspace.trust.untrustedFiles': 'open',
};

export interface EditorOptions {
  /** User settings beside the quiet ones. */
  settings?: Record<string, unknown>;
  /** Environment of the server, hence of the extension host and the worker it starts. */
  environment?: Record<string, string>;
  /**
   * Honours a test suite named in the address. It also suppresses toasts, so a person's tests go
   * without.
   */
  smokeTestDriver?: boolean;
  /** Every folder is trusted (default), or the editor asks. */
  trustAll?: boolean;
}

/** A web workbench of VS Code with folders of its own, on a free port of loopback. */
export class EditorServer implements AsyncDisposable {
  readonly #editor: Editor;
  readonly #options: EditorOptions;
  #process: ChildProcess | null = null;
  /** Everything the server writes: profile, extensions, home. */
  readonly folder = mkdtempSync(join(tmpdir(), 'dgxp-editor-'));
  port = 0;
  output = '';

  private constructor(options: EditorOptions) {
    this.#editor = installEditor();
    this.#options = options;
    for (const name of ['user/User', 'extensions', 'home', 'run', 'data']) {
      mkdirSync(join(this.folder, name), { recursive: true, mode: 0o700 });
    }
    this.writeSettings({});
  }

  /** Installs the editor if need be and starts it; VSIX files are installed before the start. */
  static async start(
    options: EditorOptions = {},
    vsix: readonly string[] = [],
  ): Promise<EditorServer> {
    const server = new EditorServer(options);
    try {
      for (const file of vsix) await server.install(file);
      await server.start();
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Data folder of the worker that the extension starts. */
  get workerData(): string {
    return join(this.folder, 'data');
  }

  /** Runtime folder of that worker. */
  get workerRuntime(): string {
    return join(this.folder, 'run');
  }

  /** Replaces the user settings: the quiet ones, those of the options, and these. */
  writeSettings(settings: Record<string, unknown>): void {
    const all = { ...quietSettings, ...this.#options.settings, ...settings };
    writeFileSync(join(this.folder, 'user/User/settings.json'), JSON.stringify(all, null, 2));
  }

  /** Installs a VSIX as a user does, offline. */
  async install(vsix: string): Promise<void> {
    await promisify(execFile)(
      this.#editor.node,
      [this.#editor.entry, ...this.#places(), '--install-extension', vsix],
      { env: this.#environment() },
    );
  }

  /**
   * Address of a window.
   * @param folder absolute path to open; null for an empty window
   * @param payload the workbench's start parameters
   */
  url(folder: string | null, payload: readonly (readonly [string, string])[] = []): string {
    const query = new URLSearchParams();
    if (folder === null) query.set('ew', 'true');
    else query.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
    if (payload.length > 0) query.set('payload', JSON.stringify(payload));
    return `${this.origin}/?${query.toString()}`;
  }

  async start(): Promise<void> {
    this.port = await freePort();
    const child = spawn(
      this.#editor.node,
      [
        this.#editor.entry,
        ...this.#places(),
        ...['--auth', 'none', '--bind-addr', `127.0.0.1:${this.port}`],
        '--disable-telemetry',
        '--disable-update-check',
        ...(this.#options.trustAll === false ? [] : ['--disable-workspace-trust']),
        ...(this.#options.smokeTestDriver === true
          ? ['--vscode-option', 'enable-smoke-test-driver']
          : []),
      ],
      // A group of its own: code-server forks, and all of it must end with the test.
      { env: this.#environment(), stdio: ['ignore', 'pipe', 'pipe'], detached: true },
    );
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString('utf8')));
    }
    const end = Date.now() + 60_000;
    while (!(await answers(`${this.origin}/healthz`))) {
      if (child.exitCode !== null || Date.now() > end) {
        throw new Error(`The editor did not start:\n${this.output}`);
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#process;
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      process.kill(-child.pid, 'SIGKILL');
      await ended;
    }
    this.#endWorker();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The extension's worker outlives windows on purpose. */
  #endWorker(): void {
    try {
      const { pid } = JSON.parse(readFileSync(join(this.workerRuntime, 'worker.json'), 'utf8')) as {
        pid: number;
      };
      process.kill(pid, 'SIGKILL');
    } catch {
      // None was started, or it has ended.
    }
  }

  #places(): string[] {
    return [
      ...['--config', join(this.folder, 'config.yaml')],
      ...['--user-data-dir', join(this.folder, 'user')],
      ...['--extensions-dir', join(this.folder, 'extensions')],
    ];
  }

  #environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      HOME: join(this.folder, 'home'),
      EXTENSIONS_GALLERY: '{}',
      DGX_PIXELS_DATA: this.workerData,
      DGX_PIXELS_RUNTIME: this.workerRuntime,
      COMFYUI_URL: '',
      ...this.#options.environment,
    };
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    answer => answer.ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
