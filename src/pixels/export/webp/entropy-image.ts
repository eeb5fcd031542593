import type { BitWriter } from './bit-writer.ts';
import { findMatches } from './matches.ts';
import { type PrefixCode, prefixCode, symbolsOf } from './prefix-code.ts';
import { writeCode } from './write-code.ts';

const LENGTH_SYMBOLS = 24;
const DISTANCE_SYMBOLS = 40;
const MAX_CODE_LENGTH = 15;

/** Distances 1 to 120 mean places nearby; of those only straight up and straight left are used. */
const NEARBY = 120;

interface Prefixed {
  symbol: number;
  extra: number;
  bits: number;
}

/** A length or distance as a symbol and what it leaves open (RFC 9649, clause 5.2.2). */
function prefixed(value: number): Prefixed {
  const rest = value - 1;
  if (rest < 2) return { symbol: rest, extra: 0, bits: 0 };
  const high = 31 - Math.clz32(rest);
  const bits = high - 1;
  const second = (rest >> bits) & 1;
  return { symbol: 2 * high + second, extra: rest & ((1 << bits) - 1), bits };
}

function distanceCode(distance: number, width: number): number {
  if (distance === 1) return 2;
  return distance === width ? 1 : distance + NEARBY;
}

/** What is written: a symbol of one of the five codes, or bits as they are. */
type Token = { code: number; symbol: number } | { extra: number; bits: number };

/**
 * Writes pixels as literals and repetitions with one group of five prefix codes.
 * @param pixels words of `alpha << 24 | red << 16 | green << 8 | blue`
 * @param isMain the picture itself, which may have several groups and says that it has not
 */
export function writePixels(
  writer: BitWriter,
  pixels: Uint32Array,
  width: number,
  isMain: boolean,
): void {
  const counts = [256 + LENGTH_SYMBOLS, 256, 256, 256, DISTANCE_SYMBOLS].map(
    size => new Uint32Array(size),
  );
  const tokens: Token[] = [];
  const push = (code: number, symbol: number) => {
    counts[code]![symbol]!++;
    tokens.push({ code, symbol });
  };
  const pushPrefixed = (code: number, base: number, value: number) => {
    const { symbol, extra, bits } = prefixed(value);
    push(code, base + symbol);
    if (bits > 0) tokens.push({ extra, bits });
  };
  for (const piece of findMatches(pixels)) {
    if ('pixel' in piece) {
      const { pixel } = piece;
      push(0, (pixel >>> 8) & 255);
      push(1, (pixel >>> 16) & 255);
      push(2, pixel & 255);
      push(3, pixel >>> 24);
    } else {
      pushPrefixed(0, 256, piece.length);
      pushPrefixed(4, 0, distanceCode(piece.distance, width));
    }
  }
  const codes = counts.map(count => prefixCode(count, MAX_CODE_LENGTH));
  // No colour cache.
  writer.put(0, 1);
  if (isMain) writer.put(0, 1);
  for (const code of codes) writeCode(writer, code);
  writeTokens(writer, tokens, codes);
}

function writeTokens(writer: BitWriter, tokens: readonly Token[], codes: PrefixCode[]): void {
  const silent = codes.map(code => symbolsOf(code).length <= 1);
  for (const token of tokens) {
    if ('bits' in token) writer.put(token.extra, token.bits);
    else if (!silent[token.code]!) {
      const { codes: words, lengths } = codes[token.code]!;
      writer.put(words[token.symbol]!, lengths[token.symbol]!);
    }
  }
}
