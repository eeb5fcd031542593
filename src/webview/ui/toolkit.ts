import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

/*
 * The only file that knows the toolkit, which is no longer developed: everything else calls these functions and styles our own
 * tags, so that its successor changes this file alone.
 */
provideVSCodeDesignSystem()
  .withPrefix('dgx')
  // Not its progress ring, drop-down and tag: they set style attributes, which the page's policy forbids.
  .register(vsCodeButton(), vsCodeTextField());

export interface ButtonOptions {
  /** Its name; shown as its text unless there is an icon. */
  label: string;
  /** Its whole name, beginning with the label, where several have the same text. */
  name?: string;
  kind?: 'primary' | 'secondary';
  icon?: TemplateResult;
  /** Longer than the name, for the tooltip. */
  hint?: string;
  disabled?: boolean;
  /** State of a button that switches something. */
  pressed?: boolean;
  onClick: (event: Event) => void;
}

/** A button with a text, or with an icon and a name. */
export function button(options: ButtonOptions): TemplateResult {
  const { label, name = label, kind = 'secondary', icon, hint, pressed, onClick } = options;
  const { disabled = false } = options;
  return html`<dgx-button
    appearance=${icon === undefined ? kind : 'icon'}
    aria-label=${name}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    class=${pressed === true ? 'pressed' : ''}
    title=${hint ?? (icon === undefined ? nothing : label)}
    ?disabled=${disabled}
    @click=${onClick}
    >${icon ?? label}</dgx-button
  >`;
}

/** One line of text; `onInput` hears each keystroke. */
export function textField(options: {
  label: string;
  placeholder: string;
  value: string;
  onInput: (value: string) => void;
}): TemplateResult {
  const { label, placeholder, value, onInput } = options;
  return html`<dgx-text-field
    aria-label=${label}
    placeholder=${placeholder}
    .value=${live(value)}
    @input=${(event: Event) => onInput((event.target as unknown as { value: string }).value)}
  ></dgx-text-field>`;
}
