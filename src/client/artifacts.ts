import { createHash } from 'node:crypto';
import { PixelsError } from '../protocol/errors.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { MethodName, MethodParams } from '../protocol/methods.ts';
import type { Attached, RequestOptions } from './call.ts';

/** The part of a client that artifacts need. */
interface Caller {
  requestWithFrames<M extends MethodName>(
    method: M,
    params: MethodParams<M>,
    attachments?: readonly Uint8Array[],
    options?: RequestOptions,
  ): Promise<Attached<M>>;
}

export interface FetchOptions {
  signal?: AbortSignal;
  /** Told of bytes received so far and in all. */
  onProgress?: (received: number, total: number) => void;
}

export interface PutOptions {
  signal?: AbortSignal;
  /** Told of bytes the worker has and of all. */
  onProgress?: (sent: number, total: number) => void;
}

function requestOptions(signal: AbortSignal | undefined): RequestOptions {
  return signal === undefined ? {} : { signal };
}

function broken(digest: string, detail: string): PixelsError {
  return new PixelsError(
    'malformed-message',
    `The worker sent artifact ${digest.slice(0, 12)}… wrongly: ${detail}. Fetch it again.`,
    { digest },
  );
}

/** @see WorkerClient.fetchArtifact */
export async function fetchArtifact(
  caller: Caller,
  digest: string,
  { signal, onProgress }: FetchOptions = {},
): Promise<Uint8Array> {
  const hash = createHash('sha256');
  let whole: Uint8Array | null = null;
  let received = 0;
  for (;;) {
    const { result, frames } = await caller.requestWithFrames(
      'artifacts.get',
      { digest, offset: received },
      [],
      requestOptions(signal),
    );
    const chunk = frames[0];
    if (chunk === undefined || chunk.byteLength === 0) throw broken(digest, 'a chunk is missing');
    if (result.bytes > LIMITS.artifactBytes || received + chunk.byteLength > result.bytes) {
      throw broken(digest, 'its size is wrong');
    }
    hash.update(chunk);
    if (received === 0 && chunk.byteLength === result.bytes) whole = chunk;
    else {
      whole ??= new Uint8Array(result.bytes);
      if (whole.byteLength !== result.bytes) throw broken(digest, 'its size changed');
      whole.set(chunk, received);
    }
    received += chunk.byteLength;
    onProgress?.(received, result.bytes);
    if (received === result.bytes) break;
  }
  if (hash.digest('hex') !== digest) throw broken(digest, 'its bytes do not agree with its digest');
  return whole;
}

/** @see WorkerClient.putArtifact */
export async function putArtifact(
  caller: Caller,
  bytes: Uint8Array,
  { signal, onProgress }: PutOptions = {},
): Promise<string> {
  const total = bytes.byteLength;
  if (total === 0 || total > LIMITS.artifactBytes) {
    throw new PixelsError(
      total === 0 ? 'invalid-params' : 'too-large',
      `An artifact has 1 to ${LIMITS.artifactBytes} bytes; this one has ${total}.`,
      { bytes: total, limit: LIMITS.artifactBytes },
    );
  }
  const digest = createHash('sha256').update(bytes).digest('hex');
  let offset = 0;
  // The worker may ask for a place again; one that never gets on is given up.
  const patience = 2 * Math.ceil(total / LIMITS.artifactChunkBytes) + 4;
  for (let attempt = 0; attempt < patience; attempt++) {
    // A copy: the socket reads it after this call, when the caller may have changed its own.
    const chunk = bytes.slice(offset, offset + LIMITS.artifactChunkBytes);
    const { result } = await caller.requestWithFrames(
      'artifacts.put',
      { digest, bytes: total, offset },
      [chunk],
      requestOptions(signal),
    );
    onProgress?.(result.complete ? total : Math.min(result.next, total), total);
    if (result.complete) return digest;
    if (result.next < 0 || result.next >= total) break;
    offset = result.next;
  }
  throw new PixelsError('conflict', 'The worker did not take the artifact; upload it again.', {
    digest,
  });
}
