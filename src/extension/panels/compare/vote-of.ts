import { contenderNames } from '../../../project/compare/contenders.ts';
import type { SetPlace } from '../../../project/compare/sets.ts';
import { sharedRecipeDigest } from '../../../project/compare/shared-recipe.ts';
import {
  type Vote,
  type VotedContender,
  voteSchema,
  VOTES_VERSION,
} from '../../../project/votes/vote-event.ts';
import type { CompareSpec } from '../../../protocol/compare.ts';
import { t } from '../../l10n.ts';
import { Problem } from '../../problem.ts';
import { imageOf, secondsOf } from './cell-run.ts';
import type { KnownCell } from './compare-state.ts';
import type { KnownContender } from './contender-models.ts';

/** A person's answer to a set. */
export interface Ballot {
  id: string;
  /** ISO 8601. */
  time: string;
  voter: string;
  /** Places named best. */
  best: readonly number[];
  note: string;
  durationMs: number;
}

/** Characters of a note that are kept. */
const NOTE = 2_000;

/**
 * The vote as it is written.
 * @param cells of the set in the order of their places
 * @param contenders who drew each
 * @throws Problem `invalid-params` for a place that is not there, a cell that is not drawn, or two contenders that are the same
 */
export function voteOf(
  { job, spec }: { job: string; spec: CompareSpec },
  place: SetPlace,
  cells: readonly KnownCell[],
  contenders: readonly KnownContender[],
  ballot: Ballot,
): Vote {
  const { best, note, durationMs, ...head } = ballot;
  const names = contenderNames(spec.contenders);
  const voted = cells.map((cell, at): VotedContender => {
    const known = contenders[at];
    const image = imageOf(cell.run);
    if (known === undefined || image === null) {
      throw new Problem('invalid-params', t('A picture of this set is not there any more.'));
    }
    return {
      ...known.identity,
      digest: known.digest,
      name: names[cell.contender] ?? known.identity.checkpoint,
      seconds: secondsOf(cell.run),
      image: image.sprite,
    };
  });
  const digests = voted.map(({ digest }) => digest);
  if (new Set(digests).size < digests.length) {
    throw new Problem(
      'invalid-params',
      t('Two of these contenders are the same model under two names, so a vote would say nothing.'),
    );
  }
  const named = [...new Set(best)].map(at => digests[at]);
  const size = cells[0]?.run?.recipe.size ?? [32, 32];
  const parsed = voteSchema.safeParse({
    v: VOTES_VERSION,
    ...head,
    kind: 'vote',
    job,
    set: place.set,
    contenders: voted,
    best: named,
    recipe: sharedRecipeDigest(spec, place, size),
    prompt: spec.prompts[place.prompt]?.prompt ?? '',
    seed: place.seed,
    category: spec.prompts[place.prompt]?.category ?? 'other',
    size,
    mode: spec.mode,
    durationMs: Number.isFinite(durationMs) ? Math.max(0, durationMs) : 0,
    note: note.slice(0, NOTE),
  });
  if (parsed.success) return parsed.data;
  throw new Problem('invalid-params', t('The vote names a picture that is not there.'), [], {
    cause: parsed.error,
  });
}
