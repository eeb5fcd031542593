import { BACKDROPS, type Backdrop } from '../stage/backdrop.ts';
import type { View } from '../stage/viewport.ts';

/** What the editor of a picture remembers over a reload of the window. */
export interface EditorState {
  /** null: fitted to the window. */
  view: View | null;
  backdrop: Backdrop;
  grid: boolean;
}

export const STATE_VERSION = 1;
export const FIRST_STATE: EditorState = { view: null, backdrop: 'checker', grid: false };

/** Takes what is whole from a stored state, the rest from the first one. */
export function readState(stored: object): EditorState {
  const { view, backdrop, grid } = stored as Partial<Record<keyof EditorState, unknown>>;
  return {
    view: isView(view) ? view : null,
    backdrop: BACKDROPS.find(each => each === backdrop) ?? FIRST_STATE.backdrop,
    grid: grid === true,
  };
}

/** Whether a stored value is a view. */
export function isView(value: unknown): value is View {
  if (typeof value !== 'object' || value === null) return false;
  const { zoom, centre } = value as {
    zoom?: unknown;
    centre?: { x?: unknown; y?: unknown } | null;
  };
  const numbers = [zoom, centre?.x, centre?.y];
  return numbers.every(number => typeof number === 'number' && Number.isFinite(number));
}
