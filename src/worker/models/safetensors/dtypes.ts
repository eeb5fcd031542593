/** Bits of one value of each safetensors type. */
const BITS: Readonly<Record<string, number>> = {
  BOOL: 8,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  C64: 64,
  F64: 64,
  I64: 64,
  U64: 64,
};

/** Bytes that values of a type take; null for a type that is newer than this program. */
export function bytesOfValues(dtype: string, values: number): number | null {
  const bits = BITS[dtype];
  return bits === undefined ? null : Math.ceil((values * bits) / 8);
}

type Finder = (bytes: Uint8Array, from: number) => number;

function finder(width: 1 | 2 | 4 | 8, mask: number, wanted = mask): Finder {
  return (bytes, from) => {
    const { buffer, byteOffset, byteLength } = bytes;
    const count = Math.floor(byteLength / width);
    if (width === 1) {
      for (let i = from; i < count; i++) if (((bytes[i] ?? 0) & mask) === wanted) return i;
      return -1;
    }
    if (width === 2) {
      const values = new Uint16Array(buffer, byteOffset, count);
      for (let i = from / 2; i < count; i++) if (((values[i] ?? 0) & mask) === wanted) return i * 2;
      return -1;
    }
    // Of eight bytes the upper four hold the exponent.
    const values = new Uint32Array(buffer, byteOffset, count * (width / 4));
    const step = width / 4;
    for (let i = from / 4 + (step - 1); i < values.length; i += step) {
      if (((values[i] ?? 0) & mask) === wanted) return (i - (step - 1)) * 4;
    }
    return -1;
  };
}

/** Values whose exponent is all ones are infinite or no number; the 8-bit E4M3 has no infinity. */
const FINDERS: Readonly<Record<string, { width: number; find: Finder }>> = {
  F16: { width: 2, find: finder(2, 0x7c00) },
  BF16: { width: 2, find: finder(2, 0x7f80) },
  F32: { width: 4, find: finder(4, 0x7f800000) },
  C64: { width: 4, find: finder(4, 0x7f800000) },
  F64: { width: 8, find: finder(8, 0x7ff00000) },
  F8_E5M2: { width: 1, find: finder(1, 0x7c) },
  F8_E4M3: { width: 1, find: finder(1, 0x7f) },
};

/** How to look for infinite values and NaN in a type; null for types that have none. */
export function nonFiniteFinder(dtype: string): { width: number; find: Finder } | null {
  return FINDERS[dtype] ?? null;
}
