const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
const ZERO_WIDTH = /\p{Mark}|\p{Default_Ignorable_Code_Point}/u;

/** Text from outside as it may reach a terminal: control characters become spaces, so it can steer nothing. */
export function printable(text: string): string {
  return text.replace(/[\p{Control}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

/** Terminal columns that a text takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (!ZERO_WIDTH.test(character)) width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** Shortens a text to a number of columns, with an ellipsis where something is left out. */
export function fit(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let shortened = '';
  let width = 0;
  for (const character of text) {
    width += displayWidth(character);
    if (width > columns - 1) break;
    shortened += character;
  }
  return columns > 0 ? `${shortened}…` : '';
}

/** Fills a text with spaces up to a number of columns. */
export function pad(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, columns - displayWidth(text)));
  return side === 'left' ? text + spaces : spaces + text;
}
