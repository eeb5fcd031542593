import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { CompareWords } from '../../extension/panels/messages/compare-words.ts';
import { fill } from '../ui/fill.ts';
import { ICONS } from '../ui/icons.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { button } from '../ui/toolkit.ts';
import { BACKDROP_NAMES, type BackdropName } from './backdrops.ts';
import { controlStyles } from './control-styles.ts';
import { sendIntent, sendSettings } from './events.ts';
import { type Mode, MODES } from './modes.ts';
import type { CompareState } from './state.ts';

/** How the pictures of a set are held against each other. */
export class SetTools extends LitElement {
  static override readonly properties = {
    words: { attribute: false },
    settings: { attribute: false },
    contenders: { attribute: false },
    chosen: { attribute: false },
    still: { attribute: false },
    hasRaw: { attribute: false },
  };

  static override readonly styles = [
    sharedStyles,
    controlStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
      }

      .zoom {
        min-width: 5ch;
        text-align: center;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  declare words: CompareWords;
  declare settings: CompareState;
  declare contenders: number;
  declare chosen: readonly number[];
  declare still: boolean;
  /** Whether an engine's picture is there when they are asked for. */
  declare hasRaw: boolean;
  #zoom = '';

  /** Shows a zoom; called for each step, so it renders nothing. */
  set zoom(zoom: number) {
    const { words } = this;
    this.#zoom =
      zoom >= 1 ? fill(words.zoom, Math.round(zoom)) : fill(words.zoomOut1, Math.round(1 / zoom));
    const shown = this.renderRoot.querySelector('.zoom');
    if (shown !== null) shown.textContent = this.#zoom;
  }

  protected override updated(): void {
    const shown = this.renderRoot.querySelector('.zoom');
    if (shown !== null) shown.textContent = this.#zoom;
  }

  protected override render(): TemplateResult {
    const { words, settings } = this;
    const { mode, raw } = settings;
    const keys: Record<Mode, string> = {
      sideBySide: 'S',
      wipe: 'W',
      blink: 'B',
      difference: 'D',
      onion: 'O',
    };
    return html`
      <span class="group" role="group" aria-label=${words.mode}>
        ${MODES.map(each =>
          button({
            label: words[each],
            hint: `${words[each]} (${keys[each]})`,
            pressed: mode === each,
            onClick: () => sendIntent(this, each),
          }),
        )}
      </span>
      <span class="group" role="group" aria-label=${words.chosen}>
        ${Array.from({ length: this.contenders }, (_, place) =>
          button({
            label: String(place + 1),
            hint: fill(words.chooseHint, place + 1, words.keyShift),
            pressed: this.chosen.includes(place),
            onClick: () => sendIntent(this, 'choose', place),
          }),
        )}
      </span>
      ${this.#modeControl()}
      <span class="group">
        ${button({ label: `${words.zoomOut} (-)`, icon: ICONS.zoomOut, onClick: () => sendIntent(this, 'zoomOut') })}
        <span class="zoom" role="status" aria-label=${words.zoomLabel}></span>
        ${button({ label: `${words.zoomIn} (+)`, icon: ICONS.zoomIn, onClick: () => sendIntent(this, 'zoomIn') })}
        ${button({ label: `${words.fit} (F)`, icon: ICONS.fit, onClick: () => sendIntent(this, 'fit') })}
        ${button({ label: '1:1', hint: `${words.trueSize} (T)`, onClick: () => sendIntent(this, 'trueSize') })}
        ${button({ label: `${words.grid} (G)`, icon: ICONS.grid, pressed: settings.grid, onClick: () => sendIntent(this, 'grid') })}
      </span>
      <span class="group">
        ${button({
          label: words.raw,
          hint: `${words.rawHint} (R)`,
          pressed: raw,
          onClick: () => sendIntent(this, 'raw'),
        })}
        ${this.hasRaw ? nothing : html`<span class="faint">${words.noRaw}</span>`}
        ${button({ label: words.loupe, hint: `${words.loupe} (L)`, pressed: settings.loupe, onClick: () => sendIntent(this, 'loupe') })}
      </span>
      ${this.#backdrop()}
    `;
  }

  #backdrop(): TemplateResult {
    const { words } = this;
    const { backdrop, color } = this.settings;
    return html`<label title="${words.backdrop} (X)"
        >${words.backdrop}
        <select
          @change=${(event: Event) =>
            sendSettings(this, {
              backdrop: (event.currentTarget as HTMLSelectElement).value as BackdropName,
            })}
        >
          ${BACKDROP_NAMES.map(
            name =>
              html`<option value=${name} ?selected=${name === backdrop}>
                ${words[`backdrop_${name}`]}
              </option>`,
          )}
        </select></label
      >
      ${
        backdrop === 'color'
          ? html`<input
              type="color"
              aria-label=${words.backdropColor}
              .value=${color}
              @input=${(event: Event) =>
                sendSettings(this, { color: (event.currentTarget as HTMLInputElement).value })}
            />`
          : nothing
      }`;
  }

  #modeControl(): TemplateResult | typeof nothing {
    const { words, settings } = this;
    if (settings.mode === 'blink') {
      return this.still
        ? html`<span class="group"
            ><span class="faint">${words.blinkStill}</span>
            ${button({ label: words.blinkStep, hint: `${words.blinkStep} (B)`, onClick: () => sendIntent(this, 'blink') })}</span
          >`
        : nothing;
    }
    if (settings.mode !== 'onion') return nothing;
    return html`<label
      >${words.opacity}
      <input
        type="range"
        min="0"
        max="100"
        .value=${String(Math.round(settings.opacity * 100))}
        @input=${(event: Event) =>
          sendSettings(this, {
            opacity: (event.currentTarget as HTMLInputElement).valueAsNumber / 100,
          })}
    /></label>`;
  }
}
