import type { MethodName, MethodResult } from '../protocol/methods.ts';

export interface RequestOptions {
  signal?: AbortSignal;
  /** Milliseconds to wait for an answer, per attempt; the method's own by default. */
  timeoutMs?: number;
  /** False: never send it twice. True by default; it has an effect on idempotent methods only. */
  retry?: boolean;
}

/** A result and the frames that came with it. */
export interface Attached<M extends MethodName> {
  result: MethodResult<M>;
  frames: readonly Uint8Array[];
}
