import type {
  CellAction,
  CompareMessages,
  ComparisonAction,
} from '../../extension/panels/messages/compare.ts';
import type { Intent, KeyName } from './keys.ts';
import type { CompareState } from './state.ts';

type Params<K extends keyof CompareMessages['host']['requests']> = Parameters<
  CompareMessages['host']['requests'][K]
>[0];

/** What a part of the page wants of the host; the set is the one that it shows. */
export type Wish =
  | { kind: 'act'; action: CellAction; place: number }
  | { kind: 'retry'; set: number; place: number | null }
  | { kind: 'cancel'; set: number; place: number | null }
  | { kind: 'reveal' }
  | { kind: 'makeDefault'; contender: number }
  | { kind: 'actOnAll'; action: ComparisonAction }
  | ({ kind: 'setBlind' } & Params<'setBlind'>)
  | ({ kind: 'exportSheet' } & Params<'exportSheet'>);

/** Tells the page what a button means: the same as its key. */
export function sendIntent(from: EventTarget, name: KeyName, place = 0): void {
  const intent: Intent = { name, place };
  send(from, 'intent', intent);
}

export function sendWish(from: EventTarget, wish: Wish): void {
  send(from, 'wish', wish);
}

/** Tells the page what to show otherwise, and to remember. */
export function sendSettings(from: EventTarget, change: Partial<CompareState>): void {
  send(from, 'settings', change);
}

/** Tells the page what was typed as a note to the vote. */
export function sendNote(from: EventTarget, note: string): void {
  send(from, 'note', note);
}

function send(from: EventTarget, name: string, detail: unknown): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
