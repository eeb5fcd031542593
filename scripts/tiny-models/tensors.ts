import { halfBits } from './half.ts';
import { normalSource, quantileTable, seedOf } from './normal.ts';
import { elementsOf, type Tensor } from './safetensors.ts';

const PIECE = 1 << 20;

const tables = new Map<number, Uint16Array>();

function tableOf(deviation: number): Uint16Array {
  const known = tables.get(deviation) ?? quantileTable(deviation);
  tables.set(deviation, known);
  return known;
}

function* pieces(count: number, fill: (target: Uint16Array) => void): Iterable<Uint8Array> {
  for (let left = count; left > 0; left -= PIECE) {
    const values = new Uint16Array(Math.min(PIECE, left));
    fill(values);
    yield new Uint8Array(values.buffer);
  }
}

/** A half-precision tensor of normal(0, deviation) values that its name and the seed decide. */
export function normalTensor(
  name: string,
  shape: readonly number[],
  deviation: number,
  seed: string,
): Tensor {
  return {
    name,
    type: 'F16',
    shape,
    data: () =>
      pieces(elementsOf(shape), normalSource(tableOf(deviation), seedOf(`${seed}:${name}`))),
  };
}

/** A half-precision tensor of one value. */
export function constantTensor(name: string, shape: readonly number[], value: number): Tensor {
  const bits = halfBits(value);
  return {
    name,
    type: 'F16',
    shape,
    data: () => pieces(elementsOf(shape), target => target.fill(bits)),
  };
}

/** A single-precision scalar. */
export function scalarTensor(name: string, value: number): Tensor {
  return {
    name,
    type: 'F32',
    shape: [],
    data: () => [new Uint8Array(Float32Array.of(value).buffer)],
  };
}
