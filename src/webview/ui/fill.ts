/** Puts values into the holes `{0}`, `{1}` … of a word. */
export function fill(word: string, ...values: readonly (string | number)[]): string {
  return word.replace(/\{(\d+)\}/g, (hole, place: string) => String(values[Number(place)] ?? hole));
}
