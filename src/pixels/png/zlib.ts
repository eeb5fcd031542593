/** The host's zlib: Node and the browsers each have their own. */
export interface Zlib {
  /**
   * Unpacks a zlib stream.
   * @param maxOutput bytes that it may unpack to
   * @throws when the stream is broken, ends early or holds more
   */
  inflate(bytes: Uint8Array, maxOutput: number): Uint8Array;
  /**
   * Packs to a zlib stream.
   * @param level 0 (none) to 9 (smallest)
   */
  deflate(bytes: Uint8Array, level: number): Uint8Array;
}
