import { html, nothing, type TemplateResult } from 'lit';
import type { CellAddress, LiveCell, OpenCell } from '../../extension/panels/messages/compare.ts';
import type { CompareWords } from '../../extension/panels/messages/compare-words.ts';
import { button } from '../ui/toolkit.ts';
import { sendWish } from './events.ts';

/** An open cell without pictures. */
export interface BareCell {
  address: CellAddress;
  open: OpenCell;
  live: LiveCell | null;
  /** Address of what is drawn so far. */
  preview: string | null;
}

/** What is shown in place of a picture: how far it is, or why it is not there, and what can be done about it. */
export function cellStateOf(
  from: EventTarget,
  words: CompareWords,
  { address: { set, place }, open, live, preview }: BareCell,
): TemplateResult {
  const wish = (kind: 'retry' | 'cancel', label: string): TemplateResult =>
    button({ label, onClick: () => sendWish(from, { kind, set, place }) });
  const { phase } = open;
  switch (phase) {
    case 'failed':
    case 'cancelled':
    case 'lost':
      return html`<p role=${phase === 'failed' ? 'alert' : 'status'}>
          ${open.error ?? words[phase === 'failed' ? 'failed_cell' : phase]}
        </p>
        ${wish('retry', words.retry)}`;
    case 'waiting':
    case 'drawing':
      return html`${preview === null ? nothing : html`<img src=${preview} alt=${words.preview} />`}
      ${
        live === null
          ? html`<p>${phase === 'waiting' ? words.waiting : words.drawing}</p>`
          : html`<progress max="1" .value=${live.progress} aria-label=${live.stage}></progress>
              <p>${live.stage} ${Math.round(live.progress * 100)} %</p>`
      }
      ${wish('cancel', words.cancel)}`;
    case 'done':
      return html`<p>${words.opening}</p>`;
  }
}
