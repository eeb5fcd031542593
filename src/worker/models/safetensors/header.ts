import { bytesOfValues } from './dtypes.ts';
import { ModelFileError } from './problem.ts';

/** Longest header that the format allows. */
export const MAX_HEADER_BYTES = 100_000_000;

export interface TensorInfo {
  name: string;
  dtype: string;
  shape: number[];
  /** First byte and the one after the last, counted from the beginning of the file. */
  begin: number;
  end: number;
}

export interface SafetensorsHeader {
  metadata: Record<string, string>;
  /** In the order of their bytes. */
  tensors: TensorInfo[];
}

function damaged(what: string): ModelFileError {
  return new ModelFileError('damaged', what);
}

/** Names come from strangers: they are shown short and in one line. */
function shown(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 79)}…` : name);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/**
 * Length of the JSON part.
 * @param first the first bytes of the file, 8 if it has that many
 * @throws ModelFileError `truncated`, `not-safetensors`
 */
export function headerLength(first: Uint8Array, fileBytes: number): number {
  if (fileBytes < 8 || first.byteLength < 8) {
    throw new ModelFileError(
      fileBytes === 0 ? 'truncated' : 'not-safetensors',
      fileBytes === 0 ? 'the file is empty' : `the file has only ${fileBytes} bytes`,
    );
  }
  const view = new DataView(first.buffer, first.byteOffset, 8);
  const length = view.getBigUint64(0, true);
  if (length < 2n || length > BigInt(MAX_HEADER_BYTES)) {
    throw new ModelFileError('not-safetensors', 'it does not begin with a safetensors header');
  }
  if (Number(length) + 8 > fileBytes) {
    throw new ModelFileError('truncated', 'the file ends inside its header');
  }
  return Number(length);
}

function metadataOf(value: unknown): Record<string, string> {
  const entries = Object.entries(record(value) ?? {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function tensorOf(name: string, value: unknown, dataStart: number, fileBytes: number): TensorInfo {
  const entry = record(value);
  const dtype = entry?.['dtype'];
  const shape = entry?.['shape'];
  const offsets = entry?.['data_offsets'];
  if (
    typeof dtype !== 'string' ||
    !Array.isArray(shape) ||
    !shape.every(isCount) ||
    !Array.isArray(offsets)
  ) {
    throw damaged(`the entry of the tensor ${shown(name)} is incomplete`);
  }
  const [begin, end] = offsets as unknown[];
  if (offsets.length !== 2 || !isCount(begin) || !isCount(end) || end < begin) {
    throw damaged(`the tensor ${shown(name)} has impossible offsets`);
  }
  const wanted = bytesOfValues(
    dtype,
    shape.reduce((product, edge) => product * edge, 1),
  );
  if (wanted !== null && wanted !== end - begin) {
    throw damaged(`the tensor ${shown(name)} has ${end - begin} bytes instead of ${wanted}`);
  }
  if (dataStart + end > fileBytes) {
    throw new ModelFileError(
      'truncated',
      `${dataStart + end - fileBytes} bytes are missing at its end at least`,
    );
  }
  return { name, dtype, shape, begin: dataStart + begin, end: dataStart + end };
}

/**
 * Reads the header of a safetensors file (https://github.com/huggingface/safetensors#format): types, shapes and offsets of all tensors, held
 * against the size of the file. Gaps and bytes behind the last tensor are let pass, as ComfyUI's own loader does.
 * @param json the JSON part, without the 8 bytes of its length
 * @throws ModelFileError `not-safetensors`, `truncated`, `damaged`
 */
export function parseHeader(json: Uint8Array, fileBytes: number): SafetensorsHeader {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    throw new ModelFileError('not-safetensors', 'its header is not valid JSON');
  }
  const header = record(value);
  if (header === null) throw damaged('its header is not a map of tensors');
  const dataStart = 8 + json.byteLength;
  const tensors = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => tensorOf(name, entry, dataStart, fileBytes))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  for (const [place, tensor] of tensors.entries()) {
    const before = tensors[place - 1];
    if (before !== undefined && before.end > tensor.begin) {
      throw damaged(`the tensors ${shown(before.name)} and ${shown(tensor.name)} overlap`);
    }
  }
  return { metadata: metadataOf(header['__metadata__']), tensors };
}
