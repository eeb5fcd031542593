import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type {
  FixContent,
  FixMessages,
  FixPicture,
  FixRemedy,
  FixWords,
  WriteAnswer,
} from '../../extension/panels/messages/fix.ts';
import { Newest } from '../../extension/panels/messages/newest.ts';
import { connectHost, editor, pageWords, reportFaults } from '../host.ts';
import { PageState } from '../page-end.ts';
import { type Rgba, rgbaOf } from '../stage/color.ts';
import type { Point, View } from '../stage/viewport.ts';
import { fill } from '../ui/fill.ts';
import { ICONS } from '../ui/icons.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { button } from '../ui/toolkit.ts';
import { colorText, compareCell } from './cell-line.ts';
import { coloursOf } from './colours.ts';
import type { CompareView } from './compare-view.ts';
import { fixStyles } from './fix-styles.ts';
import { Fixer, type WorkerLike } from './fixer.ts';
import { FIRST_FORM, type FixForm, problemsOf, settingsOf } from './form.ts';
import { FIRST_STATE, readState, STATE_VERSION } from './state.ts';
import type { Fixed } from './worker-messages.ts';

/** Dialogs ask a person, who may take their time. */
const PERSON = { timeoutMs: Infinity };

/** The page of Fix Pixels…: original and result, the settings, what was found, and what to do with it. */
export class FixPage extends LitElement {
  static override readonly properties = {
    content: { state: true },
    form: { state: true },
    fixed: { state: true },
    view: { state: true },
    grid: { state: true },
    cell: { state: true },
    busy: { state: true },
    writing: { state: true },
    fault: { state: true },
    message: { state: true },
    canRestore: { state: true },
  };

  static override readonly styles = [sharedStyles, fixStyles];

  declare private content: FixContent | null;
  declare private form: FixForm;
  declare private fixed: Fixed | null;
  declare private view: View | null;
  declare private grid: boolean;
  declare private cell: Point | null;
  declare private busy: boolean;
  /** Something is being written or asked: buttons wait. */
  declare private writing: boolean;
  /** Why these settings give no result; empty when they do. */
  declare private fault: string;
  /** Said in the status line, and read out. */
  declare private message: string;
  declare private canRestore: boolean;

  readonly #words = pageWords() as FixWords;
  readonly #newest = new Newest();
  readonly #stored = new PageState(editor, STATE_VERSION, FIRST_STATE, readState);
  #fixer: Fixer | null = null;
  readonly #host = connectHost<FixMessages>({
    requests: {},
    notices: {
      content: snapshot => {
        this.#newest.take(snapshot, content => this.#show(content));
      },
    },
  });

  constructor() {
    super();
    const { form, view, grid } = this.#stored.value;
    this.content = null;
    this.form = form;
    this.fixed = null;
    this.view = view;
    this.grid = grid;
    this.cell = null;
    this.busy = false;
    this.writing = false;
    this.fault = '';
    this.message = '';
    this.canRestore = false;
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
    this.#fixer?.end();
  }

  protected override render(): TemplateResult {
    const { content } = this;
    const words = this.#words;
    if (content === null) {
      return this.message === ''
        ? html`<div class="centre"><p role="status">${words.loading}</p></div>`
        : html`<div class="centre"><p role="alert">${this.message}</p></div>`;
    }
    if (content.kind === 'unreadable') return this.#unreadable(content.message, content.remedy);
    const { picture, notes } = content;
    return html`
      ${this.#toolbar()}
      <dgx-compare
        .original=${picture}
        .fixed=${this.fixed}
        .words=${words}
        .view=${this.view}
        .grid=${this.grid}
        @view=${(event: CustomEvent<View>) => this.#remember({ view: event.detail })}
        @cell=${(event: CustomEvent<Point | null>) => (this.cell = event.detail)}
      ></dgx-compare>
      <aside aria-label=${words.settings} tabindex="-1">
        ${
          notes.length === 0
            ? nothing
            : html`<ul class="notes" role="status">
                ${notes.map(note => html`<li>${note}</li>`)}
              </ul>`
        }
        ${this.fault === '' ? nothing : html`<p class="fault" role="alert">${this.fault}</p>`}
        ${
          this.fixed === null
            ? nothing
            : html`<dgx-fix-report .fixed=${this.fixed} .words=${words}></dgx-fix-report>`
        }
        <dgx-fix-controls
          .form=${this.form}
          .words=${words}
          @form=${(event: CustomEvent<Partial<FixForm>>) => this.#change(event.detail)}
          @pick=${() => void this.#pickPalette()}
          @reset=${() => this.#change(FIRST_FORM)}
        ></dgx-fix-controls>
      </aside>
      ${this.#statusLine(picture)}
    `;
  }

  #unreadable(message: string, remedy: FixRemedy): TemplateResult {
    const words = this.#words;
    const labels: Record<FixRemedy, string> = {
      preview: words.remedyPreview,
      retry: words.remedyRetry,
      restore: words.remedyRestore,
    };
    return html`<div class="centre">
      <p role="alert">${message}</p>
      ${button({
        label: labels[remedy],
        kind: 'primary',
        onClick: () => void this.#try(this.#host.request('remedy', { remedy }, PERSON)),
      })}
    </div>`;
  }

  #toolbar(): TemplateResult {
    const words = this.#words;
    const zoom = this.view?.zoom ?? 1;
    const ready = this.fixed !== null && this.fault === '' && !this.busy && !this.writing;
    return html`<nav role="toolbar" aria-label=${words.toolbar}>
      ${button({
        label: words.zoomOut,
        icon: ICONS.zoomOut,
        disabled: zoom <= 1,
        onClick: () => this.#compare?.zoomBy(-1),
      })}
      <span class="zoom">${fill(words.zoom, zoom)}</span>
      ${button({
        label: words.zoomIn,
        icon: ICONS.zoomIn,
        disabled: zoom >= 64,
        onClick: () => this.#compare?.zoomBy(1),
      })}
      ${button({ label: words.fit, icon: ICONS.fit, onClick: () => this.#compare?.fit() })}
      ${button({
        label: words.grid,
        icon: ICONS.grid,
        pressed: this.grid,
        onClick: () => this.#remember({ grid: !this.grid }),
      })}
      <span class="actions">
        ${button({
          label: words.openExternal,
          onClick: () => void this.#try(this.#host.request('openExternal', undefined, PERSON)),
        })}
        ${button({
          label: words.restore,
          hint: words.restoreHint,
          disabled: !this.canRestore || this.writing,
          onClick: () => void this.#write(() => this.#host.request('restore', undefined, PERSON)),
        })}
        ${button({
          label: words.saveAs,
          disabled: !ready,
          onClick: () =>
            void this.#write(() => this.#host.request('saveAs', this.#sprite(), PERSON)),
        })}
        ${button({
          label: words.apply,
          kind: 'primary',
          disabled: !ready,
          onClick: () =>
            void this.#write(() => this.#host.request('apply', this.#sprite(), PERSON)),
        })}
      </span>
    </nav>`;
  }

  #statusLine(picture: FixPicture): TemplateResult {
    const words = this.#words;
    const { fixed } = this;
    const state = this.busy
      ? words.fixing
      : fixed === null
        ? ''
        : fill(words.fixed, fixed.width, fixed.height, coloursOf(fixed.pixels).length);
    return html`<footer>
      <span role="status" aria-live="polite">${this.#cellText(picture)}</span>
      <span role="status" aria-live="polite">${this.message}</span>
      <span class="right" role="status" aria-live="polite">${state}</span>
    </footer>`;
  }

  #cellText(picture: FixPicture): TemplateResult | string {
    const words = this.#words;
    const { cell, fixed } = this;
    if (cell === null || fixed === null) return words.outside;
    const { original, result } = compareCell(picture, fixed, cell);
    const shown = (color: Rgba | null): TemplateResult | string =>
      color === null
        ? words.beside
        : html`<span class="swatch" .style=${`background:${rgbaOf(color)}`}></span>
            <span>${colorText(color, words.transparent)}</span>`;
    return html`<span class="cells"
      ><span>${fill(words.cell, cell.x, cell.y)}</span> · ${shown(original)}
      <span>→</span> ${shown(result)}</span
    >`;
  }

  get #compare(): CompareView | null {
    return this.renderRoot.querySelector<CompareView>('dgx-compare');
  }

  async #load(): Promise<void> {
    try {
      const [snapshot, script] = await Promise.all([
        this.#host.request('ready'),
        this.#host.request('workerScript'),
      ]);
      const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
      this.#fixer = new Fixer(() => new Worker(url) as WorkerLike, {
        onFixed: fixed => {
          this.fixed = fixed;
          this.fault = '';
        },
        onFault: message => {
          this.fault = message;
        },
        onBusy: busy => {
          this.busy = busy;
        },
      });
      this.#newest.take(snapshot, content => this.#show(content));
      // What the host told meanwhile had nobody to fix it.
      this.#fix();
    } catch (error) {
      this.#say(error);
    }
  }

  #show(content: FixContent): void {
    this.content = content;
    this.message = '';
    this.#stored.set({ file: content.file });
    if (content.kind === 'unreadable') {
      this.fixed = null;
      this.cell = null;
      return;
    }
    this.canRestore = content.canRestore;
    this.#fix();
  }

  #change(change: Partial<FixForm>): void {
    this.form = { ...this.form, ...change };
    this.#stored.set({ form: this.form });
    this.message = '';
    this.#fix();
  }

  #fix(): void {
    const { content, form } = this;
    if (content?.kind !== 'picture' || problemsOf(form).length > 0) return;
    this.#fixer?.fix({ picture: content.picture, settings: settingsOf(form) });
  }

  #remember(change: { view?: View; grid?: boolean }): void {
    Object.assign(this, change);
    this.#stored.set(change);
  }

  #sprite(): { sprite: FixPicture } {
    const { width, height, pixels } = this.fixed ?? {
      width: 0,
      height: 0,
      pixels: new Uint8Array(),
    };
    return { sprite: { width, height, pixels } };
  }

  async #pickPalette(): Promise<void> {
    await this.#try(
      this.#host.request('pickPalette', undefined, PERSON).then(palette => {
        if (palette === null) return;
        this.#change({
          palette: 'file',
          paletteName: palette.name,
          paletteColors: palette.colors,
        });
      }),
    );
  }

  async #write(request: () => Promise<WriteAnswer>): Promise<void> {
    if (this.writing) return;
    this.writing = true;
    try {
      const { message, canRestore } = await request();
      this.message = message;
      this.canRestore = canRestore;
    } catch (error) {
      this.#say(error);
    } finally {
      this.writing = false;
    }
  }

  async #try(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#say(error);
    }
  }

  #say(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.message = fill(this.#words.failed, reason);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || this.#compare === null) return;
    const [target] = event.composedPath();
    // Letters and digits belong to whoever is typing.
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return;
    const keys: Record<string, () => void> = {
      '+': () => this.#compare?.zoomBy(1),
      '=': () => this.#compare?.zoomBy(1),
      '-': () => this.#compare?.zoomBy(-1),
      '0': () => this.#compare?.fit(),
      '1': () => this.#compare?.zoomTo(1),
      g: () => this.#remember({ grid: !this.grid }),
    };
    const action = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
}
