import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { PixelsError } from '../../../src/protocol/errors.ts';
import type { GuardSettings } from '../../../src/worker/limits/guard.ts';
import { MemoryKeeper } from '../../../src/worker/limits/memory-keeper.ts';
import type { KnownModel } from '../../../src/worker/models/known-models.ts';
import { WeightsReader } from '../../../src/worker/limits/weights.ts';
import { someRecipe } from '../../helpers/recipes.ts';
import { engineStats, GB } from './readings.ts';

/** A file of 7 GB that cannot be read here: only its size is known. */
function sdxl(name: string): KnownModel {
  return {
    kind: 'checkpoint',
    name,
    file: null,
    bytes: 7 * GB,
    knowledge: { facts: null, scan: null },
  };
}

/** A unified machine of 128 GB; what is in use can be changed, and comes back in part by `/free`. */
class Machine {
  readonly asked: string[] = [];
  usedBytes = 20 * GB;
  freedBytes = 0;
  queue = 0;
  broken = false;

  readonly api = {
    rawSystemStats: async () => {
      this.asked.push('stats');
      if (this.broken) throw new PixelsError('engine-unavailable', 'gone');
      const ramFree = 128 * GB - this.usedBytes;
      return engineStats({ device: 'NVIDIA GB10', ramTotal: 128 * GB, ramFree });
    },
    queueRemaining: async () => this.queue,
    free: async () => {
      this.asked.push('free');
      this.usedBytes -= this.freedBytes;
      this.freedBytes = 0;
    },
  };

  get frees(): number {
    return this.asked.filter(what => what === 'free').length;
  }

  keeper(
    settings: Partial<GuardSettings> = {},
    others: readonly Pick<MemoryKeeper, 'refuses'>[] = [],
  ): MemoryKeeper {
    return new MemoryKeeper({
      server: 'spark',
      api: this.api,
      lookUp: (kind, name) => (kind === 'checkpoint' ? sdxl(name) : null),
      reader: new WeightsReader(),
      settings: { enforce: true, ...settings },
      readLocal: async () => null,
      others: () => others,
      log: pino({ level: 'silent' }),
      settleMs: 1,
    });
  }
}

const recipe = someRecipe({ checkpoint: 'sdxl-a.safetensors' });
const other = someRecipe({ checkpoint: 'sdxl-b.safetensors' });

async function refusalOf(promise: true | Promise<boolean>): Promise<PixelsError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof PixelsError) return error;
  }
  throw new Error('it was not refused');
}

describe('making room for a run', () => {
  it('takes no time and asks nobody where there is plainly room', async () => {
    const machine = new Machine();
    const keeper = machine.keeper();
    await keeper.look();
    const asked = machine.asked.length;
    expect(keeper.makeRoom(recipe, false)).toBe(true);
    expect(machine.asked).toHaveLength(asked);
  });

  it('asks first when nothing was read yet, and then answers the same drawing at once', async () => {
    const keeper = new Machine().keeper();
    expect(await keeper.makeRoom(recipe, true)).toBe(true);
    expect(keeper.makeRoom(recipe, true)).toBe(true);
  });

  it('unloads models of the idle server when the forecast does not fit beside them', async () => {
    const machine = new Machine();
    machine.usedBytes = 95 * GB;
    machine.freedBytes = 40 * GB;
    expect(await machine.keeper().makeRoom(recipe, true)).toBe(true);
    expect(machine.frees).toBe(1);
  });

  it('never while a run of ours executes, nor one of others: the run waits', async () => {
    const machine = new Machine();
    machine.usedBytes = 95 * GB;
    const keeper = machine.keeper();
    expect(await keeper.makeRoom(recipe, false)).toBe(false);
    machine.queue = 1;
    expect(await keeper.makeRoom(recipe, true)).toBe(false);
    expect(machine.frees).toBe(0);
  });

  it('does not unload what the next run draws with again', async () => {
    const machine = new Machine();
    const keeper = machine.keeper();
    await keeper.makeRoom(recipe, true);
    expect(keeper.makeRoom(recipe, true)).toBe(true);
    machine.usedBytes = 92 * GB;
    await keeper.look();
    expect(await keeper.makeRoom(recipe, true)).toBe(true);
    expect(machine.frees).toBe(0);
    expect(await keeper.makeRoom(other, false)).toBe(false);
  });

  it('counts the weights of a run that is still being loaded, which no reading shows yet', async () => {
    const machine = new Machine();
    machine.usedBytes = 82 * GB;
    const keeper = machine.keeper();
    await keeper.makeRoom(recipe, true);
    expect(keeper.makeRoom(recipe, false)).toBe(true);
    expect(await keeper.makeRoom(other, false)).toBe(false);
    expect(machine.frees).toBe(0);
  });

  it('refuses what does not fit even then, with needed and present gigabytes', async () => {
    const machine = new Machine();
    machine.usedBytes = 95 * GB;
    const error = await refusalOf(machine.keeper().makeRoom(recipe, true));
    expect(error.code).toBe('engine-out-of-memory');
    expect(error.message).toMatch(
      /would need 1\d\.\d GB by forecast, but spark has room for 5\.0 GB/,
    );
    expect(error.data).toMatchObject({ roomBytes: 5 * GB, guardBytes: 100 * GB });
    expect(machine.frees).toBe(1);
  });

  it('heeds the guard of the configuration, and lets pass what is not enforced', async () => {
    const machine = new Machine();
    expect((await refusalOf(machine.keeper({ guardGB: 25 }).makeRoom(recipe, true))).code).toBe(
      'engine-out-of-memory',
    );
    expect(await machine.keeper({ guardGB: 25, enforce: false }).makeRoom(recipe, true)).toBe(true);
  });

  it('leaves a run to another server that may have room, and refuses when that has none either', async () => {
    const machine = new Machine();
    machine.usedBytes = 95 * GB;
    const larger = { refuses: () => false };
    const keeper = machine.keeper({}, [larger]);
    expect(await keeper.makeRoom(recipe, true)).toBe(false);
    expect(keeper.refuses(recipe)).toBe(true);
    expect(await keeper.makeRoom(recipe, true)).toBe(false);
    expect(machine.frees).toBe(1);
    larger.refuses = () => true;
    expect((await refusalOf(keeper.makeRoom(recipe, true))).code).toBe('engine-out-of-memory');
  });

  it('lets a run go to a server that does not tell: the post says what is wrong', async () => {
    const machine = new Machine();
    machine.broken = true;
    expect(await machine.keeper().makeRoom(recipe, true)).toBe(true);
  });

  it('forgets what was loaded when the server was away', async () => {
    const machine = new Machine();
    const keeper = machine.keeper();
    await keeper.makeRoom(recipe, true);
    expect(keeper.makeRoom(recipe, true)).toBe(true);
    machine.usedBytes = 92 * GB;
    keeper.forget();
    expect(await keeper.makeRoom(recipe, false)).toBe(false);
  });
});

describe('unloading on request', () => {
  it('tells what is in use afterwards', async () => {
    const machine = new Machine();
    machine.freedBytes = 15 * GB;
    const memory = await machine.keeper().free();
    expect(memory?.freeBytes).toBe(123 * GB);
  });

  it('is refused while the server draws for anybody', async () => {
    const machine = new Machine();
    machine.queue = 1;
    await expect(machine.keeper().free()).rejects.toMatchObject({ code: 'conflict' });
    expect(machine.frees).toBe(0);
  });
});
