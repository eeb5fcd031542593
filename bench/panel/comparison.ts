import { uuid7 } from '../../src/client/uuid7.ts';
import type { WorkerClient } from '../../src/client/worker-client.ts';
import { cellAt } from '../../src/project/compare/cells.ts';
import { compareSpecSchema } from '../../src/protocol/compare.ts';

/** Four contenders on the built-in engine, whose pictures have 1024 x 1024 pixels. */
const SPEC = compareSpecSchema.parse({
  kind: 'compare',
  contenders: [
    { checkpoint: 'arcade' },
    { checkpoint: 'gameboy' },
    { checkpoint: 'storybook' },
    { checkpoint: 'arcade', loras: [{ name: 'winter', strength: 0.8 }] },
  ],
  base: { size: 32, renderSize: 1024, steps: 8 },
  prompts: ['rusty sword', 'red potion', 'oak chest', 'green slime', 'knight', 'gem'].map(
    prompt => ({ prompt, category: 'item' }),
  ),
  seeds: [7],
});

/** A comparison that is being drawn. */
export interface Drawn {
  job: string;
  sets: number;
  /** When the last cell of each set was done, by set, on the worker's clock; filled as it is drawn. */
  doneAt: Map<number, number>;
}

/** Submits the comparison to a lane that is paused, so that the panel can be opened before anything is drawn. */
export async function submitPaused(client: WorkerClient): Promise<Drawn> {
  const job = uuid7();
  const left = new Map<number, number>();
  const doneAt = new Map<number, number>();
  await client.subscribe();
  client.onEvent(event => {
    if (event.type !== 'run.state' || event.job !== job || event.state !== 'done') return;
    const { set } = cellAt(SPEC, event.run);
    const before = left.get(set) ?? SPEC.contenders.length;
    left.set(set, before - 1);
    if (before === 1) doneAt.set(set, event.at);
  });
  await client.request('lanes.pause', { lane: 'batch' });
  await client.request('jobs.submit', { id: job, lane: 'batch', spec: SPEC });
  return { job, sets: SPEC.prompts.length, doneAt };
}
