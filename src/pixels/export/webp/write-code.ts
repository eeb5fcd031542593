import type { BitWriter } from './bit-writer.ts';
import { type PrefixCode, prefixCode, symbolsOf } from './prefix-code.ts';

/** The order in which VP8L lists the lengths of the code for lengths. */
const ORDER = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/** Repeats of one length: the symbol, its fewest and most, and the bits that say how many. */
const REPEATS = {
  previous: { symbol: 16, least: 3, most: 6, bits: 2 },
  zeros: { symbol: 17, least: 3, most: 10, bits: 3 },
  manyZeros: { symbol: 18, least: 11, most: 138, bits: 7 },
} as const;

interface Token {
  symbol: number;
  extra: number;
  bits: number;
}

/** Writes a prefix code as VP8L keeps it (RFC 9649, clause 3.7.2.1). */
export function writeCode(writer: BitWriter, code: PrefixCode): void {
  const symbols = symbolsOf(code);
  if (symbols.length <= 2 && symbols.every(symbol => symbol < 256)) {
    writeSimple(writer, symbols);
    return;
  }
  writer.put(0, 1);
  const tokens = tokensOf(code.lengths);
  const counts = new Uint32Array(19);
  for (const { symbol } of tokens) counts[symbol]!++;
  const inner = prefixCode(counts, 7);
  const used = ORDER.findLastIndex(symbol => inner.lengths[symbol]! > 0) + 1;
  const listed = Math.max(4, used);
  writer.put(listed - 4, 4);
  for (const symbol of ORDER.slice(0, listed)) writer.put(inner.lengths[symbol]!, 3);
  // All symbols of the alphabet are told.
  writer.put(0, 1);
  const alone = symbolsOf(inner).length === 1;
  for (const { symbol, extra, bits } of tokens) {
    if (!alone) writer.put(inner.codes[symbol]!, inner.lengths[symbol]!);
    writer.put(extra, bits);
  }
}

/** One or two symbols by themselves; none is told as the symbol 0. */
function writeSimple(writer: BitWriter, symbols: readonly number[]): void {
  const [first = 0, second] = symbols;
  writer.put(1, 1);
  writer.put(second === undefined ? 0 : 1, 1);
  const wide = first > 1;
  writer.put(wide ? 1 : 0, 1);
  writer.put(first, wide ? 8 : 1);
  if (second !== undefined) writer.put(second, 8);
}

function tokensOf(lengths: Uint8Array): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < lengths.length;) {
    const length = lengths[at]!;
    let end = at + 1;
    while (end < lengths.length && lengths[end] === length) end++;
    let run = end - at;
    if (length > 0) {
      tokens.push({ symbol: length, extra: 0, bits: 0 });
      run--;
    }
    while (run > 0) {
      const kind = length > 0 ? REPEATS.previous : run > 10 ? REPEATS.manyZeros : REPEATS.zeros;
      if (run < kind.least) {
        tokens.push({ symbol: length, extra: 0, bits: 0 });
        run--;
      } else {
        const count = Math.min(run, kind.most);
        tokens.push({ symbol: kind.symbol, extra: count - kind.least, bits: kind.bits });
        run -= count;
      }
    }
    at = end;
  }
  return tokens;
}
