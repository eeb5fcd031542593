import { css, html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

interface FieldOptions {
  label: string;
  disabled?: boolean;
}

/** A list of choices. */
export function selectField<T extends string>(
  options: FieldOptions & {
    value: T;
    choices: readonly (readonly [value: T, label: string])[];
    onChange: (value: T) => void;
  },
): TemplateResult {
  const { label, disabled = false, value, choices, onChange } = options;
  return html`<label class="field">
    <span>${label}</span>
    <select
      ?disabled=${disabled}
      .value=${live(value)}
      @change=${(event: Event) => onChange((event.target as HTMLSelectElement).value as T)}
    >
      ${choices.map(([each, name]) => html`<option value=${each} ?selected=${each === value}>${name}</option>`)}
    </select>
  </label>`;
}

/** A line of text; with a problem, that is said below it. */
export function lineField(
  options: FieldOptions & {
    value: string;
    placeholder?: string;
    problem?: string | null;
    onInput: (value: string) => void;
  },
): TemplateResult {
  const { label, disabled = false, value, placeholder = '', problem = null, onInput } = options;
  return html`<label class="field">
      <span>${label}</span>
      <input
        type="text"
        spellcheck="false"
        autocomplete="off"
        placeholder=${placeholder}
        aria-invalid=${problem === null ? nothing : 'true'}
        ?disabled=${disabled}
        .value=${live(value)}
        @input=${(event: Event) => onInput((event.target as HTMLInputElement).value)}
      />
    </label>
    ${problem === null ? nothing : html`<p class="problem" role="alert">${problem}</p>`}`;
}

export function checkField(
  options: FieldOptions & { value: boolean; onChange: (value: boolean) => void },
): TemplateResult {
  const { label, disabled = false, value, onChange } = options;
  return html`<label class="check">
    <input
      type="checkbox"
      ?disabled=${disabled}
      .checked=${live(value)}
      @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)}
    />
    <span>${label}</span>
  </label>`;
}

/** Percent. */
export function rangeField(
  options: FieldOptions & { value: number; shown: string; onInput: (value: number) => void },
): TemplateResult {
  const { label, disabled = false, value, shown, onInput } = options;
  return html`<label class="field">
    <span>${label}</span>
    <span class="range">
      <input
        type="range"
        min="0"
        max="100"
        step="5"
        aria-valuetext=${shown}
        ?disabled=${disabled}
        .value=${live(String(value))}
        @input=${(event: Event) => onInput(Number((event.target as HTMLInputElement).value))}
      />
      <span aria-hidden="true">${shown}</span>
    </span>
  </label>`;
}

/** `#rrggbb`. */
export function colorField(
  options: FieldOptions & { value: string; onInput: (value: string) => void },
): TemplateResult {
  const { label, disabled = false, value, onInput } = options;
  return html`<label class="field">
    <span>${label}</span>
    <input
      type="color"
      ?disabled=${disabled}
      .value=${live(value)}
      @input=${(event: Event) => onInput((event.target as HTMLInputElement).value)}
    />
  </label>`;
}

/** Native controls in the editor's colours: they bring names and keys along. */
export const fieldStyles = css`
  .field {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
    align-items: center;
    gap: 8px;
    min-height: 28px;
  }

  .check {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 26px;
  }

  select,
  input[type='text'] {
    width: 100%;
    height: 26px;
    padding: 0 6px;
    border: 1px solid
      var(--vscode-settings-dropdownBorder, var(--vscode-dropdown-border, transparent));
    border-radius: 4px;
    background: var(--vscode-settings-dropdownBackground, var(--vscode-dropdown-background));
    color: var(--vscode-settings-dropdownForeground, var(--vscode-dropdown-foreground));
    font: inherit;
  }

  input[type='text'] {
    border-color: var(--vscode-settings-textInputBorder, var(--vscode-input-border, transparent));
    background: var(--vscode-settings-textInputBackground, var(--vscode-input-background));
    color: var(--vscode-settings-textInputForeground, var(--vscode-input-foreground));
  }

  input::placeholder {
    color: var(--vscode-input-placeholderForeground);
    opacity: 1;
  }

  input[type='checkbox'] {
    flex: none;
    appearance: none;
    display: grid;
    place-content: center;
    width: 18px;
    height: 18px;
    margin: 0;
    border: 1px solid var(--vscode-settings-checkboxBorder, var(--vscode-checkbox-border));
    border-radius: 4px;
    background: var(--vscode-settings-checkboxBackground, var(--vscode-checkbox-background));
  }

  input[type='checkbox']:checked::before {
    content: '';
    width: 5px;
    height: 9px;
    margin-top: -2px;
    border: solid var(--vscode-settings-checkboxForeground, var(--vscode-checkbox-foreground));
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(45deg);
  }

  input[type='range'] {
    min-width: 0;
    width: 100%;
    accent-color: var(--vscode-button-background);
  }

  input[type='color'] {
    width: 100%;
    height: 26px;
    padding: 2px;
    border: 1px solid
      var(--vscode-settings-textInputBorder, var(--vscode-input-border, transparent));
    border-radius: 4px;
    background: var(--vscode-input-background);
  }

  .range {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 5ch;
    align-items: center;
    gap: 4px;
    text-align: right;
    font-variant-numeric: tabular-nums;
  }

  [aria-invalid='true'] {
    border-color: var(
      --vscode-inputValidation-errorBorder,
      var(--vscode-errorForeground)
    ) !important;
  }

  .problem {
    margin: 2px 0 6px;
    color: var(--vscode-errorForeground);
    font-size: 0.92em;
  }

  :disabled {
    opacity: 0.5;
  }
`;
