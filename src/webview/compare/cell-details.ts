import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { CellDetails, OpenCell, SetState } from '../../extension/panels/messages/compare.ts';
import type { CompareWords } from '../../extension/panels/messages/compare-words.ts';
import { fill } from '../ui/fill.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { button } from '../ui/toolkit.ts';
import { aboutOf, type Wanted } from './about.ts';
import { controlStyles } from './control-styles.ts';
import { sendWish } from './events.ts';
import type { Sprite } from './pictures.ts';

/** Colours that are shown; more say nothing to the eye. */
const SWATCHES = 48;

/** What is told of each picture of an open set, a column each, and what can be done with it. */
export class SetDetails extends LitElement {
  static override readonly properties = {
    words: { attribute: false },
    set: { attribute: false },
    sprites: { attribute: false },
    details: { attribute: false },
    wanted: { attribute: false },
  };

  static override readonly styles = [
    sharedStyles,
    controlStyles,
    css`
      :host {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(220px, 1fr);
        overflow: auto;
        border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
        background: var(--vscode-sideBar-background);
      }

      article {
        min-width: 0;
        padding: 8px 12px;
      }

      article + article {
        border-left: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
      }

      h3 {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        margin: 0 0 4px;
        font-size: 1em;
        font-weight: 600;
      }

      h4 {
        margin: 8px 0 2px;
        font-size: 0.92em;
        font-weight: 400;
        color: var(--vscode-descriptionForeground);
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        margin: 6px 0;
      }

      ul,
      dl {
        margin: 0;
        padding: 0;
        list-style: none;
      }

      .swatches {
        display: flex;
        flex-wrap: wrap;
        gap: 2px;
      }

      .swatches li {
        width: 14px;
        height: 14px;
        border: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
      }

      .error::before,
      .warning::before,
      .info::before {
        display: inline-block;
        min-width: 1.4em;
        font-weight: 600;
      }

      .error::before {
        content: '✕';
        color: var(--vscode-errorForeground);
      }

      .warning::before {
        content: '!';
        color: var(--vscode-editorWarning-foreground, currentColor);
      }

      .info::before {
        content: 'i';
        color: var(--vscode-editorInfo-foreground, currentColor);
      }

      .row {
        display: grid;
        grid-template-columns: minmax(7em, auto) 1fr;
        gap: 8px;
      }

      .row.long {
        grid-template-columns: 1fr;
        gap: 0;
      }

      dt {
        color: var(--vscode-descriptionForeground);
      }

      dd {
        margin: 0;
        overflow-wrap: anywhere;
        user-select: text;
      }
    `,
  ];

  declare words: CompareWords;
  declare set: SetState;
  /** By place. */
  declare sprites: readonly (Sprite | null)[];
  /** By place; null while the host has not told. */
  declare details: readonly (CellDetails | null)[];
  declare wanted: Wanted;

  protected override render(): TemplateResult {
    return html`${this.set.cells.map(({ open }, place) =>
      open === null ? nothing : this.#cell(open, place),
    )}`;
  }

  #cell(open: OpenCell, place: number): TemplateResult {
    const { words, set } = this;
    const sprite = this.sprites[place] ?? null;
    const details = this.details[place] ?? null;
    return html`<article aria-label=${open.name} tabindex="0">
      <h3>
        <span>${place + 1} · ${open.name}</span>
        ${open.placeholder ? html`<span class="tag" title=${words.placeholderHint}>${words.placeholder}</span>` : nothing}
      </h3>
      <div>
        ${fill(words.seed, set.seed)}${open.seconds === null ? nothing : ` · ${fill(words.seconds, open.seconds.toFixed(1))}`}
      </div>
      <div class="actions">
        ${(['use', 'moreLikeThis', 'openRecipe'] as const).map(action =>
          button({
            label: words[action],
            kind: action === 'use' ? 'primary' : 'secondary',
            disabled: open.phase !== 'done',
            onClick: () => sendWish(this, { kind: 'act', action, place }),
          }),
        )}
        ${button({
          label: words.makeDefault,
          hint: words.makeDefaultHint,
          onClick: () => sendWish(this, { kind: 'makeDefault', contender: open.contender }),
        })}
      </div>
      ${sprite === null ? nothing : this.#seen(sprite)}
      ${details === null ? nothing : this.#told(details)}
    </article>`;
  }

  #seen(sprite: Sprite): TemplateResult {
    const { words } = this;
    const { findings, palette } = aboutOf(sprite, this.wanted);
    return html`<h4>${words.lint}</h4>
      ${
        findings === null
          ? html`<p class="faint">${words.lintTooLarge}</p>`
          : findings.length === 0
            ? html`<div>${words.lintNothing}</div>`
            : html`<ul>
                ${findings.map(
                  ({ severity, message, times }) =>
                    html`<li class=${severity}>
                      <span class="hidden">${words[severity]}</span
                      >${message}${times > 1 ? html` <span class="faint">×${times}</span>` : nothing}
                    </li>`,
                )}
              </ul>`
      }
      <h4>${fill(words.palette, palette.length)}</h4>
      <ul class="swatches">
        ${palette
          .slice(0, SWATCHES)
          .map(
            ({ hex, cells }) =>
              html`<li
                role="img"
                aria-label=${fill(words.swatch, hex, cells)}
                title=${fill(words.swatch, hex, cells)}
                .style=${`background:${hex}`}
              ></li>`,
          )}
      </ul>`;
  }

  #told({ rows, warnings }: CellDetails): TemplateResult {
    const { words } = this;
    return html`${
        warnings.length === 0
          ? nothing
          : html`<h4>${words.warnings}</h4>
              <ul>
                ${warnings.map(warning => html`<li class="warning">${warning}</li>`)}
              </ul>`
      }
      <h4>${words.recipe}</h4>
      <dl>
        ${rows.map(
          ({ label, value, long }) =>
            html`<div class="row ${long ? 'long' : ''}">
              <dt>${label}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>`;
  }
}
