import type { ArtImage } from '../../art/types.ts';

/** Whether any pixel is not opaque. */
export function hasTransparency({ data }: ArtImage): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return true;
  return false;
}
