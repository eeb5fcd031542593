import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { describeError } from '../../extension/panels/messages/message-error.ts';
import { LatestOnly, Newest } from '../../extension/panels/messages/newest.ts';
import type {
  ItemAction,
  ResultItem,
  ResultsMessages,
  ResultsState,
  ResultsWords,
} from '../../extension/panels/messages/results.ts';
import { connectHost, editor, pageWords, reportFaults } from '../host.ts';
import { PageState } from '../page-end.ts';
import { fill } from '../ui/fill.ts';
import { ICONS } from '../ui/icons.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { button, textField } from '../ui/toolkit.ts';
import { FreshPictures } from './fresh-pictures.ts';
import { appendPage, gridStep, insertDrawn, refreshPage, type Shown, wholeZoom } from './merge.ts';
import { FIRST_STATE, readState, STATE_VERSION } from './state.ts';
import { resultsStyles } from './styles.ts';

/** Milliseconds without a keystroke after which is searched. */
const TYPING_MS = 250;
/** Commands ask a person, who may take their time. */
const PERSON = { timeoutMs: Infinity };

/** The page of the Results view: a search and a grid of pictures, the newest first, older ones as it is scrolled. */
export class ResultsList extends LitElement {
  static override readonly properties = {
    status: { state: true },
    shown: { state: true },
    at: { state: true },
    message: { state: true },
    undoable: { state: true },
    busy: { state: true },
  };

  static override readonly styles = [sharedStyles, resultsStyles];

  declare private status: ResultsState | null;
  declare private shown: Shown | null;
  /** The picture that the keyboard is at. */
  declare private at: number;
  declare private message: string;
  declare private undoable: ResultItem | null;
  declare private busy: boolean;

  readonly #words = pageWords() as ResultsWords;
  readonly #newest = new Newest();
  readonly #searching = new LatestOnly();
  readonly #stored = new PageState(editor, STATE_VERSION, FIRST_STATE, readState);
  readonly #fresh = new FreshPictures();
  #typing = 0;
  readonly #host = connectHost<ResultsMessages>({
    requests: {},
    notices: {
      state: snapshot => {
        this.#newest.take(snapshot, state => this.#take(state));
      },
      changed: () => void this.#search(true),
      drawn: ({ item, png }) => this.#showDrawn(item, png),
    },
  });

  constructor() {
    super();
    this.status = null;
    this.shown = null;
    this.at = 0;
    this.message = '';
    this.undoable = null;
    this.busy = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    reportFaults(fault => this.#host.notify('fault', fault));
    void this.#try(async () => {
      const snapshot = await this.#host.request('ready');
      this.#newest.take(snapshot, state => this.#take(state));
    });
  }

  protected override render(): TemplateResult {
    const words = this.#words;
    return html`
      <search>
        ${textField({
          label: words.search,
          placeholder: words.searchHint,
          value: this.#stored.value.words,
          onInput: typed => this.#type(typed),
        })}
      </search>
      ${this.#note()} ${this.#grid()}
      <footer>
        <span role="status" aria-live="polite">${this.message}</span>
        ${
          this.undoable === null
            ? nothing
            : button({ label: words.undo, onClick: () => this.#undo() })
        }
      </footer>
    `;
  }

  #note(): TemplateResult | typeof nothing {
    const words = this.#words;
    const { status, shown } = this;
    if (status === null || (status.connected && shown === null)) {
      return html`<p class="note" role="status">${words.loading}</p>`;
    }
    const items = shown?.items ?? [];
    if (status.note !== null && items.length === 0) {
      return html`<div class="note" role="status">${status.note} ${this.#generate()}</div>`;
    }
    if (status.note !== null) return html`<p class="note" role="status">${status.note}</p>`;
    if (items.length > 0) return nothing;
    const typed = this.#stored.value.words.trim();
    return typed === ''
      ? html`<div class="note" role="status">${words.empty} ${this.#generate()}</div>`
      : html`<p class="note" role="status">${fill(words.nothingFound, typed)}</p>`;
  }

  #generate(): TemplateResult {
    return button({
      label: this.#words.generate,
      kind: 'primary',
      onClick: () => void this.#try(() => this.#host.request('generate', undefined, PERSON)),
    });
  }

  #grid(): TemplateResult | typeof nothing {
    const { shown } = this;
    if (shown === null || shown.items.length === 0) return nothing;
    const words = this.#words;
    return html`<ul aria-label=${words.results} @keydown=${this.#onKey} @scroll=${this.#onScroll}>
      ${repeat(
        shown.items,
        ({ key }) => key,
        (item, place) => this.#card(item, place),
      )}
      ${
        shown.more
          ? html`<li class="last">
              ${button({
                label: this.busy ? words.loading : words.more,
                disabled: this.busy,
                onClick: () => void this.#more(),
              })}
            </li>`
          : nothing
      }
    </ul>`;
  }

  #card(item: ResultItem, place: number): TemplateResult {
    const words = this.#words;
    const { prompt, width, height, seed, placeholder, kept } = item;
    const image = this.#fresh.urlOf(item.key) ?? item.image;
    const name = [
      fill(words.picture, prompt, width, height, seed),
      ...(placeholder ? [words.placeholder] : []),
      ...(kept ? [words.kept] : []),
    ].join(', ');
    const current = place === this.at;
    return html`<li @focusin=${() => (this.at = place)}>
      <button
        class="card"
        aria-label=${name}
        title=${name}
        tabindex=${current ? 0 : -1}
        @click=${() => this.#act('open', item)}
      >
        <span class="picture"
          >${
            image === null
              ? nothing
              : html`<img
                  src=${image}
                  alt=""
                  loading="lazy"
                  width=${width * wholeZoom(width, height)}
                  height=${height * wholeZoom(width, height)}
                />`
          }</span
        >
        <span class="caption">${prompt}</span>
        <span class="caption faint"
          >${width} × ${height}${placeholder ? ` · ${words.placeholder}` : nothing}</span
        >
      </button>
      ${kept ? html`<span class="marks">${ICONS.kept}</span>` : nothing}
      ${item.blind === true ? nothing : this.#actions(item)}
    </li>`;
  }

  #actions(item: ResultItem): TemplateResult {
    const words = this.#words;
    const { kept } = item;
    return html`<span class="actions">
      ${button({
        label: kept ? words.letGo : words.keep,
        icon: kept ? ICONS.kept : ICONS.keep,
        onClick: () => this.#act(kept ? 'letGo' : 'keep', item),
      })}
      ${button({
        label: words.useAsInput,
        icon: ICONS.input,
        onClick: () => this.#act('useAsInput', item),
      })}
      ${button({
        label: words.compare,
        icon: ICONS.compare,
        onClick: () => this.#act('compare', item),
      })}
      ${button({
        label: words.discard,
        icon: ICONS.discard,
        onClick: () => this.#act('discard', item),
      })}
    </span>`;
  }

  #take(state: ResultsState): void {
    const came = state.connected && this.status?.connected !== true;
    this.status = state;
    if (came) void this.#search();
  }

  /** While something is searched for, the search alone says what is shown. */
  #showDrawn(item: ResultItem, png: Uint8Array): void {
    const { shown } = this;
    if (shown === null || this.#stored.value.words.trim() !== '') return;
    this.#fresh.add(item.key, png);
    this.shown = insertDrawn(shown, item);
  }

  #type(typed: string): void {
    this.#stored.set({ words: typed });
    this.message = '';
    this.undoable = null;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#search(), TYPING_MS);
  }

  /** @param again the same words: what was loaded of older pictures stays */
  async #search(again = false): Promise<void> {
    if (this.status?.connected !== true) return;
    const { words } = this.#stored.value;
    await this.#try(() =>
      this.#searching.run(
        signal => this.#host.request('search', { words }, { signal }),
        page => {
          this.shown = again ? refreshPage(this.shown, page) : page;
          this.at = Math.min(this.at, Math.max(0, page.items.length - 1));
        },
      ),
    );
  }

  async #more(): Promise<void> {
    const { shown } = this;
    if (shown === null || !shown.more || this.busy) return;
    this.busy = true;
    await this.#try(async () => {
      const page = await this.#host.request('more', { search: shown.search });
      if (this.shown?.search === page.search) this.shown = appendPage(this.shown, page);
    });
    this.busy = false;
  }

  #act(action: ItemAction, item: ResultItem): void {
    void this.#try(async () => {
      await this.#host.request('act', { action, item }, PERSON);
      this.message = '';
      if (action === 'keep' || action === 'letGo') {
        this.#replace(item.key, { ...item, kept: action === 'keep' });
      } else if (action === 'discard') {
        this.#replace(item.key, null);
        this.message = this.#words.discarded;
        this.undoable = item;
      }
    });
  }

  #undo(): void {
    const item = this.undoable;
    this.undoable = null;
    if (item !== null) this.#act('restore', item);
  }

  #replace(key: string, item: ResultItem | null): void {
    const { shown } = this;
    if (shown === null) return;
    const items = shown.items.flatMap(each => (each.key === key ? (item ?? []) : each));
    this.shown = { ...shown, items };
    this.at = Math.min(this.at, Math.max(0, items.length - 1));
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { code, message: reason } = describeError(error);
      // A newer search or load took its place, and says what there is to say.
      if (code === 'superseded' || code === 'cancelled') return;
      this.message = fill(this.#words.failed, reason);
    }
  }

  readonly #onScroll = (event: Event): void => {
    const list = event.currentTarget as HTMLElement;
    if (list.scrollTop + list.clientHeight > list.scrollHeight - 200) void this.#more();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || !event.target.classList.contains('card')) return;
    const list = event.currentTarget as HTMLElement;
    const cards = [...list.querySelectorAll<HTMLElement>('.card')];
    if (event.key === 'Delete') {
      const item = this.shown?.items[this.at];
      if (item !== undefined) this.#act('discard', item);
      return;
    }
    const columns = getComputedStyle(list).gridTemplateColumns.split(' ').length;
    const next = gridStep(event.key, this.at, cards.length, columns);
    if (next === null) return;
    event.preventDefault();
    this.at = next;
    cards[next]?.focus();
  };
}
