import { contenderDigest } from '../../../../src/project/votes/contender.ts';
import type { Skip, Undo, Vote, VotedContender } from '../../../../src/project/votes/vote-event.ts';

/** A UUIDv7 that sorts by its number. */
export function idOf(number: number): string {
  return `01890000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** A contender on a checkpoint of that name. */
export function contender(name: string, changes: Partial<VotedContender> = {}): VotedContender {
  const made = {
    name,
    workflow: 'sprite-sdxl',
    graph: 'a'.repeat(64),
    checkpoint: `${name}.safetensors`,
    checkpointSha256: null,
    vae: null,
    vaeSha256: null,
    loras: [],
    settings: { steps: 28, cfg: 7 },
    seconds: 3.5,
    image: 'b'.repeat(64),
    ...changes,
  };
  return { digest: contenderDigest(made), ...made };
}

/** A vote on contenders of these names; sets differ by the number. */
export function vote(
  number: number,
  shown: readonly string[],
  best: readonly string[],
  changes: Partial<Vote> = {},
): Vote {
  const contenders = shown.map(name => contender(name));
  return {
    v: 1,
    kind: 'vote',
    id: idOf(number),
    time: '2026-11-01T10:00:00.000Z',
    voter: 'ann',
    job: idOf(1_000_000),
    set: number,
    contenders,
    best: contenders.filter(({ name }) => best.includes(name)).map(({ digest }) => digest),
    recipe: 'c'.repeat(64),
    prompt: 'a rusty sword',
    seed: number,
    category: 'item',
    size: [32, 32],
    mode: 'full',
    durationMs: 1500,
    note: '',
    ...changes,
  };
}

/** Takes a vote back. */
export function undo(number: number, of: number): Undo {
  const time = '2026-11-01T10:00:00.000Z';
  return { v: 1, kind: 'undo', id: idOf(number), time, voter: 'ann', of: idOf(of) };
}

/** Leaves a set. */
export function skip(number: number, set: number): Skip {
  const time = '2026-11-01T10:00:00.000Z';
  return { v: 1, kind: 'skip', id: idOf(number), time, voter: 'ann', job: idOf(1_000_000), set };
}
