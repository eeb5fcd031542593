import type { MethodInput, MethodName, MethodResult } from '../../protocol/methods.ts';

/** What a handler knows of the caller. */
export interface CallContext {
  /** Routing identity of the caller's socket, in hexadecimal. */
  peer: string;
  /** Frames beside the body. */
  attachments: readonly Uint8Array[];
}

/** A result with frames beside its body. */
export class Attached<R> {
  readonly result: R;
  readonly frames: readonly Uint8Array[];

  constructor(result: R, ...frames: Uint8Array[]) {
    this.result = result;
    this.frames = frames;
  }
}

type Answer<M extends MethodName> = MethodResult<M> | Attached<MethodResult<M>>;

/** One function per method. It gets validated parameters and may throw PixelsError. */
export type Handlers = {
  [M in MethodName]: (
    params: MethodInput<M>,
    context: CallContext,
  ) => Answer<M> | Promise<Answer<M>>;
};
