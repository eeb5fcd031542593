import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Comparison, ComparisonAction } from '../../extension/panels/messages/compare.ts';
import type { CompareWords } from '../../extension/panels/messages/compare-words.ts';
import { fill } from '../ui/fill.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { button } from '../ui/toolkit.ts';
import { controlStyles } from './control-styles.ts';
import { sendIntent, sendWish } from './events.ts';
import type { PictureKind } from './pictures.ts';
import { tally } from './rows.ts';

/** What is compared, how far it is, what the votes say, and what can be done with all of it. */
export class Summary extends LitElement {
  static override readonly properties = {
    words: { attribute: false },
    comparison: { attribute: false },
    kind: { attribute: false },
  };

  static override readonly styles = [
    sharedStyles,
    controlStyles,
    css`
      :host {
        display: grid;
        gap: 6px;
        padding: 8px 12px;
        border-bottom: 1px solid
          var(--vscode-contrastBorder, var(--vscode-panel-border, transparent));
      }

      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
      }

      h1 {
        margin: 0;
        font-size: 1.2em;
        font-weight: 600;
        overflow-wrap: anywhere;
      }

      .end {
        display: flex;
        gap: 4px;
        margin-left: auto;
      }

      progress {
        width: 140px;
      }
    `,
  ];

  declare words: CompareWords;
  declare comparison: Comparison;
  declare kind: PictureKind;

  protected override render(): TemplateResult {
    const { words, comparison } = this;
    const { toVote, voted } = tally(comparison);
    return html`
      <div class="line">
        <h1>${comparison.title}</h1>
        ${comparison.mode === 'draft' ? html`<span class="tag" title=${words.draftHint}>${words.draft}</span>` : nothing}
        ${comparison.blind ? html`<span class="tag" title=${words.blindHint}>${words.blind}</span>` : nothing}
        <span class="end">
          ${toVote > 0 ? button({ label: words.nextToVote, kind: 'primary', hint: `${words.nextToVote} (${words.keySpace})`, onClick: () => sendIntent(this, 'nextToVote') }) : nothing}
          ${this.#all('leaderboard')}
          ${button({ label: '?', hint: words.help, onClick: () => sendIntent(this, 'help') })}
        </span>
      </div>
      <div class="line">
        ${this.#progress()}
        <span>${fill(words.votes, voted, toVote)}</span>
        <span class="faint">${comparison.standing}</span>
      </div>
      <div class="line" role="toolbar" aria-label=${words.actions}>
        ${comparison.drawing ? html`${this.#all(comparison.paused ? 'resume' : 'pause')} ${this.#all('cancel')}` : nothing}
        ${this.#all('newSeeds')}
        ${comparison.mode === 'draft' ? this.#all('winnersInFull') : nothing}
        ${button({
          label: words.exportSheet,
          hint: words.exportHint,
          onClick: () => sendWish(this, { kind: 'exportSheet', pictures: this.kind }),
        })}
        ${comparison.names === null ? this.#blind() : nothing}
        ${button({ label: words.raw, hint: `${words.rawHint} (R)`, pressed: this.kind === 'raw', onClick: () => sendIntent(this, 'raw') })}
        ${comparison.canVote ? nothing : html`<span role="note">${words.cannotVote}</span>`}
      </div>
    `;
  }

  #blind(): TemplateResult {
    const { words } = this;
    const { blind } = this.comparison;
    return button({
      label: blind ? words.blindOff : words.blindOn,
      hint: words.blindHint,
      onClick: () => sendWish(this, { kind: 'setBlind', blind: !blind }),
    });
  }

  #progress(): TemplateResult {
    const { words } = this;
    const { ended, total, etaMs, drawing, paused } = this.comparison;
    const left = etaMs === null || !drawing ? '' : leftText(words, etaMs);
    return html`<span role="status" aria-live="polite"
        >${fill(words.ended, ended, total)}${paused ? ` · ${words.paused}` : ''}</span
      >
      ${drawing ? html`<progress max=${total} .value=${ended} aria-label=${words.drawing}></progress>` : nothing}
      <span class="faint">${left}</span>`;
  }

  #all(action: ComparisonAction): TemplateResult {
    const labels: Record<ComparisonAction, string> = {
      cancel: this.words.cancelAll,
      pause: this.words.pause,
      resume: this.words.resume,
      newSeeds: this.words.newSeeds,
      winnersInFull: this.words.winnersInFull,
      leaderboard: this.words.leaderboard,
    };
    return button({
      label: labels[action],
      onClick: () => sendWish(this, { kind: 'actOnAll', action }),
    });
  }
}

function leftText(words: CompareWords, milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  return seconds < 90
    ? fill(words.secondsLeft, seconds)
    : fill(words.minutesLeft, Math.round(seconds / 60));
}
