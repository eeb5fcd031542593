/** Distinct colours of a PNG's visible pixels; null when it is no PNG that can be read. */
export function countColours(_png: Uint8Array): number | null {
  return null;
}
