import { contenderSchema } from '../../protocol/compare.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { NO_CHECKPOINT } from '../../protocol/recipe.ts';
import type { DefaultChoice } from '../project-file/set-default.ts';
import type { VotedContender } from './vote-event.ts';

/**
 * What a contender sets, for a project that draws as it did.
 * @throws PixelsError `invalid-params` for one that no recipe can have: the votes file was edited by hand
 */
export function defaultOf(voted: VotedContender): DefaultChoice {
  const { name, workflow, checkpoint, vae, loras, settings } = voted;
  const { steps, cfg, sampler, scheduler, negative } = settings;
  const parsed = contenderSchema.safeParse({
    name: name.trim().slice(0, 60).trim() || undefined,
    workflow,
    checkpoint: checkpoint === NO_CHECKPOINT ? undefined : checkpoint,
    vae: vae ?? undefined,
    loras: loras.map(({ name: lora, strength, clipStrength = strength }) => ({
      name: lora,
      strength,
      ...(clipStrength !== strength && { clipStrength }),
    })),
    steps,
    cfg,
    sampler,
    scheduler,
    negative,
  });
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new PixelsError(
      'invalid-params',
      `${name} cannot become the default: its ${at} in the votes file is not valid.`,
    );
  }
  return { ...parsed.data, vae };
}
