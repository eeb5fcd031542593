import { beyondWeights, type Forecast } from './forecast.ts';
import type { EngineMemory } from './engine-memory.ts';

const GB = 1e9;
/** Share of a machine's memory that stays free where the guard does not say more, for everything else that runs there. */
const MARGIN_SHARE = 0.05;
const LEAST_MARGIN = GB;
/** Most memory in use on unified memory unless the configuration says otherwise: 128 GB less room for desktop and page cache. */
export const DEFAULT_GUARD_GB = 100;

/** What must not be exceeded, and whether it is enforced. */
export interface GuardSettings {
  /** Most memory in use, GB (10⁹ bytes). Absent: 100 on unified memory; always at most what there is less a margin. */
  guardGB?: number | undefined;
  /** False: exceeding it is told, not refused. */
  enforce: boolean;
}

/** Bytes that may be in use where an engine's models lie. */
export function guardBytes(
  { pool, totalBytes }: Pick<EngineMemory, 'pool' | 'totalBytes'>,
  { guardGB }: Pick<GuardSettings, 'guardGB'>,
): number {
  const most = totalBytes - Math.max(LEAST_MARGIN, MARGIN_SHARE * totalBytes);
  const wanted = guardGB ?? (pool === 'system' ? DEFAULT_GUARD_GB : Infinity);
  return Math.max(0, Math.min(most, wanted * GB));
}

/** Whether a forecast fits into what an engine has. */
export interface Verdict {
  fits: boolean;
  neededBytes: number;
  /** What may still be taken. */
  roomBytes: number;
  guardBytes: number;
  usedBytes: number;
}

/**
 * Holds a forecast against the guard and what is in use now.
 * @param loaded whether the run's models are loaded already, so that they are part of what is in use
 */
export function judge(
  forecast: Forecast,
  memory: EngineMemory,
  settings: Pick<GuardSettings, 'guardGB'>,
  loaded: boolean,
): Verdict {
  const guard = guardBytes(memory, settings);
  const used = memory.totalBytes - memory.freeBytes;
  const needed = loaded ? beyondWeights(forecast) : forecast.peak;
  // A GPU with memory of its own leaves weights in the system's; what it computes with must fit beside them.
  const computed = Math.max(forecast.sampling, forecast.decoding);
  const room = guard - used + memory.spillBytes;
  const fits = needed <= room && (memory.pool === 'system' || computed <= guard);
  return { fits, neededBytes: needed, roomBytes: room, guardBytes: guard, usedBytes: used };
}

/** Bytes as a person reads them next to a guard. */
export function gigabytes(bytes: number): string {
  return `${(Math.max(0, bytes) / GB).toFixed(1)} GB`;
}

/** Why a run is refused, and what to do. */
export function refusal(server: string, verdict: Verdict, memory: EngineMemory): string {
  const { neededBytes, roomBytes, guardBytes: guard, usedBytes } = verdict;
  const of = memory.pool === 'system' ? 'memory' : 'GPU memory';
  return (
    `The run would need ${gigabytes(neededBytes)} by forecast, but ${server} has room for ${gigabytes(roomBytes)}: ` +
    `${gigabytes(usedBytes)} of ${gigabytes(memory.totalBytes)} ${of} are in use by everything on that machine, and at most ${gigabytes(guard)} may be. ` +
    "Its models were unloaded already. Choose a smaller render size, batch or checkpoint, end other programs there, or change memory.guardGB or memory.enforce in the worker's configuration."
  );
}
