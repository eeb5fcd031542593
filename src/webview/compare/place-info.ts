import { html, type TemplateResult } from 'lit';
import type { CellState, LiveCell, SetState } from '../../extension/panels/messages/compare.ts';
import type { CompareWords } from '../../extension/panels/messages/compare-words.ts';
import { button } from '../ui/toolkit.ts';
import { cellStateOf } from './cell-state.ts';
import type { PlaceInfo } from './compare-stage.ts';
import type { Previews } from './previews.ts';
import type { SetPictures } from './set-pictures.ts';
import type { Voting } from './vote.ts';

/** What a set's places are told from. */
export interface PlaceSource {
  from: EventTarget;
  words: CompareWords;
  at: number;
  voting: Voting;
  shown: SetPictures;
  live: ReadonlyMap<string, LiveCell>;
  previews: Previews | null;
  onRetry: (name: { set: number; place: number; pictures: string }) => void;
}

/** What is known of each place of a set beside its picture. */
export function placeInfos(set: SetState, source: PlaceSource): PlaceInfo[] {
  const { voting } = source;
  return set.cells.map((cell, place) => {
    const tied = voting.kind === 'tie' && voting.places.includes(place);
    return {
      title: cell.open?.name ?? '',
      best: tied || set.best?.includes(place) === true,
      state: stateOf(set, cell, place, source),
    };
  });
}

function stateOf(
  set: SetState,
  { pictures, open }: CellState,
  place: number,
  source: PlaceSource,
): TemplateResult | null {
  const { from, words, at, shown, live, previews, onRetry } = source;
  const address = { set: at, place };
  const error = shown.errors[place] ?? null;
  if (error !== null && pictures !== null) {
    return html`<p role="alert">${error}</p>
      ${button({ label: words.retry, onClick: () => onRetry({ ...address, pictures }) })}`;
  }
  if (shown.sprites[place] != null) return null;
  if (pictures !== null) return html`<p role="status">${words.opening}</p>`;
  if (open === null) return set.phase === 'broken' ? null : html`<p>${words.hidden}</p>`;
  return cellStateOf(from, words, {
    address,
    open,
    live: live.get(`${at}/${place}`) ?? null,
    preview: previews?.of(address) ?? null,
  });
}
