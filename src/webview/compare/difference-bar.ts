import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { CompareWords } from '../../extension/panels/messages/compare-words.ts';
import type { ColourChange } from '../../pixels/diff/palette-changes.ts';
import { fill } from '../ui/fill.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import type { FrameGrid } from './frames.ts';
import { type Difference, differenceOf } from './difference.ts';
import type { Joint } from './joint.ts';
import { Slowly } from './slowly.ts';

/** Colour changes that are shown of each pair. */
const CHANGES = 12;
/** Milliseconds that numbers stay while frames run. */
const NUMBERS_MS = 200;

/** How much the chosen pictures differ from the first of them: cells, and colours that became more or fewer. */
export class DifferenceBar extends LitElement {
  static override readonly properties = {
    words: { attribute: false },
    joint: { attribute: false },
    chosen: { attribute: false },
    frames: { attribute: false },
    shown: { state: true },
  };

  static override readonly styles = [
    sharedStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 24px;
        padding: 4px 8px;
        border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
        font-variant-numeric: tabular-nums;
      }

      ul {
        display: inline-flex;
        flex-wrap: wrap;
        gap: 2px 10px;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      .swatch {
        display: inline-block;
        width: 1em;
        height: 1em;
        margin-right: 4px;
        vertical-align: -0.12em;
        border: 1px solid var(--vscode-foreground);
      }

      .key {
        border: none;
      }

      .faint {
        color: var(--vscode-descriptionForeground);
      }
    `,
  ];

  declare words: CompareWords;
  declare joint: Joint;
  declare chosen: readonly number[];
  declare frames: FrameGrid;
  /** The frame that the numbers are of. */
  declare private shown: number;
  readonly #slowly = new Slowly<number>(NUMBERS_MS, frame => (this.shown = frame));

  constructor() {
    super();
    this.shown = 0;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#slowly.end();
  }

  /** Called up to sixty times a second; nobody reads numbers that fast. */
  set frame(frame: number) {
    if (frame !== this.shown) this.#slowly.take(frame);
  }

  protected override render(): TemplateResult {
    const [before = 0, ...others] = this.chosen;
    return html`${others.map(after => this.#pair(before, after))}`;
  }

  #pair(before: number, after: number): TemplateResult | typeof nothing {
    const { words, joint, frames, shown } = this;
    const one = joint.placed[before];
    const two = joint.placed[after];
    if (!one || !two) return nothing;
    const difference = differenceOf(one, two, frames, shown);
    const pair = `${before + 1} → ${after + 1}`;
    if (difference === null) return html`<span>${pair}: ${words.differenceSizes}</span>`;
    return html`<span role="status">
      <b>${pair}</b> ${this.#cells(difference)} ${this.#palette(difference.palette)}
    </span>`;
  }

  #cells({ changed, added, removed, cells }: Difference): TemplateResult | string {
    const { words } = this;
    const all = changed + added + removed;
    if (all === 0) return words.differenceNone;
    const share = ((all / cells) * 100).toFixed(1);
    const part = (color: string, word: string, count: number): TemplateResult | typeof nothing =>
      count === 0
        ? nothing
        : html` <span class="swatch key" .style=${`background:${color}`}></span
            >${fill(word, count)}`;
    return html`${fill(words.differenceCells, all, share)}:
    ${part('rgb(255,200,0)', words.differenceChanged, changed)}
    ${part('rgb(40,120,255)', words.differenceAdded, added)}
    ${part('rgb(230,40,90)', words.differenceRemoved, removed)}`;
  }

  #palette(changes: readonly ColourChange[]): TemplateResult | typeof nothing {
    const { words } = this;
    if (changes.length === 0) return nothing;
    const added = changes.filter(({ kind }) => kind === 'added').length;
    const removed = changes.filter(({ kind }) => kind === 'removed').length;
    return html`· ${fill(words.differencePalette, added, removed)}
      <ul aria-label=${words.differenceColours}>
        ${changes
          .slice(0, CHANGES)
          .map(
            ({ colour, before, after }) =>
              html`<li title=${colour}>
                <span class="swatch" .style=${`background:${colour}`}></span
                ><span class="hidden">${colour}</span
                >${after > before ? '+' : '−'}${Math.abs(after - before)}
              </li>`,
          )}
        ${changes.length > CHANGES ? html`<li class="faint">${fill(words.andMore, changes.length - CHANGES)}</li>` : nothing}
      </ul>`;
  }
}
