import { isView } from '../result-editor/state.ts';
import type { View } from '../stage/viewport.ts';
import { FIRST_FORM, type FixForm, readForm } from './form.ts';

/** What the page remembers over a reload of the window. */
export interface FixState {
  /** Address of the picture: the host opens it again. Empty until it was told. */
  file: string;
  form: FixForm;
  /** null: fitted to the window. */
  view: View | null;
  grid: boolean;
}

export const STATE_VERSION = 1;
export const FIRST_STATE: FixState = { file: '', form: FIRST_FORM, view: null, grid: false };

/** Takes what is whole from a stored state, the rest from the first one. */
export function readState(stored: object): FixState {
  const { file, form, view, grid } = stored as Partial<Record<keyof FixState, unknown>>;
  return {
    file: typeof file === 'string' ? file : '',
    form: readForm(form),
    view: isView(view) ? view : null,
    grid: grid === true,
  };
}
