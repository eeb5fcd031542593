import { deflateSync, inflateSync } from 'node:zlib';
import type { Zlib } from '../../pixels/png/zlib.ts';

/** Node unpacks in pieces of this size and joins them; one piece is fastest when the size is known. */
const PIECE = { least: 1024, most: 16 * 1024 * 1024 };

/** Node's zlib for the pixel code. */
export const nodeZlib: Zlib = {
  inflate: (bytes, maxOutput) =>
    inflateSync(bytes, {
      maxOutputLength: Math.max(1, maxOutput),
      chunkSize: Math.min(PIECE.most, Math.max(PIECE.least, maxOutput)),
    }),
  deflate: (bytes, level) => deflateSync(bytes, { level }),
};
