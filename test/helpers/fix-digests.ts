import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { fixPixels } from '../../src/pixels/fix/fix-pixels.ts';
import type { FixSettingsInput } from '../../src/pixels/fix/settings.ts';

/** A picture that crosses to another process or a browser. */
export interface FixCase {
  width: number;
  height: number;
  /** RGBA in base64. */
  pixels: string;
  settings: FixSettingsInput;
}

/** SHA-256 of each fixed picture, and of its report. Runs in every JavaScript there is: bundled for Node 22 and for browsers. */
export function fixDigests(cases: readonly FixCase[]): string[] {
  return cases.flatMap(({ width, height, pixels, settings }) => {
    const data = Uint8ClampedArray.from(atob(pixels), letter => letter.charCodeAt(0));
    const { image, report } = fixPixels({ width, height, data }, settings);
    const bytes = new Uint8Array(image.data.buffer, image.data.byteOffset, image.data.length);
    return [sha256(bytes), sha256(utf8ToBytes(JSON.stringify(report)))].map(bytesToHex);
  });
}

Object.assign(globalThis, { fixDigests });
