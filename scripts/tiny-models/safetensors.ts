import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

export type TensorType = 'F16' | 'F32';

export interface Tensor {
  name: string;
  type: TensorType;
  shape: readonly number[];
  /** The values as little-endian bytes, in pieces, so that a large tensor is never held whole. */
  data: () => Iterable<Uint8Array>;
}

/** Values of a tensor of a shape; a scalar has one. */
export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, edge) => product * edge, 1);
}

function bytesOf(tensor: Tensor): number {
  return elementsOf(tensor.shape) * (tensor.type === 'F16' ? 2 : 4);
}

/** The head of a safetensors file: u64 length, then JSON padded with blanks so that the data begins at a multiple of 8. */
export function safetensorsHead(
  tensors: readonly Tensor[],
  metadata: Readonly<Record<string, string>> = {},
): Buffer {
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header['__metadata__'] = metadata;
  let offset = 0;
  for (const tensor of tensors) {
    const end = offset + bytesOf(tensor);
    header[tensor.name] = {
      dtype: tensor.type,
      shape: tensor.shape,
      data_offsets: [offset, end],
    };
    offset = end;
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Math.ceil(json.length / 8) * 8;
  const head = Buffer.alloc(8 + padded, ' ');
  head.writeBigUInt64LE(BigInt(padded), 0);
  json.copy(head, 8);
  return head;
}

function* fileBytes(
  tensors: readonly Tensor[],
  metadata: Readonly<Record<string, string>>,
): Iterable<Uint8Array> {
  yield safetensorsHead(tensors, metadata);
  for (const tensor of tensors) {
    let given = 0;
    for (const piece of tensor.data()) {
      given += piece.byteLength;
      yield piece;
    }
    if (given !== bytesOf(tensor)) {
      throw new Error(`${tensor.name} has ${given} bytes instead of ${bytesOf(tensor)}`);
    }
  }
}

/**
 * Writes a safetensors file piece by piece; a half-written one never bears the final name.
 * @returns bytes written
 * @throws Error when a tensor gives more or fewer bytes than its shape says
 */
export async function writeSafetensors(
  path: string,
  tensors: readonly Tensor[],
  metadata: Readonly<Record<string, string>> = {},
): Promise<number> {
  const draft = `${path}.part`;
  const file = createWriteStream(draft);
  try {
    await pipeline(fileBytes(tensors, metadata), file);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  return file.bytesWritten;
}
