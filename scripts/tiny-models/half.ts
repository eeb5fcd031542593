const BITS = new Uint32Array(1);
const FLOAT = new Float32Array(BITS.buffer);

/**
 * Bits of the half-precision number (IEEE 754 binary16) nearest to a value, ties to even.
 * Node 22 has no Float16Array.
 */
export function halfBits(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  FLOAT[0] = value;
  const bits = BITS[0] ?? 0;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  const mantissa = bits & 0x7fffff;
  if (exponent >= 31) return sign | 0x7c00;
  if (exponent > 0) {
    const half = (exponent << 10) | (mantissa >>> 13);
    return sign | (half + roundUp(mantissa, 13, half));
  }
  if (exponent < -10) return sign;
  const full = mantissa | 0x800000;
  const shift = 14 - exponent;
  const half = full >>> shift;
  return sign | (half + roundUp(full, shift, half));
}

function roundUp(value: number, shift: number, kept: number): number {
  const rest = value & ((1 << shift) - 1);
  const tie = 1 << (shift - 1);
  return rest > tie || (rest === tie && (kept & 1) === 1) ? 1 : 0;
}
