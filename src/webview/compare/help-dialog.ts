import { css, html, LitElement, type TemplateResult } from 'lit';
import type { CompareWords } from '../../extension/panels/messages/compare-words.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { button } from '../ui/toolkit.ts';
import { controlStyles } from './control-styles.ts';
import { KEYS, type KeyName } from './keys.ts';

/** Every key of the panel. A modal dialog of the browser: it keeps the focus inside and gives it back. */
export class HelpDialog extends LitElement {
  static override readonly properties = { words: { attribute: false } };

  static override readonly styles = [
    sharedStyles,
    controlStyles,
    css`
      dialog {
        max-width: min(760px, 92vw);
        max-height: 88vh;
        padding: 16px 20px;
        overflow: auto;
        border-radius: 6px;
        border: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, transparent));
        background: var(--vscode-editorWidget-background);
        color: var(--vscode-editorWidget-foreground, var(--vscode-foreground));
      }

      dialog::backdrop {
        background: rgb(0 0 0 / 50%);
      }

      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        margin-bottom: 8px;
      }

      h2 {
        margin: 0;
        font-size: 1.2em;
        font-weight: 600;
      }

      dl {
        columns: 2;
        column-gap: 32px;
        margin: 0;
      }

      div {
        display: grid;
        grid-template-columns: 9em 1fr;
        gap: 8px;
        padding: 3px 0;
        break-inside: avoid;
      }

      dd {
        margin: 0;
      }

      p {
        margin: 12px 0 0;
      }

      @media (max-width: 620px) {
        dl {
          columns: 1;
        }
      }
    `,
  ];

  declare words: CompareWords;

  get open(): boolean {
    return this.renderRoot.querySelector('dialog')?.open === true;
  }

  show(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  close(): void {
    this.renderRoot.querySelector('dialog')?.close();
  }

  protected override render(): TemplateResult {
    const { words } = this;
    return html`<dialog aria-label=${words.help} @keydown=${this.#onKey}>
      <header>
        <h2>${words.help}</h2>
        ${button({ label: words.close, onClick: () => this.close() })}
      </header>
      <dl>
        ${KEYS.map(
          ({ name, keys }) =>
            html`<div>
              <dt>${keys.map(key => html`<kbd>${this.#written(key)}</kbd> `)}</dt>
              <dd>${this.#meaning(name)}</dd>
            </div>`,
        )}
      </dl>
      <p class="faint">${words.helpZoom}</p>
    </dialog>`;
  }

  #written(key: string): string {
    const { words } = this;
    const names: Record<string, string> = {
      Space: words.keySpace,
      Enter: words.keyEnter,
      Escape: words.keyEscape,
      ArrowLeft: '←',
      ArrowRight: '→',
      ArrowUp: '↑',
      ArrowDown: '↓',
      PageUp: words.keyPageUp,
      PageDown: words.keyPageDown,
      Home: words.keyHome,
      End: words.keyEnd,
      'Shift+Arrow': words.keyShiftArrow,
    };
    return (
      names[key] ?? (key.length === 1 ? key.toUpperCase() : key.replace('Shift', words.keyShift))
    );
  }

  #meaning(name: KeyName): string {
    return this.words[`means${name.charAt(0).toUpperCase()}${name.slice(1)}` as keyof CompareWords];
  }

  /** The page's keys sleep meanwhile; `?` closes what it opened. */
  readonly #onKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    // Its one button keeps the focus, which the browser would take out of the page.
    if (event.key === 'Tab') event.preventDefault();
    if (event.key === '?') this.close();
  };
}
