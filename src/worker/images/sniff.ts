import { hasPngSignature } from '../../pixels/png/chunks.ts';

const AVIF_BRANDS = ['avif', 'avis'];
const HEIC_BRANDS = ['heic', 'heix', 'hevc', 'mif1', 'msf1'];

/**
 * The media type of a picture by its first bytes.
 * @returns null when they are no known picture's
 */
export function sniffImage(bytes: Uint8Array): string | null {
  if (hasPngSignature(bytes)) return 'image/png';
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(head)) return 'image/gif';
  if (/^RIFF[^]{4}WEBP/.test(head)) return 'image/webp';
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'image/tiff';
  if (head.slice(4, 8) === 'ftyp') {
    const brand = head.slice(8, 12);
    if (AVIF_BRANDS.includes(brand)) return 'image/avif';
    if (HEIC_BRANDS.includes(brand)) return 'image/heic';
  }
  return null;
}
