import type { Gpu } from '../../protocol/system.ts';
import type { Memory } from '../system/memory.ts';
import type { EngineTraits } from './forecast.ts';
import { LaunchFlags } from './launch-flags.ts';

/** What one engine says of the machine it runs on, at one time. */
export interface EngineMemory {
  /** Name of the device that draws, as the engine tells it. */
  device: string;
  traits: EngineTraits;
  /** Where the models lie: the GPU's own memory, or the system's on unified memory and without a GPU. */
  pool: 'device' | 'system';
  totalBytes: number;
  freeBytes: number;
  /** System memory that takes what does not fit into a GPU of its own memory. */
  spillBytes: number;
  /** Bytes that the engine itself believes to be free on its device. */
  believedFreeBytes: number;
  /** Bytes that its tensors hold; null where it does not say (on the CPU). */
  tensorBytes: number | null;
  comfyui: string;
  pytorch: string;
  python: string;
  builtin: boolean;
  flags: LaunchFlags;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Boards whose GPU shares the system's memory, by the names that CUDA gives them. */
const UNIFIED_NAME = /GB10|Orin|Thor|Xavier|Tegra/i;

/**
 * Reads `/system_stats`. Unified memory is known by `nvidia-smi` telling no memory of the GPU's own, or by the device's name; there the
 * system's available memory counts, since CUDA's free memory leaves out the page cache that the system would give back.
 * @param local memory and GPUs of this machine when the engine runs on it, else null
 * @returns null when the answer tells of no memory
 */
export function engineMemoryOf(
  stats: unknown,
  local: { memory: Memory; gpus: readonly Gpu[] } | null,
): EngineMemory | null {
  const system = record(record(stats)['system']);
  const { devices } = record(stats);
  const [first] = Array.isArray(devices) ? (devices as unknown[]) : [];
  const device = record(first);
  const [vramTotal, vramFree] = [number(device['vram_total']), number(device['vram_free'])];
  const ramTotal = local?.memory.totalBytes ?? number(system['ram_total']);
  const ramFree = local?.memory.availableBytes ?? number(system['ram_free']);
  if (vramTotal === null || vramFree === null || ramTotal === null || ramFree === null) return null;
  const type = text(device['type']);
  const name = text(device['name']);
  const argv = Array.isArray(system['argv']) ? (system['argv'] as unknown[]).map(String) : [];
  const flags = new LaunchFlags(argv);
  const onCpu = type === 'cpu' || type === '';
  const unified =
    !onCpu &&
    (type === 'mps' ||
      UNIFIED_NAME.test(name) ||
      local?.gpus.some(({ memorySource }) => memorySource === 'system') === true);
  const shared = onCpu || unified;
  const torchTotal = number(device['torch_vram_total']);
  const torchFree = number(device['torch_vram_free']);
  return {
    device: name === '' ? type : name,
    traits: {
      device: onCpu ? 'cpu' : 'gpu',
      shared,
      dynamic: !onCpu && type === 'cuda' && flags.dynamicWeights,
    },
    pool: shared ? 'system' : 'device',
    totalBytes: shared ? ramTotal : vramTotal,
    freeBytes: shared ? ramFree : vramFree,
    spillBytes: shared ? 0 : ramFree,
    believedFreeBytes: vramFree,
    tensorBytes: onCpu || torchTotal === null || torchFree === null ? null : torchTotal - torchFree,
    comfyui: text(system['comfyui_version']),
    pytorch: text(system['pytorch_version']),
    python: text(system['python_version']),
    builtin: record(system['dgx_pixels_builtin'])['version'] !== undefined,
    flags,
  };
}
