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
  // One bit per opaque colour: a photograph has too many for a set.
  const opaque = new Uint8Array(2 ** 21);
  const translucent = new Set<number>();
  let count = 0;
  for (let at = 0; at < bytes.byteLength; at += 4) {
    const rgba = bytes.getUint32(at);
    const alpha = rgba & 0xff;
    if (alpha !== 255) {
      if (alpha !== 0) translucent.add(rgba);
      continue;
    }
    const colour = rgba >>> 8;
    const bits = opaque[colour >> 3] ?? 0;
    const bit = 1 << (colour & 7);
    if ((bits & bit) !== 0) continue;
    opaque[colour >> 3] = bits | bit;
    count++;
  }
  return count + translucent.size;
}
