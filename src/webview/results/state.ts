/** What the results remember while they are hidden. */
export interface ListState {
  words: string;
}

export const STATE_VERSION = 1;
export const FIRST_STATE: ListState = { words: '' };

/** Takes what is whole from a stored state. */
export function readState(stored: object): ListState {
  const words = 'words' in stored ? stored.words : null;
  return { words: typeof words === 'string' ? words : '' };
}
