import { html, type TemplateResult } from 'lit';
import type {
  Board,
  BoardRow,
  LeaderboardWords,
} from '../../extension/panels/messages/leaderboard.ts';
import { fill } from '../ui/fill.ts';
import { type Meeting, meeting } from './meeting.ts';

/** Everybody against everybody: a row for each contender, columns under their ranks. */
export function headToHeadTable(board: Board, words: LeaderboardWords): TemplateResult {
  const { rows, pairs } = board;
  return html`<section aria-labelledby="pairs">
    <h2 id="pairs">${words.headToHead}</h2>
    <p class="hint">${words.headToHeadHint}</p>
    <div class="scroller" tabindex="0" role="region" aria-labelledby="pairs">
      <table class="pairs">
        <thead>
          <tr>
            <th scope="col"><span class="hidden">${words.contender}</span></th>
            ${rows.map(
              ({ label }, place) =>
                html`<th scope="col" title=${label}>
                  <span aria-hidden="true">${place + 1}</span><span class="hidden">${label}</span>
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row, place) =>
              html`<tr>
                <th scope="row"><span class="rank">${place + 1}</span> ${row.label}</th>
                ${rows.map(column => cell(row, column, meeting(pairs, row.digest, column.digest), words))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function cell(
  row: BoardRow,
  column: BoardRow,
  met: Meeting | null,
  words: LeaderboardWords,
): TemplateResult {
  if (row === column) return html`<td class="self"></td>`;
  if (met === null) {
    const spoken = fill(words.pairNever, row.label, column.label);
    return html`<td title=${spoken}>
      <span aria-hidden="true">–</span><span class="hidden">${spoken}</span>
    </td>`;
  }
  const { better, worse, tied, neither } = met;
  const spoken = fill(words.pairSpoken, row.label, column.label, better, worse, tied, neither);
  return html`<td class=${better > worse ? 'ahead' : ''} title=${spoken}>
    <span aria-hidden="true"
      >${fill(words.pair, better, worse)} ${tied === 0 ? '' : fill(words.pairTied, tied)}</span
    ><span class="hidden">${spoken}</span>
  </td>`;
}
