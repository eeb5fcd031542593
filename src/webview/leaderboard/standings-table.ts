import { html, nothing, svg, type TemplateResult } from 'lit';
import type {
  Board,
  BoardRow,
  LeaderboardWords,
} from '../../extension/panels/messages/leaderboard.ts';
import { fill } from '../ui/fill.ts';
import { button } from '../ui/toolkit.ts';
import { percentOf, type Scale, scaleOf, timesText } from './scale.ts';

/** CSS pixels that an interval is high, and its end marks. */
const HEIGHT = 28;
const CAP = 5;

export interface StandingsOptions {
  board: Board;
  words: LeaderboardWords;
  /** Something is being written or asked: buttons wait. */
  busy: boolean;
  onDefault: (row: BoardRow) => void;
}

/** The contenders by falling strength, with intervals on one scale. Roles are named, since a narrow page lays rows out as blocks. */
export function standingsTable({
  board,
  words,
  busy,
  onDefault,
}: StandingsOptions): TemplateResult {
  const { rows } = board;
  const scale = scaleOf(rows);
  const head = (label: string, kind = '') =>
    html`<th role="columnheader" scope="col" class=${kind}>${label}</th>`;
  return html`<section aria-labelledby="standings">
    <h2 id="standings">${words.standings}</h2>
    <p class="hint" id="standings-hint">${words.standingsHint}</p>
    <table
      class="standings"
      role="table"
      aria-labelledby="standings"
      aria-describedby="standings-hint"
    >
      <thead role="rowgroup">
        <tr role="row">
          ${head(words.rank, 'rank')} ${head(words.contender)} ${head(words.strength, 'number')}
          <th role="columnheader" scope="col" class="chart">
            <span class="hidden">${words.interval}</span>
            ${axis(scale)}
          </th>
          ${head(words.picked, 'number')} ${head(words.tied, 'number')}
          ${head(words.shown, 'number')}
          <th role="columnheader" scope="col"><span class="hidden">${words.makeDefault}</span></th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(
          (row, place) =>
            html`<tr role="row" class=${row.digest === board.best ? 'best' : ''}>
              <td role="cell" class="rank">${place + 1}</td>
              <th role="rowheader" scope="row" class="name">
                <span title=${row.about}>${row.label}</span>
                ${row.digest === board.best ? html`<span class="tag">${words.best}</span>` : nothing}
                ${row.difference === '' ? nothing : html`<span class="difference">${row.difference}</span>`}
              </th>
              <td role="cell" class="number strength">
                ${fill(words.times, timesText(row.strength))}
              </td>
              <td role="cell" class="chart">${interval(row, scale, rows[0] ?? row, words)}</td>
              ${count(words.picked, row.picks)} ${count(words.tied, row.ties)}
              ${count(words.shown, row.appearances)}
              <td role="cell" class="act">
                ${button({
                  label: words.makeDefault,
                  name: fill(words.makeDefaultOf, row.label),
                  hint: row.about,
                  disabled: busy,
                  onClick: () => onDefault(row),
                })}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function count(label: string, value: number): TemplateResult {
  return html`<td role="cell" class="number count" data-label=${label}>${value}</td>`;
}

/** The scale's marks: half, once, twice the average. */
function axis(scale: Scale): TemplateResult {
  return html`<svg class="axis" height="18" aria-hidden="true" focusable="false">
    ${scale.ticks.map(({ strength, label }) => {
      const x = `${percentOf(scale, strength)}%`;
      return svg`<text x=${x} y="11" text-anchor="middle">${label}</text>
        <line x1=${x} x2=${x} y1="14" y2="18" />`;
    })}
  </svg>`;
}

/** One interval, over that of the strongest and the line of the average. */
function interval(
  { strength, low, high, digest }: BoardRow,
  scale: Scale,
  strongest: BoardRow,
  words: LeaderboardWords,
): TemplateResult {
  const at = (value: number): number => percentOf(scale, value);
  const middle = HEIGHT / 2;
  const spoken = fill(words.drawn, timesText(strength), timesText(low), timesText(high));
  const [from, to] = [`${at(low)}%`, `${at(high)}%`];
  const band = at(strongest.high) - at(strongest.low);
  return html`<svg
    class=${digest === strongest.digest ? 'interval first' : 'interval'}
    height=${HEIGHT}
    role="img"
    aria-label=${spoken}
  >
    <title>${spoken}</title>
    ${svg`
      <rect class="band" x="${at(strongest.low)}%" width="${band}%" y="0" height=${HEIGHT} />
      <line class="average" x1="${at(0)}%" x2="${at(0)}%" y1="0" y2=${HEIGHT} />
      <line class="reach" x1=${from} x2=${to} y1=${middle} y2=${middle} />
      <line class="reach" x1=${from} x2=${from} y1=${middle - CAP} y2=${middle + CAP} />
      <line class="reach" x1=${to} x2=${to} y1=${middle - CAP} y2=${middle + CAP} />
      <circle cx="${at(strength)}%" cy=${middle} r="4" />
    `}
  </svg>`;
}
