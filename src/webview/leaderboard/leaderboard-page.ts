import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Outcome } from '../../extension/panels/messages/compare.ts';
import type {
  Board,
  BoardFilter,
  LeaderboardContent,
  LeaderboardMessages,
  LeaderboardWords,
} from '../../extension/panels/messages/leaderboard.ts';
import { describeError } from '../../extension/panels/messages/message-error.ts';
import { Newest } from '../../extension/panels/messages/newest.ts';
import { fieldStyles } from '../ui/fields.ts';
import { connectHost, editor, pageWords, reportFaults } from '../host.ts';
import { PageState } from '../page-end.ts';
import { fill } from '../ui/fill.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { button } from '../ui/toolkit.ts';
import { filterBar } from './filter-bar.ts';
import { headToHeadTable } from './head-to-head-table.ts';
import { boardStyles } from './board-styles.ts';
import { problemList } from './problem-list.ts';
import { standingsTable } from './standings-table.ts';
import { FIRST_STATE, readState, STATE_VERSION } from './state.ts';
import { tableStyles } from './table-styles.ts';

/** Dialogs ask a person, who may take their time. */
const PERSON = { timeoutMs: Infinity };
/** Milliseconds; a hundred thousand votes on a slow disk take a while. */
const READING = { timeoutMs: 120_000 };

/** The page of the leaderboard: what the votes of a folder say, and what to do with it. */
export class LeaderboardPage extends LitElement {
  static override readonly properties = {
    content: { state: true },
    message: { state: true },
    busy: { state: true },
  };

  static override readonly styles = [sharedStyles, fieldStyles, boardStyles, tableStyles];

  declare private content: LeaderboardContent | null;
  /** Said at the top, and read out. */
  declare private message: string;
  /** Something is being written or asked: buttons wait. */
  declare private busy: boolean;

  readonly #words = pageWords() as LeaderboardWords;
  readonly #newest = new Newest();
  readonly #stored = new PageState(editor, STATE_VERSION, FIRST_STATE, readState);
  readonly #host = connectHost<LeaderboardMessages>({
    requests: {},
    notices: {
      content: snapshot => this.#newest.take(snapshot, content => (this.content = content)),
    },
  });

  constructor() {
    super();
    this.content = null;
    this.message = '';
    this.busy = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    reportFaults(fault => this.#host.notify('fault', fault));
    this.#stored.set({ folder: this.#words.folder });
    void this.#load('ready', this.#stored.value.filter);
  }

  protected override render(): TemplateResult {
    const { content, message } = this;
    const words = this.#words;
    return html`
      <header>
        <h1>${words.title}</h1>
        ${content?.kind === 'board' && content.votes > 0 ? this.#actions() : nothing}
      </header>
      <p class="message" role="status" aria-live="polite">${message}</p>
      <main>${this.#main(content)}</main>
    `;
  }

  #main(content: LeaderboardContent | null): TemplateResult {
    const words = this.#words;
    if (content === null) {
      return html`<p class="centre" role="status">${this.message === '' ? words.loading : ''}</p>`;
    }
    if (content.kind === 'unreadable') {
      return html`<p class="centre" role="alert">${content.message}</p>`;
    }
    return html`
      ${content.votes === 0 ? this.#empty() : this.#board(content)}
      ${problemList(content, words, line => void this.#openLine(line))}
    `;
  }

  #actions(): TemplateResult {
    return html`<span class="actions">
      ${this.#compareButton('secondary')}
      ${button({
        label: this.#words.exportVotes,
        disabled: this.busy,
        onClick: () => void this.#do(() => this.#host.request('exportVotes', undefined, PERSON)),
      })}
    </span>`;
  }

  #compareButton(kind: 'primary' | 'secondary'): TemplateResult {
    return button({
      label: this.#words.compare,
      kind,
      onClick: () => void this.#try(() => this.#host.request('compare', undefined, PERSON)),
    });
  }

  #empty(): TemplateResult {
    const words = this.#words;
    return html`<div class="centre">
      <h2>${words.empty}</h2>
      <p>${words.emptyHint}</p>
      ${this.#compareButton('primary')}
    </div>`;
  }

  #board(board: Board): TemplateResult {
    const words = this.#words;
    return html`
      ${filterBar(board, words, filter => void this.#load('filter', filter))}
      ${
        board.rows.length === 0
          ? html`<p class="centre" role="status">${words.noMatch}</p>`
          : html`
              ${this.#verdict(board)}
              ${standingsTable({
                board,
                words,
                busy: this.busy,
                onDefault: ({ digest }) => void this.#makeDefault(digest),
              })}
              ${headToHeadTable(board, words)}
            `
      }
    `;
  }

  #verdict(board: Board): TemplateResult {
    const { verdict, best, rated, noneGood, skipped } = board;
    const words = this.#words;
    const counts = [
      rated === 1 ? words.ratedOne : fill(words.rated, rated),
      ...(noneGood > 0 ? [fill(words.noneGood, noneGood)] : []),
      ...(skipped > 0 ? [fill(words.skipped, skipped)] : []),
    ];
    return html`<section class=${best === null ? 'verdict' : 'verdict decided'}>
      <p role="status" aria-live="polite">${verdict}</p>
      ${
        best === null
          ? nothing
          : button({
              label: words.makeVerdictDefault,
              kind: 'primary',
              disabled: this.busy,
              onClick: () => void this.#makeDefault(best),
            })
      }
      <p class="hint">${counts.join(' · ')}</p>
    </section>`;
  }

  /** Asks what the votes say, by a filter that is remembered. */
  async #load(how: 'ready' | 'filter', filter: BoardFilter): Promise<void> {
    this.#stored.set({ filter });
    await this.#try(async () => {
      const snapshot = await this.#host.request(how, { filter }, READING);
      this.#newest.take(snapshot, content => (this.content = content));
    });
  }

  #makeDefault(digest: string): Promise<void> {
    return this.#do(() => this.#host.request('makeDefault', { digest }, PERSON));
  }

  #openLine(line: number): Promise<void> {
    return this.#try(() => this.#host.request('openLine', { line }, PERSON));
  }

  async #do(work: () => Promise<Outcome>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await this.#try(async () => {
      this.message = (await work()).message;
    });
    this.busy = false;
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.message = fill(this.#words.failed, describeError(error).message);
    }
  }
}
