import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { SetState } from '../../extension/panels/messages/compare.ts';
import type { CompareWords } from '../../extension/panels/messages/compare-words.ts';
import { fill } from '../ui/fill.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { button, textField } from '../ui/toolkit.ts';
import { controlStyles } from './control-styles.ts';
import { sendIntent, sendNote, sendWish } from './events.ts';
import type { KeyName } from './keys.ts';
import type { Voting } from './vote.ts';

/** A person's answer about a set: asked for, being chosen, given, or why it cannot be. */
export class VoteBar extends LitElement {
  static override readonly properties = {
    words: { attribute: false },
    set: { attribute: false },
    at: { attribute: false },
    voting: { attribute: false },
    canVote: { attribute: false },
    busy: { attribute: false },
    note: { attribute: false },
    titles: { attribute: false },
    more: { attribute: false },
    sure: { state: true },
  };

  static override readonly styles = [
    sharedStyles,
    controlStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 8px;
        padding: 6px 8px;
        min-height: 44px;
        border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
      }

      .ask {
        font-weight: 600;
      }

      dgx-text-field {
        flex: 1 1 140px;
        max-width: 360px;
      }

      .end {
        display: flex;
        gap: 8px;
        margin-left: auto;
      }
    `,
  ];

  declare words: CompareWords;
  declare set: SetState;
  /** Place of the set in the comparison. */
  declare at: number;
  declare voting: Voting;
  declare canVote: boolean;
  /** An answer is on its way. */
  declare busy: boolean;
  declare note: string;
  /** By place; a name or what stands for it. */
  declare titles: readonly string[];
  /** Whether there is another set to vote on. */
  declare more: boolean;
  /** Somebody pressed "show" once. */
  declare private sure: boolean;

  constructor() {
    super();
    this.busy = false;
    this.sure = false;
  }

  /** Puts the cursor into the note. */
  writeNote(): void {
    this.renderRoot.querySelector<HTMLElement>('dgx-text-field')?.focus();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('at')) this.sure = false;
  }

  protected override render(): TemplateResult {
    const { set } = this;
    switch (set.phase) {
      case 'drawing':
        return this.#drawing();
      case 'broken':
        return this.#broken();
      case 'votable':
        return this.canVote ? this.#votable() : this.#onlyShow(this.words.cannotVote);
      case 'voted':
      case 'open':
        return this.#answered();
    }
  }

  #drawing(): TemplateResult {
    const { words, set } = this;
    const blind = set.cells.every(({ open }) => open === null);
    return html`<span>${fill(words.ready, set.ready, set.cells.length)}</span>
      <progress max=${set.cells.length} .value=${set.ready} aria-label=${words.drawing}></progress>
      <span class="faint">${blind ? words.blindUntilVote : nothing}</span>
      <span class="end">${this.#wish(words.cancelSet, 'cancel')}${this.#next()}</span>`;
  }

  #broken(): TemplateResult {
    const { words, set } = this;
    return html`<span>${fill(words.broken, set.ready, set.cells.length)}</span>
      ${this.#wish(words.retrySet, 'retry', 'primary')}
      <span class="end">${this.#show()}${this.#next()}</span>`;
  }

  #votable(): TemplateResult {
    const { words, voting, set } = this;
    if (voting.kind === 'tie') return this.#whichOnes(voting.places);
    return html`<span class="ask">${words.whichIsBest}</span>
      <span class="group" role="group" aria-label=${words.whichIsBest}>
        ${set.cells.map((_, place) => this.#key('pick', String(place + 1), fill(words.pick, place + 1), place, 'primary'))}
      </span>
      ${this.#key('tie', `= ${words.tie}`, words.tieHint)}
      ${this.#key('noneGood', `0 ${words.noneGood}`, words.noneGoodHint)}
      ${textField({
        label: words.note,
        placeholder: words.notePlaceholder,
        value: this.note,
        onInput: note => sendNote(this, note),
      })}
      <span class="end"
        >${this.#key('skip', words.skip, words.skipHint)}${this.#show()}${this.#next()}</span
      >`;
  }

  #whichOnes(places: readonly number[]): TemplateResult {
    const { words, set } = this;
    return html`<span class="ask">${words.whichOnes}</span>
      <span class="group" role="group" aria-label=${words.whichOnes}>
        ${set.cells.map((_, place) =>
          button({
            label: String(place + 1),
            hint: fill(words.equallyGood, place + 1),
            pressed: places.includes(place),
            onClick: () => sendIntent(this, 'pick', place),
          }),
        )}
      </span>
      ${button({
        label: words.confirmTie,
        kind: 'primary',
        disabled: places.length < 2 || this.busy,
        hint: `${words.confirmTie} (Enter)`,
        onClick: () => sendIntent(this, 'confirm'),
      })}
      ${this.#key('leave', words.leaveTie, `${words.leaveTie} (Esc)`)}`;
  }

  #answered(): TemplateResult {
    const { words, set } = this;
    const { best } = set;
    const names = (best ?? []).map(place => this.titles[place] ?? String(place + 1)).join(', ');
    const said =
      best === null
        ? set.phase === 'voted'
          ? words.votedElsewhere
          : words.shownWithoutVote
        : best.length === 0
          ? words.votedNone
          : fill(best.length === 1 ? words.votedFor : words.votedTie, names);
    return html`<span class="ask">${said}</span>
      ${set.note === '' ? nothing : html`<span class="faint">“${set.note}”</span>`}
      ${set.phase === 'voted' ? html`<span class="faint">${words.namesSoon}</span>` : nothing}
      ${best === null ? nothing : this.#key('undo', words.undo, `${words.undo} (U)`)}
      <span class="end">${this.#next()}</span>`;
  }

  #onlyShow(why: string): TemplateResult {
    return html`<span>${why}</span> <span class="end">${this.#show()}${this.#next()}</span>`;
  }

  /** Names without a vote: asked twice, since the set can never be voted on afterwards. */
  #show(): TemplateResult {
    const { words } = this;
    return button({
      label: this.sure ? words.showSure : words.show,
      hint: words.showHint,
      disabled: this.busy,
      onClick: () => {
        if (this.sure) sendWish(this, { kind: 'reveal' });
        this.sure = !this.sure;
      },
    });
  }

  #next(): TemplateResult | typeof nothing {
    const { words } = this;
    if (!this.more) return nothing;
    return button({
      label: words.nextToVote,
      kind: this.set.best === null ? 'secondary' : 'primary',
      hint: `${words.nextToVote} (${words.keySpace})`,
      onClick: () => sendIntent(this, 'nextToVote'),
    });
  }

  #wish(
    label: string,
    kind: 'retry' | 'cancel',
    look: 'primary' | 'secondary' = 'secondary',
  ): TemplateResult {
    return button({
      label,
      kind: look,
      onClick: () => sendWish(this, { kind, set: this.at, place: null }),
    });
  }

  #key(
    name: KeyName,
    label: string,
    hint: string,
    place = 0,
    kind: 'primary' | 'secondary' = 'secondary',
  ): TemplateResult {
    const disabled = this.busy;
    return button({ label, hint, kind, disabled, onClick: () => sendIntent(this, name, place) });
  }
}
