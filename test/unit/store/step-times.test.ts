import { expect, it } from 'vitest';
import { Folder } from '../../helpers/processes.ts';
import { someRecipe } from '../../helpers/recipes.ts';
import { openJournal } from '../../../src/worker/store/open.ts';
import { StepTimes } from '../../../src/worker/store/step-times.ts';

const SEEN = { step: 100, load: 2000, rest: 500 };

it('step times are kept apart by model, size, batch and evaluations a step', () => {
  using data = new Folder();
  const { database } = openJournal(data.path);
  try {
    const times = new StepTimes(database);
    times.learn('spark', someRecipe(), SEEN);
    expect(times.lookUp('spark', someRecipe({ seed: 8, prompt: 'x' }))).toEqual(SEEN);
    for (const other of [
      { checkpoint: 'other.safetensors' },
      { renderSize: [1024, 768] as [number, number] },
      { batch: 4 },
      { cfg: 1 },
      { sampler: 'heun' },
    ]) {
      expect(times.lookUp('spark', someRecipe(other))).toBeNull();
    }
    expect(times.lookUp('other', someRecipe())).toBeNull();
    // An image of a batch that is drawn again alone takes as long as a single one.
    expect(times.lookUp('spark', someRecipe({ batch: 8, batchIndex: 3 }))).toEqual(SEEN);
  } finally {
    database.close();
  }
});

it('step times are listed with what they are for, whatever the model is called, and outlive the process', () => {
  using data = new Folder();
  const first = openJournal(data.path);
  const odd = someRecipe({ checkpoint: 'a|1x1|b.safetensors', batch: 2, sampler: 'dpmpp_sde' });
  new StepTimes(first.database).learn('spark', odd, SEEN);
  new StepTimes(first.database).learn('spark', odd, { ...SEEN, step: 200 });
  first.database.close();
  const { database } = openJournal(data.path);
  try {
    expect(new StepTimes(database).list(10)).toEqual([
      {
        server: 'spark',
        checkpoint: 'a|1x1|b.safetensors',
        renderSize: [1024, 1024],
        batch: 2,
        evaluations: 4,
        stepMs: 130,
        loadMs: 2000,
        restMs: 500,
        samples: 2,
      },
    ]);
  } finally {
    database.close();
  }
});
