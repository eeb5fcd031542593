/** A colour of a sprite and how many cells have it. */
export interface ColourCount {
  /** `#rrggbb`. */
  hex: string;
  cells: number;
}

/** The colours of what is not transparent, the most frequent first; of equal ones in the order they are met. */
export function coloursOf(pixels: Uint8Array): ColourCount[] {
  const counts = new Map<number, number>();
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    if (pixels[at + 3] === 0) continue;
    const color = ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([color, cells]) => ({ hex: `#${color.toString(16).padStart(6, '0')}`, cells }));
}
