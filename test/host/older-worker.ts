import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The bundled worker as an earlier version of the extension would have started it. */
export class OlderWorker implements AsyncDisposable {
  readonly #folder: string;
  readonly #child: ChildProcess;

  private constructor(folder: string, child: ChildProcess) {
    this.#folder = folder;
    this.#child = child;
  }

  /**
   * Starts it; its discovery file follows.
   * @param extension folder of the extension
   * @param version that it says it has
   */
  static async start(extension: string, version: string): Promise<OlderWorker> {
    const folder = mkdtempSync(join(tmpdir(), 'dgxp-older-'));
    mkdirSync(join(folder, 'dist'));
    // Its threads are files beside it.
    for (const name of readdirSync(join(extension, 'dist'))) {
      if (!/^(?!cli|extension).*\.cjs$/.test(name)) continue;
      cpSync(join(extension, 'dist', name), join(folder, 'dist', name));
    }
    symlinkSync(join(extension, 'node_modules'), join(folder, 'node_modules'));
    const program = join(folder, 'dist', 'worker.cjs');
    const own = /(?<=\bVERSION = true \? )"[^"]+"/;
    const source = readFileSync(program, 'utf8');
    if (!own.test(source)) throw new Error('The bundle no longer says its version as expected.');
    writeFileSync(program, source.replace(own, JSON.stringify(version)));
    const child = spawn(process.execPath, [program, 'serve'], {
      env: {
        ...process.env,
        ELECTRON_RUN_AS_NODE: '1',
        DGX_PIXELS_WORKFLOWS: join(extension, 'workflows'),
      },
      stdio: 'ignore',
    });
    await once(child, 'spawn');
    return new OlderWorker(folder, child);
  }

  /** null while it runs. */
  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGKILL');
      await once(this.#child, 'exit');
    }
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
