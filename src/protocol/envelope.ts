import { decodeBody, encodeBody } from './codec.ts';
import { LIMITS } from './limits.ts';
import { PixelsError, type WireError, wireErrorSchema } from './errors.ts';
import { PROTOCOL_VERSION } from './version.ts';

/*
 * A request is [body, ...attachments] with body = [protocol, id, method, params]; the reply is [body, ...attachments] with
 * body = [protocol, id, ok, result or error]. Arrays keep small messages under the size that sockets copy inline.
 */

export interface RequestEnvelope {
  protocol: number;
  /** Chosen by the client, echoed in the reply. */
  id: number;
  method: string;
  params: unknown;
}

export type ReplyEnvelope =
  | { protocol: number; id: number; ok: true; result: unknown }
  | { protocol: number; id: number; ok: false; error: WireError };

export function encodeRequest(
  id: number,
  method: string,
  params: unknown,
): Uint8Array<ArrayBuffer> {
  return encodeBody([PROTOCOL_VERSION, id, method, params]);
}

export function encodeReply(id: number, result: unknown): Uint8Array<ArrayBuffer> {
  return encodeBody([PROTOCOL_VERSION, id, true, result], LIMITS.replyBytes);
}

export function encodeErrorReply(id: number, error: WireError): Uint8Array<ArrayBuffer> {
  return encodeBody([PROTOCOL_VERSION, id, false, error]);
}

function isRequestId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/**
 * Id of a request that may be broken otherwise, so that its error can be answered; 0 when none can be read, which no client uses.
 */
export function requestIdOf(body: Uint8Array): number {
  try {
    const value = decodeBody(body);
    return Array.isArray(value) && isRequestId(value[1]) ? value[1] : 0;
  } catch {
    return 0;
  }
}

/**
 * Reads a request's body.
 * @throws PixelsError `malformed-message`, `too-large`, or `protocol-mismatch` when the peer speaks another version.
 */
export function decodeRequest(body: Uint8Array): RequestEnvelope {
  const value = decodeBody(body);
  if (!Array.isArray(value) || value.length < 4) {
    throw new PixelsError(
      'malformed-message',
      'A request is an array of protocol version, id, method and parameters.',
    );
  }
  const list = value as unknown[];
  const protocol = list[0];
  const id = list[1];
  const method = list[2];
  const params = list[3];
  if (protocol !== PROTOCOL_VERSION) {
    throw new PixelsError(
      'protocol-mismatch',
      `This side speaks protocol ${PROTOCOL_VERSION}, the other ${typeof protocol === 'number' ? protocol : 'an unknown one'}. Update the older of extension and worker.`,
      { ours: PROTOCOL_VERSION, theirs: typeof protocol === 'number' ? protocol : null },
    );
  }
  if (!isRequestId(id) || typeof method !== 'string') {
    throw new PixelsError(
      'malformed-message',
      'A request needs a whole number as id and a method name.',
    );
  }
  return { protocol, id, method, params: params ?? {} };
}

/**
 * Reads a reply's body.
 * @throws PixelsError as decodeRequest does.
 */
export function decodeReply(body: Uint8Array): ReplyEnvelope {
  const value = decodeBody(body, LIMITS.replyBytes);
  if (!Array.isArray(value) || value.length < 4) {
    throw new PixelsError('malformed-message', 'The worker sent something that is not a reply.');
  }
  const list = value as unknown[];
  const protocol = list[0];
  const id = list[1];
  const ok = list[2];
  const payload = list[3];
  if (typeof protocol !== 'number' || !isRequestId(id) || typeof ok !== 'boolean') {
    throw new PixelsError('malformed-message', 'The worker sent something that is not a reply.');
  }
  // An error is readable whatever version the peer speaks: that is how a mismatch is told.
  if (!ok) return { protocol, id, ok, error: wireErrorSchema.parse(payload) };
  if (protocol !== PROTOCOL_VERSION) {
    throw new PixelsError(
      'protocol-mismatch',
      `This side speaks protocol ${PROTOCOL_VERSION}, the worker ${protocol}. Update the older of extension and worker.`,
      { ours: PROTOCOL_VERSION, theirs: protocol },
    );
  }
  return { protocol, id, ok, result: payload };
}
