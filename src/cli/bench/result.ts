import type { EngineReport, SystemReport } from '../../protocol/system.ts';
import type { Recipe } from '../../protocol/recipe.ts';

/** Most memory seen while runs of one kind were drawn, sampled twice a second; null where nothing told. */
export interface MemoryPeak {
  /** In use by everything on that machine before it began, and at most. */
  usedBeforeBytes: number | null;
  usedPeakBytes: number | null;
  /** The engine's process: resident memory, and GPU memory as nvidia-smi tells it. */
  processPeakBytes: number | null;
  gpuProcessPeakBytes: number | null;
  /** Tensors on the GPU, as the engine tells it. */
  tensorPeakBytes: number | null;
  samples: number;
}

/** Times of runs of one kind. */
export interface Measure {
  kind: 'cold' | 'warm';
  batch: number;
  /** Milliseconds of each run from the engine's beginning to its end, loading and decoding included. */
  engineMs: number[];
  /** Median of them by image. */
  secondsPerImage: number;
  /** All images of the runs, handed over one after the other, by the time from the first beginning to the last end; null for a single run. */
  imagesPerMinute: number | null;
  memory: MemoryPeak;
  /** Most memory of such a run by forecast; null when there is none. */
  forecastBytes: number | null;
  /** Servers that drew them. */
  servers: string[];
}

/** A kind of run that was not measured, and why. */
export interface Skipped {
  kind: Measure['kind'];
  batch: number;
  reason: string;
}

/** What `bench inference` writes. */
export interface BenchResult {
  format: 'dgx-pixels/bench-inference/1';
  /** ISO 8601, UTC. */
  at: string;
  /** Drawn by the built-in engine: the times say nothing of inference. */
  placeholder: boolean;
  dgxPixels: string;
  host: Omit<SystemReport, 'host' | 'disk'>;
  /** Load of the worker's machine when all was measured; before, it is `host.cpu.load1`. */
  loadAfter: number;
  engines: Omit<EngineReport, 'process'>[];
  recipe: Omit<Recipe, 'seed' | 'batch' | 'pixels' | 'init'>;
  models: { kind: string; name: string; sha256: string | null }[];
  measures: Measure[];
  skipped: Skipped[];
}

/** The middle value; the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const [low, high] = [sorted[half - 1] ?? 0, sorted[half] ?? 0];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
