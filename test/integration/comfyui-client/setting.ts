import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BuiltinEngineOptions } from '../../../src/worker/builtin/engine.ts';
import { engineIn } from '../builtin-engine-client.ts';
import { Meddler } from './meddler.ts';
import { Bench } from './worker.ts';

/** An engine, somebody in the way, and a worker that knows only the latter. */
export class Setting implements AsyncDisposable {
  readonly #engine: Awaited<ReturnType<typeof engineIn>>;
  readonly meddler: Meddler;
  readonly bench: Bench;

  private constructor(
    engine: Awaited<ReturnType<typeof engineIn>>,
    meddler: Meddler,
    bench: Bench,
  ) {
    this.#engine = engine;
    this.meddler = meddler;
    this.bench = bench;
  }

  /**
   * @param options of the engine
   * @param prepare sets rules before the worker connects
   * @param config of the worker; pictures are kept unless it says otherwise, so that tests can count them
   */
  static async open(
    options: Partial<BuiltinEngineOptions> = {},
    prepare: (meddler: Meddler) => void = () => undefined,
    config: object = { keepOutputs: true },
  ): Promise<Setting> {
    const engine = await engineIn(options);
    const meddler = await Meddler.before(engine.engine.url);
    prepare(meddler);
    const bench = await Bench.open(meddler.url, config);
    return new Setting(engine, meddler, bench);
  }

  get engineUrl(): string {
    return this.#engine.engine.url;
  }

  /** Our folder of the engine's output. */
  get outputs(): string {
    return join(this.#engine.folder, 'output', 'dgx-pixels');
  }

  /** Pictures that the engine has written, by name. */
  drawn(): string[] {
    try {
      return readdirSync(this.outputs);
    } catch {
      return [];
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.bench[Symbol.asyncDispose]();
    await this.meddler[Symbol.asyncDispose]();
    await this.#engine.stop();
  }
}
