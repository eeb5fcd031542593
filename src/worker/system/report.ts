import { arch, availableParallelism, cpus, hostname, loadavg } from 'node:os';
import type { SystemReport } from '../../protocol/system.ts';
import { readDisk } from './disk.ts';
import { readMemory } from './memory.ts';
import { readGpus } from './nvidia-smi.ts';

/**
 * Hardware of this machine as `system.report` answers it.
 * @param dataFolder the folder whose disk matters; it need not exist yet
 */
export async function systemReport(dataFolder: string): Promise<SystemReport> {
  const memory = await readMemory();
  const [disk, gpus] = await Promise.all([readDisk(dataFolder), readGpus(memory)]);
  return {
    host: hostname(),
    platform: process.platform,
    arch: arch(),
    node: process.version,
    cpu: {
      model: cpus()[0]?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
      load1: loadavg()[0] ?? 0,
    },
    memory,
    disk,
    gpus,
  };
}
