import { inflateSync } from 'node:zlib';
import { decodePng } from '../../pixels/png/decode.ts';

/** Only reading is needed here. */
const zlib = {
  inflate: (bytes: Uint8Array, maxOutput: number) =>
    inflateSync(bytes, { maxOutputLength: Math.max(1, maxOutput) }),
  deflate: (): never => {
    throw new Error('Colours are counted, not packed.');
  },
};

/** Distinct colours of a PNG's visible pixels; null when it is no PNG that can be read. */
export function countColours(png: Uint8Array): number | null {
  try {
    const { data } = decodePng(png, zlib).image;
    const colours = new Set<number>();
    for (let place = 0; place < data.length; place += 4) {
      const at = (channel: number) => data[place + channel] ?? 0;
      if (at(3) > 0) colours.add(at(0) + at(1) * 256 + at(2) * 65_536 + at(3) * 16_777_216);
    }
    return colours.size;
  } catch {
    return null;
  }
}
