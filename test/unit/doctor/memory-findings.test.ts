import { describe, expect, it } from 'vitest';
import type { Core } from '../../../src/worker/core.ts';
import { memoryFindings } from '../../../src/worker/doctor/memory-findings.ts';
import { GB } from '../limits/readings.ts';

const MEMORY = {
  pool: 'system' as const,
  totalBytes: 128 * GB,
  usedBytes: 9 * GB,
  guardBytes: 100 * GB,
};

const model = (name: string, family: string) => ({ name, family, servers: ['spark'] });

async function said(fits: boolean, ...families: string[]) {
  const forecast = { peak: 11 * GB, weights: 7 * GB };
  const core = {
    inventory: {
      get: () => ({
        checkpoints: families.map((family, at) => model(`${at}.safetensors`, family)),
      }),
    },
    memory: new Map([
      ['spark', { last: {}, forecast: () => Promise.resolve({ forecast, verdict: { fits } }) }],
    ]),
  };
  const findings = await memoryFindings(core as unknown as Core, 'spark', MEMORY);
  return findings.find(({ check }) => check === 'memory forecast spark');
}

describe('doctor on what checkpoints take', () => {
  it('speaks of all of them only where there is a forecast for all', async () => {
    expect((await said(true, 'sdxl', 'sd15'))?.message).toMatch(
      /^By forecast all 2 checkpoints fit/,
    );
    expect((await said(true, 'sdxl', 'unknown', 'unknown'))?.message).toMatch(
      /^By forecast the 1 of 3 checkpoints that there is a forecast for fit/,
    );
  });

  it('warns of those that do not fit, and says what to do', async () => {
    const finding = await said(false, 'sdxl');
    expect(finding?.level).toBe('warning');
    expect(finding?.message).toMatch(/1 of 1 checkpoints do not fit .* needs 11\.0 GB/);
    expect(finding?.remedy).toMatch(/guardGB/);
  });

  it('says nothing where there is no forecast', async () => {
    expect(await said(true, 'unknown')).toBeUndefined();
  });
});
