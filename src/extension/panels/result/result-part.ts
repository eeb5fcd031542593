import { inflateSync } from 'node:zlib';
import { countColors } from '../../../pixels/colors.ts';
import { decodePng } from '../../../pixels/png/decode.ts';
import { plainBytes } from '../messages/bytes.ts';
import type { Picture } from '../messages/result-editor.ts';

/*
 * A bundle of its own, dist/extension-result.cjs: an editor that opens no picture does not pay for it.
 */

/** Larger pictures are no sprites, and would take longer to hand to the page than a person waits. */
const LIMITS = { side: 16_384, pixels: 16 * 1024 * 1024 };

/**
 * The pixels of a PNG as the result editor shows them.
 * @throws PngError
 */
export function decodePicture(bytes: Uint8Array): Picture {
  const { image } = decodePng(
    bytes,
    {
      inflate: (packed, most) => inflateSync(packed, { maxOutputLength: Math.max(1, most) }),
      deflate: () => {
        throw new Error('Nothing is written here.');
      },
    },
    LIMITS,
  );
  const { width, height, data } = image;
  return { width, height, pixels: plainBytes(data), colors: countColors(image) };
}
