import type { EngineReport } from '../../protocol/system.ts';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import type { MemoryPeak } from './result.ts';

const SAMPLE_MS = 500;

function most(before: number | null, now: number | null): number | null {
  return now === null ? before : Math.max(before ?? 0, now);
}

/** Samples the memory of the servers while something runs. */
export class PeakWatch {
  readonly #connection: WorkerConnection;
  readonly #peak: MemoryPeak = {
    usedBeforeBytes: null,
    usedPeakBytes: null,
    processPeakBytes: null,
    gpuProcessPeakBytes: null,
    tensorPeakBytes: null,
    samples: 0,
  };
  #going = true;
  #sampling: Promise<void> = Promise.resolve();

  private constructor(connection: WorkerConnection) {
    this.#connection = connection;
  }

  /** Takes the first sample and goes on by itself. */
  static async start(connection: WorkerConnection): Promise<PeakWatch> {
    const watch = new PeakWatch(connection);
    await watch.#sample();
    watch.#peak.usedBeforeBytes = watch.#peak.usedPeakBytes;
    watch.#sampling = watch.#goOn();
    return watch;
  }

  async #goOn(): Promise<void> {
    while (this.#going) {
      await this.#sample();
      await new Promise(resolve => setTimeout(resolve, SAMPLE_MS));
    }
  }

  async #sample(): Promise<void> {
    let engines: EngineReport[];
    try {
      ({ engines } = await this.#connection.request('engines.report', {}));
    } catch {
      return;
    }
    const peak = this.#peak;
    for (const { memory, process, tensorBytes } of engines) {
      peak.usedPeakBytes = most(peak.usedPeakBytes, memory?.usedBytes ?? null);
      peak.processPeakBytes = most(peak.processPeakBytes, process?.residentBytes ?? null);
      peak.gpuProcessPeakBytes = most(peak.gpuProcessPeakBytes, process?.gpuBytes ?? null);
      peak.tensorPeakBytes = most(peak.tensorPeakBytes, tensorBytes);
    }
    peak.samples++;
  }

  /** Takes a last sample. @returns the most that was seen */
  async stop(): Promise<MemoryPeak> {
    this.#going = false;
    await this.#sample();
    await this.#sampling;
    return this.#peak;
  }
}
