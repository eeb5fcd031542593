const ALPHABET =
  '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

/**
 * Z85 text of bytes (ZeroMQ RFC 32): four bytes become five characters.
 * @throws RangeError unless the length is a multiple of four
 */
export function encodeZ85(bytes: Uint8Array): string {
  if (bytes.byteLength % 4 !== 0) throw new RangeError('Z85 encodes multiples of four bytes.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at < bytes.byteLength; at += 4) {
    let value = view.getUint32(at);
    let group = '';
    for (let digit = 0; digit < 5; digit++) {
      group = ALPHABET.charAt(value % 85) + group;
      value = Math.floor(value / 85);
    }
    text += group;
  }
  return text;
}
