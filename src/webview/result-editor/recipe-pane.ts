import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type {
  RecipeRow,
  RecipeSheet,
  ResultAction,
  ResultEditorWords,
} from '../../extension/panels/messages/result-editor.ts';
import { fill } from '../ui/fill.ts';
import { ICONS } from '../ui/icons.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { button } from '../ui/toolkit.ts';
import { recipeStyles } from './recipe-styles.ts';

/** How a picture was made, and what can be done with it. Fires `copy` with a text and `act` with an action. */
export class RecipePane extends LitElement {
  static override readonly properties = {
    recipe: { attribute: false },
    note: { attribute: false },
    words: { attribute: false },
  };

  static override readonly styles = [sharedStyles, recipeStyles];

  declare recipe: RecipeSheet | null;
  declare note: string | null;
  declare words: ResultEditorWords;

  constructor() {
    super();
    this.recipe = null;
    this.note = null;
  }

  protected override render(): TemplateResult {
    const { recipe, note, words } = this;
    return html`
      <header>
        <h2>${words.recipe}</h2>
        ${recipe?.placeholder === true ? html`<span class="tag" title=${words.placeholderHint}>${words.placeholder}</span>` : nothing}
      </header>
      <div class="actions">
        ${this.#action('vary', 'primary')}
        ${
          recipe === null
            ? nothing
            : html`${this.#action('copyCommand')} ${this.#action('revealRecipe')}
              ${this.#action('compare')}`
        }
      </div>
      ${note === null ? nothing : html`<p>${note}</p>`}
      ${recipe === null ? nothing : html`<dl>${recipe.rows.map(row => this.#row(row))}</dl>`}
    `;
  }

  #action(action: ResultAction, kind: 'primary' | 'secondary' = 'secondary'): TemplateResult {
    return button({
      label: this.words[action],
      kind,
      onClick: () => this.dispatchEvent(new CustomEvent('act', { detail: action })),
    });
  }

  #row({ label, value, long }: RecipeRow): TemplateResult {
    return html`<div class="row">
      <dt>${label}</dt>
      <dd class=${long ? 'long' : ''} tabindex=${long ? '0' : nothing}>${value}</dd>
      ${button({
        label: fill(this.words.copyValue, label),
        icon: ICONS.copy,
        onClick: () => this.dispatchEvent(new CustomEvent('copy', { detail: value })),
      })}
    </div>`;
  }
}
