import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { FixWords } from '../../extension/panels/messages/fix.ts';
import { fill } from '../ui/fill.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { button } from '../ui/toolkit.ts';
import {
  checkField,
  colorField,
  fieldStyles,
  lineField,
  rangeField,
  selectField,
} from '../ui/fields.ts';
import { type FixForm, problemsOf } from './form.ts';

/** The settings of Fix Pixels…. Fires `form` with what changed, `pick` when a palette is to be chosen, and `reset`. */
export class FixControls extends LitElement {
  static override readonly properties = {
    form: { attribute: false },
    words: { attribute: false },
  };

  static override readonly styles = [
    sharedStyles,
    fieldStyles,
    css`
      :host {
        display: block;
      }

      fieldset {
        margin: 0 0 10px;
        padding: 0;
        border: none;
      }

      legend {
        padding: 0 0 4px;
        font-weight: 600;
      }

      .palette {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
        min-height: 28px;
      }
    `,
  ];

  declare form: FixForm;
  declare words: FixWords;

  protected override render(): TemplateResult {
    const { words } = this;
    return html`
      ${this.#group(words.groupCells, this.#cells())}
      ${this.#group(words.groupColours, this.#colours())}
      ${this.#group(words.groupBackground, this.#background())}
      ${this.#group(words.groupCleanup, this.#cleanup())}
      ${this.#group(words.groupCanvas, this.#canvas())}
      ${button({
        label: words.defaults,
        onClick: () => this.dispatchEvent(new CustomEvent('reset')),
      })}
    `;
  }

  #group(name: string, content: TemplateResult): TemplateResult {
    return html`<fieldset>
      <legend>${name}</legend>
      ${content}
    </fieldset>`;
  }

  #set(change: Partial<FixForm>): void {
    this.dispatchEvent(new CustomEvent('form', { detail: change }));
  }

  #cells(): TemplateResult {
    const { form, words } = this;
    const problems = problemsOf(form);
    return html`
      ${lineField({
        label: words.size,
        placeholder: words.sizeHint,
        value: form.size,
        problem: problems.includes('size') ? words.sizeProblem : null,
        onInput: size => this.#set({ size }),
      })}
      ${selectField({
        label: words.tooMany,
        value: form.fit,
        disabled: form.size.trim() === '',
        choices: [
          ['reduce', words.fitReduce],
          ['keep', words.fitKeep],
          ['fail', words.fitFail],
        ],
        onChange: fit => this.#set({ fit }),
      })}
      ${selectField({
        label: words.grids,
        value: form.grid,
        choices: [
          ['auto', words.gridAuto],
          ['off', words.gridOff],
        ],
        onChange: grid => this.#set({ grid }),
      })}
    `;
  }

  #colours(): TemplateResult {
    const { form, words } = this;
    const problems = problemsOf(form);
    return html`
      ${selectField({
        label: words.palette,
        value: form.palette,
        choices: [
          ['auto', words.paletteAuto],
          ['count', words.paletteCount],
          ['file', words.paletteFile],
          ['keep', words.paletteKeep],
        ],
        onChange: palette => this.#set({ palette }),
      })}
      ${
        form.palette === 'count'
          ? lineField({
              label: words.colours,
              value: form.colors,
              problem: problems.includes('colors') ? words.coloursProblem : null,
              onInput: colors => this.#set({ colors }),
            })
          : nothing
      }
      ${
        form.palette === 'file'
          ? html`<div class="palette">
              ${button({
                label: words.choosePalette,
                onClick: () => this.dispatchEvent(new CustomEvent('pick')),
              })}
              <span>${form.paletteName === '' ? words.noPalette : form.paletteName}</span>
            </div>`
          : nothing
      }
      ${selectField({
        label: words.dither,
        value: form.dither,
        disabled: form.palette === 'keep',
        choices: [
          ['none', words.ditherNone],
          ['checker', words.ditherChecker],
          ['bayer2', words.ditherBayer2],
          ['bayer4', words.ditherBayer4],
          ['bayer8', words.ditherBayer8],
        ],
        onChange: dither => this.#set({ dither }),
      })}
      ${
        form.dither === 'none' || form.palette === 'keep'
          ? nothing
          : rangeField({
              label: words.strength,
              value: form.strength,
              shown: fill(words.percent, form.strength),
              onInput: strength => this.#set({ strength }),
            })
      }
    `;
  }

  #background(): TemplateResult {
    const { form, words } = this;
    return html`
      ${checkField({
        label: words.background,
        value: form.background,
        onChange: background => this.#set({ background }),
      })}
      ${checkField({
        label: words.holes,
        value: form.holes,
        disabled: !form.background,
        onChange: holes => this.#set({ holes }),
      })}
    `;
  }

  #cleanup(): TemplateResult {
    const { form, words } = this;
    return html`
      ${checkField({
        label: words.orphans,
        value: form.orphans,
        onChange: orphans => this.#set({ orphans }),
      })}
      ${checkField({
        label: words.jaggies,
        value: form.jaggies,
        onChange: jaggies => this.#set({ jaggies }),
      })}
      ${selectField({
        label: words.outline,
        value: form.outline,
        choices: [
          ['keep', words.outlineKeep],
          ['add', words.outlineAdd],
          ['remove', words.outlineRemove],
        ],
        onChange: outline => this.#set({ outline }),
      })}
      ${form.outline === 'add' ? this.#outlineColour() : nothing}
      ${
        form.outline === 'keep'
          ? nothing
          : checkField({
              label: words.corners,
              value: form.corners,
              onChange: corners => this.#set({ corners }),
            })
      }
    `;
  }

  #outlineColour(): TemplateResult {
    const { form, words } = this;
    return html`
      ${checkField({
        label: words.outlineOwn,
        value: form.outlineOwn,
        onChange: outlineOwn => this.#set({ outlineOwn }),
      })}
      ${
        form.outlineOwn
          ? nothing
          : colorField({
              label: words.outlineColour,
              value: form.outlineColor,
              onInput: outlineColor => this.#set({ outlineColor }),
            })
      }
    `;
  }

  #canvas(): TemplateResult {
    const { form, words } = this;
    const problems = problemsOf(form);
    return html`
      ${checkField({
        label: words.trim,
        value: form.trim,
        onChange: trim => this.#set({ trim }),
      })}
      ${lineField({
        label: words.pad,
        value: form.pad,
        problem: problems.includes('pad') ? words.padProblem : null,
        onInput: pad => this.#set({ pad }),
      })}
      ${selectField({
        label: words.horizontal,
        value: form.horizontal,
        disabled: form.size.trim() === '',
        choices: [
          ['left', words.left],
          ['center', words.center],
          ['right', words.right],
        ],
        onChange: horizontal => this.#set({ horizontal }),
      })}
      ${selectField({
        label: words.vertical,
        value: form.vertical,
        disabled: form.size.trim() === '',
        choices: [
          ['top', words.top],
          ['center', words.center],
          ['bottom', words.bottom],
        ],
        onChange: vertical => this.#set({ vertical }),
      })}
    `;
  }
}
