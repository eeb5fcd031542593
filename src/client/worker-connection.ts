import type { PixelsEvent } from '../protocol/events.ts';
import type { MethodName, MethodParams, MethodResult } from '../protocol/methods.ts';

/** A worker as commands use it. */
export interface WorkerConnection {
  /** @throws PixelsError what the worker answered, `timeout` or `disconnected` */
  request<M extends MethodName>(
    method: M,
    params: MethodParams<M>,
    options?: { timeoutMs?: number; retry?: boolean },
  ): Promise<MethodResult<M>>;
  /** Bytes of an artifact, all chunks together. */
  fetchArtifact(digest: string): Promise<Uint8Array>;
  /** Uploads an artifact; the digest names it afterwards. */
  putArtifact(bytes: Uint8Array): Promise<string>;
  /**
   * Subscribes to a job's events, or to all. Resolves when nothing is missed from here on.
   * @returns ends the subscription
   */
  follow(job: string | null, listener: (event: PixelsEvent) => void): Promise<() => void>;
  close(): Promise<void>;
}
