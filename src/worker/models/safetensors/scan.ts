import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { nonFiniteFinder } from './dtypes.ts';
import type { TensorInfo } from './header.ts';
import { readFully, readHeader } from './read-header.ts';
import { ModelFileError } from './problem.ts';

/** A multiple of every width, so that a piece never ends inside a value. */
const PIECE_BYTES = 4 * 1024 * 1024;
const NAMED_TENSORS = 5;

/** Result of reading a file whole. */
export interface ScanResult {
  /** SHA-256 of all its bytes, hexadecimal. */
  sha256: string;
  /** Tensors that hold infinite values or NaN: how many, and the names of the first. */
  nonFinite: { count: number; first: string[] };
  tensors: number;
}

/** Neighbouring tensors of one type, read as if they were one. */
interface Stretch {
  begin: number;
  end: number;
  dtype: string;
  first: number;
}

function stretchesOf(tensors: readonly TensorInfo[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [first, { begin, end, dtype }] of tensors.entries()) {
    if (begin === end) continue;
    const last = stretches.at(-1);
    if (last?.end === begin && last.dtype === dtype) last.end = end;
    else stretches.push({ begin, end, dtype, first });
  }
  return stretches;
}

/** Masks of attention are minus infinity by design. */
function mayBeInfinite(name: string): boolean {
  return /(?:^|[._])attn_mask$/.test(name);
}

/** Notes which tensors hold values that are no finite numbers. */
class NonFinite {
  readonly #tensors: readonly TensorInfo[];
  readonly first: string[] = [];
  count = 0;
  #place = 0;
  /** All before this byte is known already. */
  #until = 0;

  constructor(tensors: readonly TensorInfo[]) {
    this.#tensors = tensors;
  }

  look(bytes: Uint8Array, position: number, stretch: Stretch): void {
    const finder = nonFiniteFinder(stretch.dtype);
    if (finder === null) return;
    this.#place = Math.max(this.#place, stretch.first);
    let from = Math.max(0, this.#until - position);
    while (from < bytes.byteLength) {
      const found = finder.find(bytes, from);
      if (found === -1) return;
      const tensor = this.#tensorAt(position + found);
      if (tensor === undefined) return;
      if (!mayBeInfinite(tensor.name)) {
        this.count++;
        if (this.first.length < NAMED_TENSORS) this.first.push(tensor.name.slice(0, 200));
      }
      this.#until = tensor.end;
      from = tensor.end - position;
    }
  }

  #tensorAt(position: number): TensorInfo | undefined {
    while ((this.#tensors[this.#place]?.end ?? Infinity) <= position) this.#place++;
    return this.#tensors[this.#place];
  }
}

/**
 * SHA-256 of a safetensors file and a look at every floating-point value. Reads block; between pieces of 4 MiB `pause` is awaited.
 * @throws ModelFileError also when the file changes while it is read; errors of the file system
 */
export async function scanFile(path: string, pause: () => Promise<void>): Promise<ScanResult> {
  const file = openSync(path, 'r');
  try {
    const before = fstatSync(file, { bigint: true });
    const { tensors } = readHeader(file);
    const size = Number(before.size);
    const stretches = stretchesOf(tensors);
    const hash = createHash('sha256');
    const nonFinite = new NonFinite(tensors);
    const buffer = new Uint8Array(PIECE_BYTES);
    let next = 0;
    for (let position = 0; position < size;) {
      while ((stretches[next]?.end ?? Infinity) <= position) next++;
      const stretch = stretches[next];
      const inside = stretch !== undefined && position >= stretch.begin;
      const border = inside ? stretch.end : (stretch?.begin ?? size);
      const piece = buffer.subarray(0, Math.min(PIECE_BYTES, border - position));
      readFully(file, piece, position);
      hash.update(piece);
      if (inside) nonFinite.look(piece, position, stretch);
      position += piece.byteLength;
      await pause();
    }
    const after = fstatSync(file, { bigint: true });
    if (after.size !== before.size || after.mtimeNs !== before.mtimeNs) {
      throw new ModelFileError('unreadable', 'it changed while it was read');
    }
    return {
      sha256: hash.digest('hex'),
      nonFinite: { count: nonFinite.count, first: nonFinite.first },
      tensors: tensors.length,
    };
  } finally {
    closeSync(file);
  }
}
