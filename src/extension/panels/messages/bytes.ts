/**
 * A plain Uint8Array over a buffer of exactly its size. The editor hands whole buffers to a page, so that a view into a pool
 * would bring the pool along, and a Node Buffer would arrive as JSON.
 */
export function plainBytes(bytes: Uint8Array | Uint8ClampedArray): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  const whole = byteOffset === 0 && byteLength === buffer.byteLength;
  if (whole && buffer instanceof ArrayBuffer) return new Uint8Array(buffer);
  return new Uint8Array(bytes);
}
