import { type EngineMemory, engineMemoryOf } from '../../../src/worker/limits/engine-memory.ts';

export const GB = 1e9;

export interface Reading {
  type?: string;
  device?: string;
  ramTotal?: number;
  ramFree?: number;
  vramTotal?: number;
  vramFree?: number;
  pytorch?: string;
  argv?: readonly string[];
  builtin?: boolean;
}

/** Answer of `/system_stats`, a GPU of 24 GB unless it is said otherwise. */
export function engineStats(reading: Reading = {}): unknown {
  const { type = 'cuda', device = 'cuda:0 NVIDIA GeForce RTX 4090', argv = ['main.py'] } = reading;
  return {
    system: {
      ram_total: reading.ramTotal ?? 64 * GB,
      ram_free: reading.ramFree ?? 50 * GB,
      comfyui_version: '0.33.0',
      pytorch_version: reading.pytorch ?? '2.11.0+cu130',
      python_version: '3.12.3',
      argv,
      ...(reading.builtin === true && { dgx_pixels_builtin: { version: '1' } }),
    },
    devices: [
      {
        name: device,
        type,
        index: 0,
        vram_total: reading.vramTotal ?? 24 * GB,
        vram_free: reading.vramFree ?? 23 * GB,
        torch_vram_total: 3 * GB,
        torch_vram_free: GB,
      },
    ],
  };
}

/** The same as the worker reads it. */
export function someMemory(reading: Reading = {}): EngineMemory {
  const memory = engineMemoryOf(engineStats(reading), null);
  if (memory === null) throw new Error('the reading tells of no memory');
  return memory;
}
