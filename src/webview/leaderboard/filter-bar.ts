import { html, nothing, type TemplateResult } from 'lit';
import {
  ALL_VOTES,
  type Board,
  type BoardChoice,
  type BoardFilter,
  type LeaderboardWords,
} from '../../extension/panels/messages/leaderboard.ts';
import { checkField, selectField } from '../ui/fields.ts';
import { fill } from '../ui/fill.ts';
import { button } from '../ui/toolkit.ts';
import { countsAll } from './state.ts';

/** Which votes count: a list for each thing that they can be told apart by, and the contenders. */
export function filterBar(
  board: Board,
  words: LeaderboardWords,
  onChange: (filter: BoardFilter) => void,
): TemplateResult {
  const { filter } = board;
  const select = (
    key: 'category' | 'size' | 'mode' | 'job',
    label: string,
    choices: readonly BoardChoice[],
  ): TemplateResult =>
    selectField({
      label,
      value: filter[key] ?? '',
      disabled: choices.length < 2 && filter[key] === null,
      choices: [
        ['', words.all],
        ...choices.map(
          choice => [choice.value, fill(words.choice, choice.label, choice.votes)] as const,
        ),
      ],
      onChange: value => onChange({ ...filter, [key]: value === '' ? null : value }),
    });
  return html`<section class="filters" role="search" aria-label=${words.filters}>
    <div class="selects">
      ${select('category', words.category, board.categories)}
      ${select('size', words.size, board.sizes)} ${select('mode', words.mode, board.modes)}
      ${select('job', words.job, board.jobs)}
    </div>
    ${contenderList(board, words, onChange)}
    ${
      countsAll(filter)
        ? nothing
        : button({ label: words.clear, onClick: () => onChange(ALL_VOTES) })
    }
  </section>`;
}

function contenderList(
  { filter, contenders }: Board,
  words: LeaderboardWords,
  onChange: (filter: BoardFilter) => void,
): TemplateResult {
  const left = contenders.length - filter.without.length;
  const summary =
    filter.without.length === 0
      ? words.contendersAll
      : fill(words.contendersSome, left, contenders.length);
  return html`<details class="contenders">
    <summary>${summary}</summary>
    <div class="checks" role="group" aria-label=${words.contenders}>
      ${contenders.map(({ value, label, votes }) =>
        checkField({
          label: fill(words.choice, label, votes),
          value: !filter.without.includes(value),
          onChange: counts =>
            onChange({
              ...filter,
              without: counts
                ? filter.without.filter(each => each !== value)
                : [...filter.without, value],
            }),
        }),
      )}
    </div>
  </details>`;
}
