import { describe, expect, it } from 'vitest';
import type { Gpu } from '../../../src/protocol/system.ts';
import { engineMemoryOf } from '../../../src/worker/limits/engine-memory.ts';
import { guardBytes, judge, refusal } from '../../../src/worker/limits/guard.ts';
import { LaunchFlags } from '../../../src/worker/limits/launch-flags.ts';
import { engineStats, GB, someMemory } from './readings.ts';

function gpu(memorySource: Gpu['memorySource']): Gpu {
  return {
    name: 'GPU',
    driver: null,
    memoryTotalBytes: null,
    memoryUsedBytes: null,
    memorySource,
    utilization: null,
    temperatureC: null,
    powerW: null,
  };
}

describe('what an engine says of its memory', () => {
  it('is its GPU’s own memory, beside which the system takes what does not fit', () => {
    const memory = someMemory({ vramTotal: 24 * GB, vramFree: 20 * GB, ramFree: 50 * GB });
    expect(memory).toMatchObject({
      pool: 'device',
      totalBytes: 24 * GB,
      freeBytes: 20 * GB,
      spillBytes: 50 * GB,
      traits: { device: 'gpu', shared: false, dynamic: true },
    });
  });

  it('is the system’s on unified memory, known by the name or by nvidia-smi', () => {
    const local = { memory: { totalBytes: 128 * GB, availableBytes: 90 * GB }, gpus: [] };
    const named = engineMemoryOf(engineStats({ device: 'cuda:0 NVIDIA GB10' }), local);
    const told = engineMemoryOf(engineStats(), { ...local, gpus: [gpu('system')] });
    for (const memory of [named, told]) {
      expect(memory).toMatchObject({ pool: 'system', totalBytes: 128 * GB, freeBytes: 90 * GB });
      expect(memory?.traits.shared).toBe(true);
      expect(memory?.spillBytes).toBe(0);
    }
    expect(engineMemoryOf(engineStats(), { ...local, gpus: [gpu('nvml')] })?.pool).toBe('device');
  });

  it('is the system’s without a GPU, and as the engine tells it from another machine', () => {
    const memory = engineMemoryOf(
      engineStats({ type: 'cpu', ramTotal: 24 * GB, ramFree: 9 * GB }),
      null,
    );
    expect(memory).toMatchObject({ pool: 'system', totalBytes: 24 * GB, freeBytes: 9 * GB });
    expect(memory?.traits).toEqual({ device: 'cpu', shared: true, dynamic: false });
    expect(memory?.tensorBytes).toBeNull();
  });

  it.each([null, {}, { system: {} }, { system: { ram_total: 'x' }, devices: [{}] }, 'no JSON'])(
    'is nothing where it tells nothing: %j',
    stats => {
      expect(engineMemoryOf(stats, null)).toBeNull();
    },
  );
});

describe('start flags', () => {
  const flags = new LaunchFlags([
    'main.py',
    '--cache-ram',
    '8',
    '16',
    '--listen',
    '--port=8189',
    '--port=8190',
    '--highvram',
  ]);

  it('are read with all their values, none, and the last of several', () => {
    expect(flags.values('--cache-ram')).toEqual(['8', '16']);
    expect(flags.values('--listen')).toEqual([]);
    expect(flags.values('--port')).toEqual(['8190']);
    expect(flags.values('--cache-lru')).toBeNull();
    expect(flags.has('--cache')).toBe(false);
  });

  it('tell whether weights are paged in on demand', () => {
    expect(flags.dynamicWeights).toBe(false);
    expect(new LaunchFlags(['main.py']).dynamicWeights).toBe(true);
  });
});

describe('the guard', () => {
  it('is 100 GB on unified memory of 128 GB, and what there is less a margin on less', () => {
    expect(guardBytes({ pool: 'system', totalBytes: 128 * GB }, {})).toBe(100 * GB);
    expect(guardBytes({ pool: 'system', totalBytes: 64 * GB }, {})).toBe(60.8 * GB);
    expect(guardBytes({ pool: 'system', totalBytes: 8 * GB }, {})).toBe(7 * GB);
  });

  it('does not hold a large GPU to 100 GB unless it is told to', () => {
    expect(guardBytes({ pool: 'device', totalBytes: 140 * GB }, {})).toBe(133 * GB);
    expect(guardBytes({ pool: 'device', totalBytes: 140 * GB }, { guardGB: 100 })).toBe(100 * GB);
    expect(guardBytes({ pool: 'system', totalBytes: 24 * GB }, { guardGB: 10 })).toBe(10 * GB);
  });

  const forecast = {
    weights: 7 * GB,
    loading: 0,
    loras: 0,
    sampling: GB,
    decoding: 5 * GB,
    peak: 12 * GB,
  };
  const unified = (freeBytes: number) =>
    someMemory({ device: 'NVIDIA GB10', ramTotal: 128 * GB, ramFree: freeBytes });

  it('lets a run in that fits beside what is in use, by the guard and not by what is free', () => {
    expect(judge(forecast, unified(41 * GB), {}, false).fits).toBe(true);
    const tight = judge(forecast, unified(39 * GB), {}, false);
    expect(tight).toMatchObject({ fits: false, neededBytes: 12 * GB, roomBytes: 11 * GB });
  });

  it('counts weights once that are loaded already', () => {
    expect(judge(forecast, unified(34 * GB), {}, true).fits).toBe(true);
  });

  it('lets weights, but not what is computed, spill from a GPU into the system’s memory', () => {
    const small = someMemory({ vramTotal: 8 * GB, vramFree: 7 * GB, ramFree: 30 * GB });
    expect(judge(forecast, small, {}, false).fits).toBe(true);
    expect(judge({ ...forecast, decoding: 8 * GB }, small, {}, false).fits).toBe(false);
    const full = someMemory({ vramTotal: 8 * GB, vramFree: 7 * GB, ramFree: GB });
    expect(judge(forecast, full, {}, false).fits).toBe(false);
  });

  it('says how much is needed, how much there is and what to do', () => {
    const memory = unified(39 * GB);
    const sentence = refusal('spark', judge(forecast, memory, {}, false), memory);
    expect(sentence).toContain('would need 12.0 GB by forecast');
    expect(sentence).toContain('spark has room for 11.0 GB');
    expect(sentence).toContain('89.0 GB of 128.0 GB memory');
    expect(sentence).toContain('smaller render size');
    expect(sentence).toContain('memory.guardGB');
  });
});
