import { PngError } from './error.ts';
import type { PngHeader } from './header.ts';

/** How stored samples become colours. */
export interface Colors {
  /** RGBA of every index or grey level, for pictures of one sample per pixel up to 8 bits; else empty. */
  table: Uint32Array;
  /** Samples that mean "transparent" in grey and RGB pictures. */
  transparent: readonly number[] | null;
}

/**
 * Reads palette and transparency.
 * @param palette body of PLTE
 * @param transparency body of tRNS
 * @throws PngError `corrupt`
 */
export function readColors(
  header: PngHeader,
  palette: Uint8Array | undefined,
  transparency: Uint8Array | undefined,
): Colors {
  const { colorType, bitDepth } = header;
  if (colorType === 3) return { table: indexed(palette, transparency), transparent: null };
  const transparent = transparentSamples(header, transparency);
  if (colorType !== 0 || bitDepth === 16) return { table: new Uint32Array(0), transparent };
  const bytes = new Uint8Array(4 << bitDepth);
  const top = (1 << bitDepth) - 1;
  for (let level = 0; level <= top; level++) {
    bytes.fill((level * 255) / top, level * 4, level * 4 + 3);
    bytes[level * 4 + 3] = level === transparent?.[0] ? 0 : 255;
  }
  return { table: new Uint32Array(bytes.buffer), transparent };
}

/** Indexes beyond the palette are opaque black, as other decoders have it. */
function indexed(palette: Uint8Array | undefined, transparency?: Uint8Array): Uint32Array {
  if (palette === undefined) throw new PngError('corrupt', 'The PNG has indexes but no palette.');
  if (palette.length === 0 || palette.length % 3 !== 0 || palette.length > 768) {
    throw new PngError('corrupt', 'The palette of the PNG has an impossible size.');
  }
  const bytes = new Uint8Array(1024);
  for (let i = 0; i < 256; i++) {
    bytes[i * 4] = palette[i * 3] ?? 0;
    bytes[i * 4 + 1] = palette[i * 3 + 1] ?? 0;
    bytes[i * 4 + 2] = palette[i * 3 + 2] ?? 0;
    bytes[i * 4 + 3] = transparency?.[i] ?? 255;
  }
  return new Uint32Array(bytes.buffer);
}

function transparentSamples(header: PngHeader, transparency?: Uint8Array): number[] | null {
  const { colorType, bitDepth } = header;
  if (transparency === undefined || colorType > 2) return null;
  const count = colorType === 0 ? 1 : 3;
  if (transparency.length < count * 2) {
    throw new PngError('corrupt', 'The transparent colour of the PNG has an impossible size.');
  }
  const mask = (1 << bitDepth) - 1;
  return Array.from(
    { length: count },
    (_, i) => ((transparency[i * 2]! << 8) | transparency[i * 2 + 1]!) & mask,
  );
}
