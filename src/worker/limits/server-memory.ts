import type { ServerMemory } from '../../protocol/system.ts';
import type { EngineMemory } from './engine-memory.ts';
import { guardBytes, type GuardSettings } from './guard.ts';

/** Memory of a server as clients are told it. */
export function describeMemory(
  memory: EngineMemory | null,
  settings: Pick<GuardSettings, 'guardGB'>,
): ServerMemory | null {
  if (memory === null) return null;
  const { pool, totalBytes, freeBytes } = memory;
  const guard = guardBytes(memory, settings);
  return { pool, totalBytes, usedBytes: totalBytes - freeBytes, guardBytes: guard };
}
