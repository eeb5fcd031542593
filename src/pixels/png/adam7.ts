/** One of the seven reduced pictures of an interlaced PNG. */
export interface Pass {
  x: number;
  y: number;
  stepX: number;
  stepY: number;
  /** Pixels of this pass. */
  width: number;
  height: number;
}

const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The passes that a picture of this size is stored in, empty ones left out; one for a picture that is not interlaced. */
export function passesOf(width: number, height: number, interlaced: boolean): Pass[] {
  if (!interlaced) return [{ x: 0, y: 0, stepX: 1, stepY: 1, width, height }];
  return ADAM7.map(([x, y, stepX, stepY]) => ({
    x,
    y,
    stepX,
    stepY,
    width: Math.ceil((width - x) / stepX),
    height: Math.ceil((height - y) / stepY),
  })).filter(pass => pass.width > 0 && pass.height > 0);
}
