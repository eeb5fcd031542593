/** A canonical prefix code; codes are stored in the order in which their bits are written. */
export interface PrefixCode {
  lengths: Uint8Array;
  codes: Uint16Array;
}

/**
 * Lengths of Huffman's code (1952) that are not above a limit: rare symbols are counted up until it holds, as libwebp's encoder
 * does.
 */
function lengthsOf(counts: Uint32Array, limit: number): Uint8Array {
  for (let least = 1; ; least *= 2) {
    const lengths = huffman(counts, least);
    if (lengths.every(length => length <= limit)) return lengths;
  }
}

interface Node {
  count: number;
  symbol: number;
  children: [Node, Node] | null;
}

function huffman(counts: Uint32Array, least: number): Uint8Array {
  const leaves: Node[] = [];
  for (const [symbol, count] of counts.entries()) {
    if (count > 0) leaves.push({ count: Math.max(count, least), symbol, children: null });
  }
  leaves.sort((a, b) => a.count - b.count || a.symbol - b.symbol);
  // Two queues in order, so the two smallest are always in front (van Leeuwen, 1976).
  const joined: Node[] = [];
  let leaf = 0;
  let join = 0;
  const smallest = (): Node => {
    const a = leaves[leaf];
    const b = joined[join];
    if (b === undefined || (a !== undefined && a.count <= b.count)) return leaves[leaf++]!;
    return joined[join++]!;
  };
  for (let left = leaves.length; left > 1; left--) {
    const children: [Node, Node] = [smallest(), smallest()];
    joined.push({ count: children[0].count + children[1].count, symbol: -1, children });
  }
  const lengths = new Uint8Array(counts.length);
  const root = joined.at(-1) ?? leaves[0];
  if (root !== undefined) measure(root, 0, lengths);
  return lengths;
}

function measure(node: Node, depth: number, lengths: Uint8Array): void {
  if (node.children === null) lengths[node.symbol] = Math.max(depth, 1);
  else for (const child of node.children) measure(child, depth + 1, lengths);
}

/** The code for symbols of the given counts; a lone symbol takes no bits. */
export function prefixCode(counts: Uint32Array, limit: number): PrefixCode {
  const lengths = lengthsOf(counts, limit);
  const codes = new Uint16Array(counts.length);
  let code = 0;
  for (let length = 1; length <= limit; length++) {
    for (const [symbol, own] of lengths.entries()) {
      if (own === length) codes[symbol] = reversed(code++, length);
    }
    code <<= 1;
  }
  return { lengths, codes };
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit++) result |= ((code >> bit) & 1) << (length - 1 - bit);
  return result;
}

/** Symbols with a code, in order. */
export function symbolsOf({ lengths }: PrefixCode): number[] {
  return Array.from(lengths.keys()).filter(symbol => lengths[symbol]! > 0);
}
