import { setTimeout as sleep } from 'node:timers/promises';
import { PixelsError } from '../../protocol/errors.ts';
import type { Gpu } from '../../protocol/system.ts';
import type { ComfyApi } from '../comfyui/api.ts';
import type { Log } from '../log.ts';
import type { Memory } from '../system/memory.ts';
import { type EngineMemory, engineMemoryOf } from './engine-memory.ts';
import type { Forecast } from './forecast.ts';
import { type GuardSettings, judge, refusal, type Verdict } from './guard.ts';
import { type Drawing, forecastRun, type LookUp } from './run-forecast.ts';
import type { WeightsReader } from './weights.ts';

/** A reading this old still decides when there is room to spare. */
const FRESH_MS = 10_000;
/** After this long a new one is read beside the work. */
const REFRESH_MS = 2_000;
/** Share of the room that may be taken without a new reading. */
const AMPLE = 0.8;
/** Memory comes back within this long after `/free`, or not at all. */
const SETTLE_MS = 10_000;
const SETTLE_POLL_MS = 200;
/** A server that refused a drawing is not asked again for this long while others may take it. */
const REFUSED_MS = 60_000;
/** Two readings that differ by less are the same. */
const STEADY_BYTES = 50e6;

export interface MemoryKeeperParts {
  server: string;
  api: Pick<ComfyApi, 'rawSystemStats' | 'queueRemaining' | 'free'>;
  lookUp: LookUp;
  reader: WeightsReader;
  settings: GuardSettings;
  /** Memory and GPUs of this machine when the server runs on it, else null. */
  readLocal: () => Promise<{ memory: Memory; gpus: readonly Gpu[] } | null>;
  /** Other servers that could draw it instead. */
  others: (drawing: Drawing) => readonly Pick<MemoryKeeper, 'refuses'>[];
  log: Log;
  settleMs?: number;
}

function modelsKey({ checkpoint, vae, loras }: Drawing): string {
  return JSON.stringify([checkpoint, vae, loras.map(({ name }) => name)]);
}

function drawingKey(drawing: Drawing): string {
  const { renderSize, batch, cfg, batchIndex } = drawing;
  return JSON.stringify([modelsKey(drawing), renderSize, batch, cfg === 1, batchIndex]);
}

/** Sees to it that the next run of one server fits into its memory: forecasts, frees what is not needed, and refuses what can never fit. */
export class MemoryKeeper {
  readonly #parts: MemoryKeeperParts;
  #reading: { memory: EngineMemory; at: number } | null = null;
  #looking: Promise<EngineMemory | null> | null = null;
  /** Models of the newest run: those of earlier ones may have been thrown away since. */
  #loaded: string | null = null;
  /** Weights of that run, which no reading may show yet while it is being loaded. */
  #pendingBytes = 0;
  /** The drawing that was refused last. */
  #refused: { key: string; at: number; error: PixelsError } | null = null;

  constructor(parts: MemoryKeeperParts) {
    this.#parts = parts;
  }

  /** As last read; null when it was not read yet or the server tells nothing. */
  get last(): EngineMemory | null {
    return this.#reading?.memory ?? null;
  }

  /** True for a drawing that was found too large for this server a moment ago. */
  refuses(drawing: Drawing): boolean {
    return this.#refusalOf(drawingKey(drawing)) !== null;
  }

  #refusalOf(key: string): PixelsError | null {
    const refused = this.#refused;
    return refused?.key === key && Date.now() - refused.at < REFUSED_MS ? refused.error : null;
  }

  /** A drawing that is too large here fails, unless another server may yet take it. */
  #refuse(drawing: Drawing, error: PixelsError): false {
    if (this.#parts.others(drawing).some(other => !other.refuses(drawing))) return false;
    this.#refused = null;
    throw error;
  }

  /** The server was away: whatever it had loaded is gone. */
  forget(): void {
    this.#loaded = null;
    this.#pendingBytes = 0;
    this.#refused = null;
    this.#reading = null;
    void this.look().catch(() => undefined);
  }

  /** Reads the server's memory. @throws PixelsError `engine-unavailable` */
  look(): Promise<EngineMemory | null> {
    this.#looking ??= this.#read().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #read(): Promise<EngineMemory | null> {
    const { api, readLocal } = this.#parts;
    const [stats, local] = await Promise.all([api.rawSystemStats(), readLocal()]);
    const memory = engineMemoryOf(stats, local);
    this.#reading = memory === null ? null : { memory, at: Date.now() };
    return memory;
  }

  /** Forecast of a run here; null when nothing can be told. */
  async forecast(drawing: Drawing): Promise<{ forecast: Forecast; verdict: Verdict } | null> {
    const { lookUp, reader, settings } = this.#parts;
    const memory = this.last ?? (await this.look());
    if (memory === null) return null;
    const forecast = await forecastRun(drawing, memory, lookUp, reader);
    return forecast === null
      ? null
      : { forecast, verdict: judge(forecast, memory, settings, false) };
  }

  /**
   * Makes room for a run that is about to be handed over. Where there is plainly room it answers at once; else memory is read anew and, when
   * the server is idle, its models are unloaded.
   * @param idle whether the server holds none of our runs
   * @returns true when it fits, false when it has to wait until the server is idle
   * @throws (rejects) PixelsError `engine-out-of-memory` when it does not fit even with everything unloaded
   */
  makeRoom(drawing: Drawing, idle: boolean): true | Promise<boolean> {
    if (idle) this.#pendingBytes = 0;
    const weights = this.#plainly(drawing);
    return weights === null ? this.#findRoom(drawing, idle) : this.#take(drawing, weights);
  }

  /** The run is about to be handed over. */
  #take(drawing: Drawing, weights: number): true {
    const models = modelsKey(drawing);
    if (this.#loaded !== models) this.#pendingBytes = weights;
    this.#loaded = models;
    return true;
  }

  #judge(forecast: Forecast, memory: EngineMemory, models: string): Verdict {
    const freeBytes = Math.max(0, memory.freeBytes - this.#pendingBytes);
    const loaded = this.#loaded === models;
    return judge(forecast, { ...memory, freeBytes }, this.#parts.settings, loaded);
  }

  /** @returns bytes of the run's weights where there is plainly room for it, else null */
  #plainly(drawing: Drawing): number | null {
    const reading = this.#reading;
    const age = Date.now() - (reading?.at ?? 0);
    if (reading === null || age > FRESH_MS) return null;
    if (age > REFRESH_MS) void this.look().catch(() => undefined);
    const { lookUp, reader } = this.#parts;
    const forecast = forecastRun(drawing, reading.memory, lookUp, reader);
    if (forecast === null) return 0;
    if (forecast instanceof Promise) return null;
    const verdict = this.#judge(forecast, reading.memory, modelsKey(drawing));
    const ample = verdict.fits && verdict.neededBytes <= AMPLE * verdict.roomBytes;
    return ample ? forecast.weights : null;
  }

  async #findRoom(drawing: Drawing, idle: boolean): Promise<boolean> {
    const { api, lookUp, reader, settings, server, log } = this.#parts;
    let memory: EngineMemory | null;
    try {
      memory = await this.look();
    } catch {
      // A server that does not answer fails at the post, which knows what to do then.
      memory = null;
    }
    const forecast = memory === null ? null : await forecastRun(drawing, memory, lookUp, reader);
    if (memory === null || forecast === null) return this.#take(drawing, 0);
    const verdict = this.#judge(forecast, memory, modelsKey(drawing));
    if (verdict.fits) return this.#take(drawing, forecast.weights);
    const key = drawingKey(drawing);
    const refusedBefore = this.#refusalOf(key);
    if (refusedBefore !== null) return this.#refuse(drawing, refusedBefore);
    if (!idle || (await api.queueRemaining()) > 0) return false;
    const { neededBytes, roomBytes } = verdict;
    log.info({ server, neededBytes, roomBytes }, 'unloading models to make room for a run');
    const after = (await this.#unload()) ?? memory;
    const second = judge(forecast, after, settings, false);
    if (second.fits) return this.#take(drawing, forecast.weights);
    if (!settings.enforce) {
      log.warn({ server, ...second }, 'a run exceeds the memory guard, which is not enforced');
      return this.#take(drawing, forecast.weights);
    }
    const error = new PixelsError('engine-out-of-memory', refusal(server, second, after), {
      neededBytes: second.neededBytes,
      roomBytes: second.roomBytes,
      guardBytes: second.guardBytes,
      forecast,
    });
    this.#refused = { key, at: Date.now(), error };
    return this.#refuse(drawing, error);
  }

  /**
   * Lets the idle server unload everything, and waits until its memory is back.
   * @returns its memory then
   * @throws PixelsError `conflict` when it draws, for us or for others
   */
  async free(): Promise<EngineMemory | null> {
    const { api, server } = this.#parts;
    if ((await api.queueRemaining()) > 0) {
      throw new PixelsError(
        'conflict',
        `${server} is drawing; models can be unloaded when it is idle.`,
        { server },
      );
    }
    return this.#unload();
  }

  async #unload(): Promise<EngineMemory | null> {
    const { api, settleMs = SETTLE_MS } = this.#parts;
    await api.free();
    this.#loaded = null;
    this.#pendingBytes = 0;
    const until = Date.now() + settleMs;
    let before = await this.look();
    // The server heeds it in another thread, and gives memory back bit by bit.
    for (let steady = 0; steady < 3 && Date.now() < until;) {
      await sleep(Math.min(SETTLE_POLL_MS, settleMs));
      const now = await this.look();
      const gained = (now?.freeBytes ?? 0) - (before?.freeBytes ?? 0);
      steady = gained < STEADY_BYTES ? steady + 1 : 0;
      before = now;
    }
    return before;
  }
}
