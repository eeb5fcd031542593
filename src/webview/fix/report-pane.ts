import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { FixWords } from '../../extension/panels/messages/fix.ts';
import { fill } from '../ui/fill.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { coloursOf } from './colours.ts';
import { isUnsure, reportRows } from './report-rows.ts';
import type { Fixed } from './worker-messages.ts';

/** Swatches that are shown; more colours are a number. */
const MOST_SWATCHES = 64;

/** What fixing found and did, in words, and the colours that came of it. */
export class FixReportPane extends LitElement {
  static override readonly properties = {
    fixed: { attribute: false },
    words: { attribute: false },
  };

  static override readonly styles = [
    sharedStyles,
    css`
      :host {
        display: block;
      }

      h2 {
        margin: 0 0 6px;
        font-size: 1em;
        font-weight: 600;
      }

      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 3px 12px;
        margin: 0 0 10px;
      }

      dt {
        color: var(--vscode-descriptionForeground);
      }

      dd {
        margin: 0;
        overflow-wrap: anywhere;
        user-select: text;
      }

      .warnings {
        margin: 0 0 10px;
        padding: 0;
        list-style: none;
      }

      .warnings li {
        margin-bottom: 4px;
        padding: 4px 8px;
        border-left: 3px solid
          var(--vscode-editorWarning-foreground, var(--vscode-inputValidation-warningBorder));
        background: var(--vscode-inputValidation-warningBackground, transparent);
        color: var(--vscode-inputValidation-warningForeground, inherit);
      }

      .swatches {
        display: flex;
        flex-wrap: wrap;
        gap: 2px;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      .swatch {
        display: block;
        width: 20px;
        height: 20px;
        border: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, transparent));
      }

      .more {
        align-self: center;
        padding-left: 6px;
        color: var(--vscode-descriptionForeground);
      }
    `,
  ];

  declare fixed: Fixed;
  declare words: FixWords;

  protected override render(): TemplateResult {
    const { words } = this;
    const { report, pixels } = this.fixed;
    const colours = coloursOf(pixels);
    const rest = colours.length - MOST_SWATCHES;
    return html`
      <h2>${words.report}</h2>
      ${
        report.warnings.length === 0
          ? nothing
          : html`<ul class="warnings" data-unsure=${String(isUnsure(report))}>
              ${report.warnings.map(warning => html`<li>${warning}</li>`)}
            </ul>`
      }
      <dl>
        ${reportRows(report, words).map(
          ({ label, value }) =>
            html`<dt>${label}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      <h2>${words.swatches}</h2>
      <ul class="swatches">
        ${colours.slice(0, MOST_SWATCHES).map(({ hex, cells }) => {
          const name = fill(words.swatch, hex, cells);
          return html`<li title=${name}>
            <span class="swatch" role="img" aria-label=${name} .style=${`background:${hex}`}></span>
          </li>`;
        })}
        ${rest > 0 ? html`<li class="more">${fill(words.moreSwatches, rest)}</li>` : nothing}
      </ul>
    `;
  }
}
