import { open } from 'node:fs/promises';
import { isSafetensors } from '../models/facts.ts';
import type { FileStamp } from '../models/file-table.ts';
import { headerLength, parseHeader, type TensorInfo } from '../models/safetensors/header.ts';

/** Values of one part of a model by the bytes that each takes in the file. */
export type ValuesByWidth = ReadonlyMap<number, number>;

/** What a checkpoint's file holds, by what ComfyUI loads separately. */
export interface Weights {
  fileBytes: number;
  diffusion: ValuesByWidth;
  text: ValuesByWidth;
  vae: ValuesByWidth;
}

/** Headers longer than this are not read on the worker's loop; the size of the file speaks then. */
const MAX_HEADER_BYTES = 4_000_000;

const TEXT = /^(?:conditioner|cond_stage_model|text_encoders)\./;
const VAE = /^(?:first_stage_model|vae)\./;

function add(values: Map<number, number>, { shape, begin, end }: TensorInfo): void {
  const count = shape.reduce((product, edge) => product * edge, 1);
  if (count === 0) return;
  const width = (end - begin) / count;
  values.set(width, (values.get(width) ?? 0) + count);
}

/** Sorts a checkpoint's tensors into diffusion model, text encoders and VAE, by the prefixes of single-file checkpoints. */
export function weightsOf(tensors: readonly TensorInfo[], fileBytes: number): Weights {
  const diffusion = new Map<number, number>();
  const text = new Map<number, number>();
  const vae = new Map<number, number>();
  for (const tensor of tensors) {
    add(TEXT.test(tensor.name) ? text : VAE.test(tensor.name) ? vae : diffusion, tensor);
  }
  return { fileBytes, diffusion, text, vae };
}

/** A file of which only the size is known: taken as a diffusion model of 16-bit values, as nearly all are published. */
export function weightsOfSize(fileBytes: number): Weights {
  return {
    fileBytes,
    diffusion: new Map([[2, fileBytes / 2]]),
    text: new Map(),
    vae: new Map(),
  };
}

async function readWeights({ path, bytes }: FileStamp): Promise<Weights> {
  const file = await open(path, 'r');
  try {
    const first = Buffer.alloc(8);
    await file.read(first, 0, 8, 0);
    const length = headerLength(first, bytes);
    if (length > MAX_HEADER_BYTES) return weightsOfSize(bytes);
    const json = Buffer.alloc(length);
    await file.read(json, 0, length, 8);
    return weightsOf(parseHeader(json, bytes).tensors, bytes);
  } finally {
    await file.close();
  }
}

/** What checkpoints hold, read once per content of a file. */
export class WeightsReader {
  readonly #known = new Map<string, { stamp: string; weights: Weights }>();

  /** What was read of this content; null when it was not read yet. */
  known(file: FileStamp): Weights | null {
    const known = this.#known.get(file.path);
    return known?.stamp === `${file.bytes} ${file.mtime}` ? known.weights : null;
  }

  /** Reads the header; a file that cannot be read or is no safetensors is known by its size. */
  async read(file: FileStamp): Promise<Weights> {
    const known = this.known(file);
    if (known !== null) return known;
    const weights = isSafetensors(file.path)
      ? await readWeights(file).catch(() => weightsOfSize(file.bytes))
      : weightsOfSize(file.bytes);
    this.#known.set(file.path, { stamp: `${file.bytes} ${file.mtime}`, weights });
    return weights;
  }
}
