import { isRecord } from '../graph.ts';

/** `extra_pnginfo` of a prompt: what is written into its pictures, one tEXt chunk per key. */
export function pngInfo(extraData: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const info = extraData['extra_pnginfo'];
  return isRecord(info) ? info : {};
}
