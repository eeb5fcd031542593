/** Endings of the files that a palette is read from. */
export const PALETTE_ENDINGS = ['hex', 'gpl', 'pal', 'txt', 'png'] as const;
