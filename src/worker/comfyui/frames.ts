import { parsePythonJson } from './json.ts';
import { imagesIn, type OutputImage } from './output-images.ts';
import { record, text } from './values.ts';

/** What the socket of a ComfyUI says, as far as it concerns runs. Anything else is `other`. */
export type ComfyMessage =
  | { kind: 'start'; promptId: string }
  | { kind: 'node'; promptId: string; node: string }
  | { kind: 'end'; promptId: string }
  | { kind: 'progress'; promptId: string; node: string; value: number; max: number }
  | { kind: 'preview'; promptId: string; mime: string; image: Uint8Array }
  | { kind: 'output'; promptId: string; images: OutputImage[] }
  | { kind: 'error'; promptId: string; exceptionType: string; message: string; nodeType: string }
  | { kind: 'interrupted'; promptId: string }
  | { kind: 'other' };

const OTHER: ComfyMessage = { kind: 'other' };

/** A preview that is larger is none, and would stop up the way to the clients. */
const PREVIEW_BYTES = 4 * 1024 * 1024;

/** A count as a progress bar needs it. */
function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}

/** Reads a text frame. A frame without a prompt id (foreign, legacy, or the replay after a reconnect) is `other`. */
export function parseTextFrame(frame: string): ComfyMessage {
  let message: Record<string, unknown>;
  try {
    message = record(parsePythonJson(frame));
  } catch {
    return OTHER;
  }
  const data = record(message['data']);
  const promptId = text(data['prompt_id']);
  if (promptId === '') return OTHER;
  switch (message['type']) {
    case 'execution_start':
      return { kind: 'start', promptId };
    case 'executing':
      return data['node'] === null
        ? { kind: 'end', promptId }
        : { kind: 'node', promptId, node: text(data['node']) };
    case 'progress':
      return {
        kind: 'progress',
        promptId,
        node: text(data['node']),
        value: count(data['value']),
        max: count(data['max']),
      };
    case 'executed':
      return { kind: 'output', promptId, images: imagesIn(data['output']) };
    case 'execution_error':
      // A blocked branch is reported as an error while the run goes on.
      if (text(data['exception_type']).includes('ExecutionBlocked')) return OTHER;
      return {
        kind: 'error',
        promptId,
        exceptionType: text(data['exception_type']),
        message: text(data['exception_message']),
        nodeType: text(data['node_type']),
      };
    case 'execution_interrupted':
      return { kind: 'interrupted', promptId };
    default:
      return OTHER;
  }
}

/**
 * Reads a binary frame. Only previews that name their prompt count (type 4); legacy ones (type 1) may be another client's.
 * Torn frames are `other`.
 */
export function parseBinaryFrame(frame: Uint8Array): ComfyMessage {
  if (frame.byteLength < 8) return OTHER;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0) !== 4) return OTHER;
  const length = view.getUint32(4);
  if (length > 65_536 || 8 + length > frame.byteLength) return OTHER;
  if (frame.byteLength - 8 - length > PREVIEW_BYTES) return OTHER;
  let metadata: Record<string, unknown>;
  try {
    metadata = record(parsePythonJson(new TextDecoder().decode(frame.subarray(8, 8 + length))));
  } catch {
    return OTHER;
  }
  const promptId = text(metadata['prompt_id']);
  const mime = text(metadata['image_type']);
  if (promptId === '' || !/^image\/[a-z]{3,10}$/.test(mime)) return OTHER;
  return { kind: 'preview', promptId, mime, image: frame.subarray(8 + length) };
}
