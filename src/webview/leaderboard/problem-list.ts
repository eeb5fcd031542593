import { html, nothing, type TemplateResult } from 'lit';
import type { Board, LeaderboardWords } from '../../extension/panels/messages/leaderboard.ts';
import { fill } from '../ui/fill.ts';
import { button } from '../ui/toolkit.ts';

/** Lines of the votes file that are left out, each with why and a way to it; nothing when all of them count. */
export function problemList(
  { problems, problemCount }: Board,
  words: LeaderboardWords,
  onOpen: (line: number) => void,
): TemplateResult | typeof nothing {
  if (problemCount === 0) return nothing;
  const more = problemCount - problems.length;
  return html`<details class="problems" open>
    <summary>
      ${problemCount === 1 ? words.problemsOne : fill(words.problems, problemCount)}
    </summary>
    <ul>
      ${problems.map(
        ({ line, reason }) =>
          html`<li>
            <span>${fill(words.problemLine, line, reason)}</span>
            ${button({
              label: words.problemOpen,
              name: fill(words.problemOpenLine, line),
              onClick: () => onOpen(line),
            })}
          </li>`,
      )}
      ${more > 0 ? html`<li>${fill(words.moreProblems, more)}</li>` : nothing}
    </ul>
  </details>`;
}
