import { t } from '../l10n.ts';

/** What stands for whoever drew a cell that a person has not voted on, see BLIND_CONTENDER. */
export function blindName(): string {
  return t('contender ?');
}
