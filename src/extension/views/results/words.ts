import { t } from '../../l10n.ts';
import type { ResultsWords } from '../../panels/messages/results.ts';

/** The Results view's words in the editor's language. */
export function resultsWords(): ResultsWords {
  return {
    search: t('Search by prompt'),
    searchHint: t('Search by prompt'),
    results: t('Results'),
    empty: t('Nothing was drawn yet.'),
    nothingFound: t('No prompt has “{0}”.'),
    generate: t('Generate Sprite…'),
    open: t('Open'),
    useAsInput: t('Use as Input…'),
    compare: t('Compare Models…'),
    keep: t('Keep'),
    letGo: t('Do Not Keep'),
    discard: t('Discard'),
    discarded: t('Discarded.'),
    undo: t('Undo'),
    placeholder: t('placeholder'),
    picture: t('{0}, {1} × {2} cells, seed {3}'),
    kept: t('kept'),
    loading: t('Loading…'),
    more: t('Show More'),
    failed: t('That did not work: {0}'),
  };
}
