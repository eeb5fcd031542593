import type { Gpu } from '../../protocol/system.ts';
import type { ServerLink } from '../comfyui/server-link.ts';
import type { Config } from '../config.ts';
import { hasModels } from '../models/lack.ts';
import type { Log } from '../log.ts';
import type { ModelFiles } from '../models/model-files.ts';
import { isLoopbackUrl } from '../models/server-folders.ts';
import { type Memory, readMemory } from '../system/memory.ts';
import { readGpus } from '../system/nvidia-smi.ts';
import { MemoryKeeper } from './memory-keeper.ts';
import { WeightsReader } from './weights.ts';

/** Whether the GPU shares the system's memory does not change, and asking for it starts a program: it is asked once. */
function localReader(): () => Promise<{ memory: Memory; gpus: readonly Gpu[] }> {
  let gpus: Promise<readonly Gpu[]> | null = null;
  return async () => {
    const memory = await readMemory();
    gpus ??= readGpus(memory);
    return { memory, gpus: await gpus };
  };
}

/** One keeper of memory for each server, by name. */
export function openMemory(
  config: Config,
  links: readonly ServerLink[],
  models: Pick<ModelFiles, 'get'>,
  log: Log,
): ReadonlyMap<string, MemoryKeeper> {
  const reader = new WeightsReader();
  const readHere = localReader();
  const keepers = new Map<string, MemoryKeeper>();
  for (const link of links) {
    keepers.set(
      link.name,
      new MemoryKeeper({
        server: link.name,
        api: link.api,
        lookUp: (kind, name) => models.get(link.name, kind, name),
        reader,
        settings: config.memory,
        readLocal: async () => (isLoopbackUrl(link.url) ? readHere() : null),
        others: drawing =>
          links.flatMap(other => {
            const { state, inventory } = other;
            const able = other !== link && state === 'ready' && inventory !== null;
            const keeper =
              able && hasModels(inventory, drawing) ? keepers.get(other.name) : undefined;
            return keeper ?? [];
          }),
        log,
      }),
    );
  }
  return keepers;
}
