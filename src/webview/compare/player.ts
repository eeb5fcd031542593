import { css, html, LitElement, type TemplateResult } from 'lit';
import type { CompareWords } from '../../extension/panels/messages/compare-words.ts';
import { fill } from '../ui/fill.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { button } from '../ui/toolkit.ts';
import { controlStyles } from './control-styles.ts';
import { sendIntent, sendSettings } from './events.ts';
import { bounded, FPS, frameCount, type FrameGrid, MOST_FRAMES_ACROSS } from './frames.ts';
import { Slowly } from './slowly.ts';

/** Milliseconds that the frame's number stays while frames run. */
const NUMBER_MS = 100;

/** How the pictures are cut into frames, and which one all of them show. */
export class Player extends LitElement {
  static override readonly properties = {
    words: { attribute: false },
    frames: { attribute: false },
    fps: { attribute: false },
    playing: { attribute: false },
  };

  static override readonly styles = [
    sharedStyles,
    controlStyles,
    css`
      :host {
        display: inline-flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
      }

      .now {
        min-width: 9ch;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  declare words: CompareWords;
  declare frames: FrameGrid;
  declare fps: number;
  declare playing: boolean;
  #frame = 0;
  readonly #slowly = new Slowly<number>(NUMBER_MS, () => this.#show());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#slowly.end();
  }

  /** Called up to sixty times a second; nobody reads numbers that fast, and each would be laid out. */
  set frame(frame: number) {
    if (frame === this.#frame) return;
    this.#frame = frame;
    this.#slowly.take(frame);
  }

  #show(): void {
    const now = this.renderRoot.querySelector('.now');
    if (now !== null) now.textContent = this.#text();
  }

  #text(): string {
    return fill(this.words.frameOf, this.#frame + 1, frameCount(this.frames));
  }

  protected override updated(): void {
    this.#show();
  }

  protected override render(): TemplateResult {
    const { words, frames } = this;
    const many = frameCount(frames) > 1;
    return html`
      <span class="group" role="group" aria-label=${words.frames}>
        <span aria-hidden="true">${words.frames}</span>
        ${this.#number(words.frameColumns, frames.columns, columns => sendSettings(this, { frames: { ...frames, columns } }))}
        <span aria-hidden="true">×</span>
        ${this.#number(words.frameRows, frames.rows, rows => sendSettings(this, { frames: { ...frames, rows } }))}
      </span>
      ${
        many
          ? html`${button({ label: words.frameBack, hint: `${words.frameBack} (,)`, onClick: () => sendIntent(this, 'frameBack') })}
              ${button({
                label: this.playing ? words.pauseFrames : words.playFrames,
                hint: `${this.playing ? words.pauseFrames : words.playFrames} (P)`,
                onClick: () => sendIntent(this, 'play'),
              })}
              ${button({ label: words.frameOn, hint: `${words.frameOn} (.)`, onClick: () => sendIntent(this, 'frameOn') })}
              <span class="now"></span>
              <label
                >${words.fps}
                ${this.#number(words.fps, this.fps, fps => sendSettings(this, { fps }), FPS.most)}</label
              >`
          : ''
      }
    `;
  }

  #number(
    label: string,
    value: number,
    onChange: (value: number) => void,
    most = MOST_FRAMES_ACROSS,
  ): TemplateResult {
    return html`<input
      type="number"
      aria-label=${label}
      title=${label}
      min="1"
      max=${most}
      .value=${String(value)}
      @change=${(event: Event) => {
        const input = event.currentTarget as HTMLInputElement;
        const next = bounded(input.valueAsNumber, 1, most);
        input.value = String(next);
        onChange(next);
      }}
    />`;
  }
}
