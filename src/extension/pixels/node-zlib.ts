import { deflateSync, inflateSync } from 'node:zlib';
import type { Zlib } from '../../pixels/png/zlib.ts';

/** Node's zlib for the PNG codec. */
export const nodeZlib: Zlib = {
  inflate: (bytes, maxOutput) => inflateSync(bytes, { maxOutputLength: Math.max(1, maxOutput) }),
  deflate: (bytes, level) => deflateSync(bytes, { level }),
};
