/** Width and height in cells. */
export type CellSize = [width: number, height: number];

/** Cells of the longest edge. */
export const LARGEST_SIZE = 512;

/** Reads `32`, `32x48` or `32×48`; null for anything else, and for what is beyond 1 to 512. */
export function parseSize(text: string): CellSize | null {
  const match = /^\s*(\d{1,4})(?:\s*[x×*]\s*(\d{1,4}))?\s*$/i.exec(text);
  if (match === null) return null;
  const width = Number(match[1]);
  const height = Number(match[2] ?? match[1]);
  return [width, height].every(edge => edge >= 1 && edge <= LARGEST_SIZE) ? [width, height] : null;
}

/** `32×48`. */
export function sizeText([width, height]: CellSize): string {
  return `${width}×${height}`;
}

/** Whether an engine picture of one of the sizes has a pixel for every cell. A workflow that names none takes the picture's. */
export function isOffered(
  [width, height]: CellSize,
  renderSizes: readonly (readonly [number, number])[],
): boolean {
  return renderSizes.length === 0 || renderSizes.some(([w, h]) => width <= w && height <= h);
}
