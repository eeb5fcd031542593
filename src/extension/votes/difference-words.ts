import {
  type ContenderDifference,
  contenderDifferences,
  type ContenderIdentity,
} from '../../project/votes/contender.ts';
import { t } from '../l10n.ts';

/** What tells one contender from another, in the editor's language. */
export function differencesInWords(
  one: ContenderIdentity,
  other: ContenderIdentity,
): ContenderDifference[] {
  const say = {
    ownVae: t('the checkpoint’s own'),
    none: t('none'),
    notSet: t('left open'),
    hashNotKnown: t('hash not known'),
  };
  return contenderDifferences(one, other, say);
}

/** Differences as one line: `steps: 28, not 8`; empty where there are none. */
export function differenceText(differences: readonly ContenderDifference[]): string {
  const parts: Readonly<Record<string, string>> = {
    workflow: t('workflow'),
    checkpoint: t('checkpoint'),
    VAE: t('VAE'),
    LoRAs: t('LoRAs'),
    steps: t('steps'),
    cfg: t('CFG'),
    sampler: t('sampler'),
    scheduler: t('scheduler'),
    negative: t('negative prompt'),
  };
  return differences
    .map(({ part, first, second }) => t('{0}: {1}, not {2}', parts[part] ?? part, first, second))
    .join('; ');
}
