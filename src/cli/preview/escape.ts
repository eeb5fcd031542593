/** Escape: begins every control sequence. */
export const ESC = '\u001b';

/** Control sequence introducer. */
export const CSI = `${ESC}[`;

/** String terminator: ends Sixel and Kitty pictures. */
export const ST = `${ESC}\\`;
