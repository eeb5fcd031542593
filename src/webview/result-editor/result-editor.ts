import { html, LitElement, type TemplateResult } from 'lit';
import { Newest } from '../../extension/panels/messages/newest.ts';
import type {
  Picture,
  ResultAction,
  ResultContent,
  ResultEditorMessages,
  ResultEditorWords,
} from '../../extension/panels/messages/result-editor.ts';
import { connectHost, editor, pageWords, reportFaults } from '../host.ts';
import { PageState } from '../page-end.ts';
import { fill } from '../ui/fill.ts';
import { ICONS } from '../ui/icons.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { button } from '../ui/toolkit.ts';
import { colorAt, hexOf, rgbaOf } from '../stage/color.ts';
import { BACKDROPS, type Backdrop } from '../stage/backdrop.ts';
import type { PictureView } from './picture-view.ts';
import { FIRST_STATE, readState, STATE_VERSION } from './state.ts';
import type { Point, View } from '../stage/viewport.ts';
import { editorStyles } from './editor-styles.ts';

/** Commands ask a person, who may take their time. */
const PERSON = { timeoutMs: Infinity };

/** The page of the result editor: tools, the picture, its recipe, and a status line. */
export class ResultEditor extends LitElement {
  static override readonly properties = {
    content: { state: true },
    view: { state: true },
    cell: { state: true },
    backdrop: { state: true },
    grid: { state: true },
    message: { state: true },
  };

  static override readonly styles = [sharedStyles, editorStyles];

  declare private content: ResultContent | null;
  declare private view: View | null;
  declare private cell: Point | null;
  declare private backdrop: Backdrop;
  declare private grid: boolean;
  /** Said at the status line's end, and read out. */
  declare private message: string;

  readonly #words = pageWords() as ResultEditorWords;
  readonly #newest = new Newest();
  readonly #stored = new PageState(editor, STATE_VERSION, FIRST_STATE, readState);
  readonly #host = connectHost<ResultEditorMessages>({
    requests: {},
    notices: {
      content: snapshot => {
        this.#newest.take(snapshot, content => this.#show(content));
      },
    },
  });

  constructor() {
    super();
    const { view, backdrop, grid } = this.#stored.value;
    this.content = null;
    this.view = view;
    this.cell = null;
    this.backdrop = backdrop;
    this.grid = grid;
    this.message = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#onKey);
    reportFaults(fault => this.#host.notify('fault', fault));
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#onKey);
  }

  protected override render(): TemplateResult {
    const { content } = this;
    const words = this.#words;
    if (content === null) {
      return this.message === ''
        ? html`<div class="centre"><p role="status">${words.loading}</p></div>`
        : html`<div class="centre"><p role="alert">${this.message}</p></div>`;
    }
    if (content.kind === 'unreadable') {
      return html`<div class="centre"><p role="alert">${content.message}</p></div>`;
    }
    const { picture, recipe, note } = content;
    return html`
      ${this.#toolbar()}
      <dgx-picture
        .picture=${picture}
        .words=${words}
        .view=${this.view}
        .backdrop=${this.backdrop}
        .grid=${this.grid}
        @view=${(event: CustomEvent<View>) => this.#remember({ view: event.detail })}
        @cell=${(event: CustomEvent<Point | null>) => (this.cell = event.detail)}
      ></dgx-picture>
      <dgx-recipe
        .recipe=${recipe}
        .note=${note}
        .words=${words}
        @copy=${(event: CustomEvent<string>) => void this.#copy(event.detail)}
        @act=${(event: CustomEvent<ResultAction>) =>
          void this.#try(this.#host.request('act', { action: event.detail }, PERSON))}
      ></dgx-recipe>
      ${this.#statusLine(picture)}
    `;
  }

  #toolbar(): TemplateResult {
    const words = this.#words;
    const zoom = this.view?.zoom ?? 1;
    const backdrops: Record<Backdrop, [label: string, icon: TemplateResult]> = {
      checker: [words.backdropChecker, ICONS.backdropChecker],
      editor: [words.backdropEditor, ICONS.backdropEditor],
      dark: [words.backdropDark, ICONS.backdropDark],
      light: [words.backdropLight, ICONS.backdropLight],
    };
    return html`<nav role="toolbar" aria-label=${words.toolbar}>
      ${button({
        label: words.zoomOut,
        icon: ICONS.zoomOut,
        disabled: zoom <= 1,
        onClick: () => this.#picture?.zoomBy(-1),
      })}
      <span class="zoom">${fill(words.zoom, zoom)}</span>
      ${button({
        label: words.zoomIn,
        icon: ICONS.zoomIn,
        disabled: zoom >= 64,
        onClick: () => this.#picture?.zoomBy(1),
      })}
      ${button({ label: words.fit, icon: ICONS.fit, onClick: () => this.#picture?.fit() })}
      ${button({
        label: words.grid,
        icon: ICONS.grid,
        pressed: this.grid,
        onClick: () => this.#remember({ grid: !this.grid }),
      })}
      <span class="gap"></span>
      <span class="group" role="group" aria-label=${words.backdrop}>
        ${BACKDROPS.map(backdrop =>
          button({
            label: backdrops[backdrop][0],
            icon: backdrops[backdrop][1],
            pressed: backdrop === this.backdrop,
            onClick: () => this.#remember({ backdrop }),
          }),
        )}
      </span>
    </nav>`;
  }

  #statusLine(picture: Picture): TemplateResult {
    const words = this.#words;
    const { cell } = this;
    const { width, height, pixels, colors } = picture;
    const color = cell && colorAt(pixels, width, cell.x, cell.y);
    const hex = color && hexOf(color);
    return html`<footer>
      <span role="status" aria-live="polite">
        ${
          cell === null || color === null || hex === null
            ? words.outside
            : color[3] === 0
              ? `${fill(words.cell, cell.x, cell.y)} · ${words.transparent}`
              : html`<span class="swatch" .style=${`background:${rgbaOf(color)}`}></span>${fill(
                    words.cell,
                    cell.x,
                    cell.y,
                  )}
                  · ${hex} · ${rgbaOf(color)}`
        }
      </span>
      <span role="status" aria-live="polite">${this.message}</span>
      <span class="right">${fill(words.size, width, height)} · ${fill(words.colors, colors)}</span>
    </footer>`;
  }

  get #picture(): PictureView | null {
    return this.renderRoot.querySelector<PictureView>('dgx-picture');
  }

  async #load(): Promise<void> {
    try {
      const snapshot = await this.#host.request('ready');
      this.#newest.take(snapshot, content => this.#show(content));
    } catch (error) {
      this.#say(error);
    }
  }

  #show(content: ResultContent): void {
    this.content = content;
    this.message = '';
    if (content.kind === 'unreadable') this.cell = null;
  }

  #remember(change: { view?: View; backdrop?: Backdrop; grid?: boolean }): void {
    Object.assign(this, change);
    this.#stored.set(change);
  }

  async #copy(text: string): Promise<void> {
    await this.#try(this.#host.request('copy', { text }), fill(this.#words.copied, text));
  }

  async #try(work: Promise<unknown>, done = ''): Promise<void> {
    try {
      await work;
      this.message = done;
    } catch (error) {
      this.#say(error);
    }
  }

  #say(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.message = fill(this.#words.failed, reason);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || this.#picture === null) return;
    const keys: Record<string, () => void> = {
      '+': () => this.#picture?.zoomBy(1),
      '=': () => this.#picture?.zoomBy(1),
      '-': () => this.#picture?.zoomBy(-1),
      '0': () => this.#picture?.fit(),
      '1': () => this.#picture?.zoomTo(1),
      g: () => this.#remember({ grid: !this.grid }),
      b: () => {
        const next = (BACKDROPS.indexOf(this.backdrop) + 1) % BACKDROPS.length;
        this.#remember({ backdrop: BACKDROPS[next] ?? 'checker' });
      },
      c: () => this.#copyColor(),
    };
    const action = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (action === undefined) return;
    event.preventDefault();
    action();
  };

  #copyColor(): void {
    const { content, cell } = this;
    if (content?.kind !== 'picture' || cell === null) return;
    const { pixels, width } = content.picture;
    void this.#copy(hexOf(colorAt(pixels, width, cell.x, cell.y)));
  }
}
