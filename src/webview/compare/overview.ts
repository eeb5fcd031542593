import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type {
  CellState,
  Comparison,
  LiveCell,
  SetState,
} from '../../extension/panels/messages/compare.ts';
import type { CompareWords } from '../../extension/panels/messages/compare-words.ts';
import type { Backdrop } from '../stage/backdrop.ts';
import type { Ground } from '../stage/painter.ts';
import { fill } from '../ui/fill.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { button } from '../ui/toolkit.ts';
import { cellStateOf } from './cell-state.ts';
import { controlStyles } from './control-styles.ts';
import { sendWish } from './events.ts';
import type { FrameGrid } from './frames.ts';
import { overviewStyles, ROW_HEIGHT } from './overview-styles.ts';
import { Lru } from './lru.ts';
import type { PictureKind, PictureName, Pictures } from './pictures.ts';
import type { Previews } from './previews.ts';
import { type SmallPicture, smallPicture } from './small-picture.ts';
import { columnsOf, type Standing, standingOf, visibleRows } from './rows.ts';

/** CSS pixels of the columns at least. */
const ABOUT_WIDTH = 140;
const CELL_WIDTH = 108;
/** Bytes of small copies: some hundred. */
const MOST_THUMBS = 32 * 2 ** 20;

/**
 * All sets of a comparison, a row each; only the rows that are seen exist. Fires `open` with a set.
 */
export class Overview extends LitElement {
  static override readonly properties = {
    words: { attribute: false },
    comparison: { attribute: false },
    live: { attribute: false },
    kind: { attribute: false },
    backdrop: { attribute: false },
    frames: { attribute: false },
    at: { attribute: false },
    loaded: { attribute: false },
    range: { state: true },
  };

  static override readonly styles = [sharedStyles, controlStyles, overviewStyles];

  declare words: CompareWords;
  declare comparison: Comparison;
  declare live: ReadonlyMap<string, LiveCell>;
  declare kind: PictureKind;
  declare backdrop: Backdrop | Ground;
  declare frames: FrameGrid;
  /** The row that the keyboard is at. */
  declare at: number;
  /** Counts pictures that came. */
  declare loaded: number;
  declare private range: { from: number; to: number };

  pictures: Pictures | null = null;
  previews: Previews | null = null;
  readonly #thumbs = new Lru<SmallPicture>(MOST_THUMBS);
  #observer: ResizeObserver | null = null;
  #wantsFocus = false;

  constructor() {
    super();
    this.at = 0;
    this.loaded = 0;
    this.range = { from: 0, to: 0 };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new ResizeObserver(() => this.#measure());
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  /** Goes to a row and gives it the focus. */
  focusRow(row: number): void {
    this.at = row;
    this.#wantsFocus = true;
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const { words, comparison, range } = this;
    const { sets, contenders, names } = comparison;
    return html`<div
      class="table"
      role="grid"
      aria-label=${words.overview}
      aria-rowcount=${sets.length + 1}
      @scroll=${this.#measure}
      @keydown=${this.#onKey}
    >
      <div class="head" role="row" aria-rowindex="1" .style=${columnStyle(contenders)}>
        <span role="columnheader">${words.setColumn}</span>
        ${Array.from({ length: contenders }, (_, place) => {
          const name = names?.[place];
          return html`<span role="columnheader" class="name"
            ><span>${name ?? fill(words.placeColumn, place + 1)}</span> ${
              name === undefined
                ? nothing
                : button({
                    label: words.makeDefaultShort,
                    hint: fill(words.makeDefaultOf, name),
                    onClick: () => sendWish(this, { kind: 'makeDefault', contender: place }),
                  })
            }</span
          >`;
        })}
      </div>
      <div class="rows" role="rowgroup" .style=${`height:${sets.length * ROW_HEIGHT}px`}>
        ${repeat(
          sets.slice(range.from, range.to),
          (_, index) => range.from + index,
          (set, index) => this.#row(set, range.from + index),
        )}
      </div>
    </div>`;
  }

  #row(set: SetState, at: number): TemplateResult {
    const { words, comparison } = this;
    const prompt = comparison.prompts[set.prompt]?.prompt ?? '';
    const standing = standingOf(set);
    const said = this.#standing(standing, set);
    return html`<div
      class="row"
      role="row"
      aria-rowindex=${at + 2}
      aria-label=${[fill(words.setOf, at + 1, comparison.sets.length), prompt, fill(words.seed, set.seed), said].join(', ')}
      data-row=${at}
      tabindex=${at === this.at ? 0 : -1}
      .style=${`top:${at * ROW_HEIGHT}px;${columnStyle(comparison.contenders)}`}
      @focus=${() => (this.at = at)}
      @click=${() => this.#open(at)}
    >
      <span role="rowheader" class="about">
        <span class="prompt" title=${prompt}>${prompt}</span>
        <span class="marks"
          ><span class="faint">${fill(words.seed, set.seed)}</span>
          <span class="chip ${standing}">${said}</span></span
        >
        ${this.#setActions(set, at)}
      </span>
      ${columnsOf(comparison, set).map(({ cell, place }) => this.#cell(set, at, cell, place))}
    </div>`;
  }

  #standing(standing: Standing, set: SetState): string {
    const { words } = this;
    const says: Record<Standing, string> = {
      drawing: fill(words.ready, set.ready, set.cells.length),
      toVote: words.standingToVote,
      skipped: words.standingSkipped,
      voted: words.standingVoted,
      broken: words.standingBroken,
      shown: words.standingShown,
    };
    return says[standing];
  }

  /** Of a blind set as a whole: which cell a button belonged to would tell who draws it. */
  #setActions(set: SetState, at: number): TemplateResult | typeof nothing {
    const { words } = this;
    const blind = set.cells.every(({ open }) => open === null);
    if (!blind || (set.phase !== 'drawing' && set.phase !== 'broken')) return nothing;
    const kind = set.phase === 'drawing' ? 'cancel' : 'retry';
    return html`<span @click=${(event: Event) => event.stopPropagation()}
      >${button({
        label: kind === 'cancel' ? words.cancelSet : words.retrySet,
        onClick: () => sendWish(this, { kind, set: at, place: null }),
      })}</span
    >`;
  }

  #cell(set: SetState, at: number, cell: CellState, place: number): TemplateResult {
    const { words } = this;
    const best = set.best?.includes(place) === true;
    const name = cell.open?.name ?? fill(words.placeColumn, place + 1);
    return html`<span
      role="gridcell"
      class="cell ${best ? 'best' : ''}"
      aria-label=${best ? `${name}, ${words.best}` : name}
    >
      ${this.#picture(at, cell, place)}
      ${best ? html`<span class="star" aria-hidden="true">★</span>` : nothing}
    </span>`;
  }

  #picture(set: number, cell: CellState, place: number): TemplateResult | null {
    const { words, kind } = this;
    const address = { set, place };
    if (cell.pictures !== null) {
      const name = { ...address, pictures: cell.pictures };
      const loaded = this.#thumb(name, kind);
      if (loaded === null) return html`<span class="empty"></span>`;
      if ('error' in loaded) return html`<span class="empty" title=${loaded.error}>!</span>`;
      return html`<dgx-thumb .picture=${loaded} .backdrop=${this.backdrop}></dgx-thumb>`;
    }
    if (cell.open === null) return html`<span class="empty">?</span>`;
    const state = cellStateOf(this, words, {
      address,
      open: cell.open,
      live: this.live.get(`${set}/${place}`) ?? null,
      preview: this.previews?.of(address) ?? null,
    });
    return html`<span class="state" @click=${(event: Event) => event.stopPropagation()}
      >${state}</span
    >`;
  }

  /** Small copies are kept here: rows full of large pictures would push each other out of the cache. */
  #thumb(
    { set, place, pictures }: PictureName,
    kind: PictureKind,
  ): SmallPicture | { error: string } | null {
    const { columns, rows } = this.frames;
    const key = `${set}/${place}/${pictures}/${kind}/${columns}x${rows}`;
    const kept = this.#thumbs.get(key);
    if (kept !== undefined) return kept;
    const name = { set, place, pictures };
    const raw = kind === 'raw' ? this.pictures?.get(name, 'raw') : null;
    const loaded = raw === null ? this.pictures?.get(name, 'fixed') : raw;
    if (loaded == null) return null;
    if ('error' in loaded) return loaded;
    const small = smallPicture(loaded, this.frames);
    this.#thumbs.set(key, small, small.canvas.width * small.canvas.height * 4);
    return small;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('comparison')) {
      this.at = Math.min(this.at, Math.max(0, this.comparison.sets.length - 1));
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('comparison')) this.#measure();
    if (!this.#wantsFocus) return;
    const row = this.renderRoot.querySelector<HTMLElement>(`[data-row="${this.at}"]`);
    if (row === null) {
      const table = this.renderRoot.querySelector('.table');
      if (table !== null) table.scrollTop = Math.max(0, (this.at - 1) * ROW_HEIGHT);
      this.#measure();
      return;
    }
    this.#wantsFocus = false;
    row.focus();
    row.scrollIntoView({ block: 'nearest' });
  }

  readonly #measure = (): void => {
    const table = this.renderRoot.querySelector('.table');
    if (table === null) return;
    const { scrollTop, clientHeight } = table;
    const range = visibleRows(scrollTop, clientHeight, ROW_HEIGHT, this.comparison.sets.length);
    if (range.from === this.range.from && range.to === this.range.to) return;
    this.pictures?.forgetWaiting();
    this.range = range;
  };

  #open(row: number): void {
    this.at = row;
    this.dispatchEvent(new CustomEvent('open', { detail: row }));
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const [target] = event.composedPath();
    if (!(target instanceof HTMLElement) || !target.classList.contains('row')) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.comparison.sets.length - 1;
    const page = Math.max(1, Math.floor(this.clientHeight / ROW_HEIGHT) - 1);
    const rows: Record<string, number> = {
      ArrowUp: this.at - 1,
      ArrowDown: this.at + 1,
      PageUp: this.at - page,
      PageDown: this.at + page,
      Home: 0,
      End: last,
    };
    const row = Object.hasOwn(rows, event.key) ? rows[event.key] : undefined;
    if (event.key !== 'Enter' && row === undefined) return;
    event.preventDefault();
    if (row === undefined) this.#open(this.at);
    else this.focusRow(Math.min(last, Math.max(0, row)));
  };
}

/** The same columns in every row, which are not one grid. */
function columnStyle(contenders: number): string {
  const columns = `minmax(${ABOUT_WIDTH}px,1fr) repeat(${contenders},minmax(${CELL_WIDTH}px,1fr))`;
  const least = ABOUT_WIDTH + contenders * (CELL_WIDTH + 8) + 24;
  return `grid-template-columns:${columns};min-width:${least}px`;
}
