import type { RgbaImage } from '../../pixels/image.ts';

/** Stands for a pixel that shows the terminal's own background. */
export const CLEAR = -1;

/** Half opaque and more counts as opaque where a terminal knows no opacities between. */
const OPAQUE_FROM = 128;

/** Colours of a picture as `0xRRGGBB`, row-major; `CLEAR` where it is more than half transparent. */
export function packColours({ width, height, data }: RgbaImage): Int32Array {
  const bytes = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const packed = new Int32Array(width * height);
  for (let i = 0; i < packed.length; i++) {
    const rgba = bytes.getUint32(i * 4);
    packed[i] = (rgba & 0xff) < OPAQUE_FROM ? CLEAR : rgba >>> 8;
  }
  return packed;
}

/** Distinct colours of a picture, opacity included; full transparency is none. */
export function countColours({ data }: RgbaImage): number {
  const bytes = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const seen = new Set<number>();
  let last = 0;
  for (let at = 0; at < bytes.byteLength; at += 4) {
    const rgba = bytes.getUint32(at);
    if (rgba === last) continue;
    last = rgba;
    if ((rgba & 0xff) !== 0) seen.add(rgba);
  }
  return seen.size;
}
