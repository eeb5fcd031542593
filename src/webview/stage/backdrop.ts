/** What transparent cells are shown on. */
export const BACKDROPS = ['checker', 'editor', 'dark', 'light'] as const;
export type Backdrop = (typeof BACKDROPS)[number];
