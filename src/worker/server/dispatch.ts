import {
  encodeErrorReply,
  encodeReply,
  decodeRequest,
  requestIdOf,
} from '../../protocol/envelope.ts';
import { PixelsError, type WireError } from '../../protocol/errors.ts';
import { LIMITS } from '../../protocol/limits.ts';
import {
  isMethodName,
  type MethodInput,
  METHODS,
  type MethodName,
} from '../../protocol/methods.ts';
import { parseOrThrow } from '../../protocol/validate.ts';
import { Attached, type CallContext, type Handlers } from './handlers.ts';
import { SILENT_LOG, type ServerLog } from './log.ts';
import { nearNames } from '../../project/near-names.ts';

export interface DispatcherOptions {
  handlers: Handlers;
  log?: ServerLog;
  /** Checks results too; the client does so always, tests want it here. */
  checkResults?: boolean;
  /** Told who says hello, before it is answered. */
  onHello?: (clientId: string, identity: Buffer) => void;
}

/** Takes the frames of a request and gives those of its reply: at once where the handler answers at once. Never throws. */
export type Dispatcher = (
  frames: readonly Uint8Array[],
  identity: Buffer,
) => Uint8Array[] | Promise<Uint8Array[]>;

/** Hardly any handler asks for the peer, so its name is made when one does. */
class Call implements CallContext {
  readonly attachments: readonly Uint8Array[];
  readonly #identity: Buffer;

  constructor(attachments: readonly Uint8Array[], identity: Buffer) {
    this.attachments = attachments;
    this.#identity = identity;
  }

  get peer(): string {
    return this.#identity.toString('hex');
  }
}

type AnyHandler = (params: unknown, context: CallContext) => unknown;

const METHOD_NAMES = Object.keys(METHODS);
const NONE: readonly Uint8Array[] = [];

function unknownMethod(method: string): PixelsError {
  const near = nearNames(method, METHOD_NAMES);
  const name = method.length > 80 ? `${method.slice(0, 80)}…` : method;
  const hint =
    near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'Update the older of client and worker.';
  return new PixelsError('unknown-method', `There is no method "${name}". ${hint}`, { near });
}

function checkAttachments(method: MethodName, attachments: readonly Uint8Array[]): void {
  const shape: { attachments?: string } = METHODS[method];
  const wanted = shape.attachments === 'params';
  if (wanted === attachments.length > 0) return;
  throw new PixelsError(
    'invalid-params',
    wanted
      ? `${method} needs its bytes as an attached frame.`
      : `${method} takes no attached frames.`,
    { frames: attachments.length },
  );
}

function checkFrames(frames: readonly Uint8Array[]): void {
  if (frames.length > LIMITS.frames) {
    throw new PixelsError(
      'too-large',
      `The message has ${frames.length} frames; at most ${LIMITS.frames} are allowed.`,
      { frames: frames.length, limit: LIMITS.frames },
    );
  }
  for (let place = 1; place < frames.length; place++) {
    const bytes = frames[place]?.byteLength ?? 0;
    if (bytes > LIMITS.artifactChunkBytes) {
      throw new PixelsError(
        'too-large',
        `An attached frame has ${bytes} bytes; at most ${LIMITS.artifactChunkBytes} are allowed. Send it in chunks.`,
        { bytes, limit: LIMITS.artifactChunkBytes },
      );
    }
  }
}

/** Makes the function that answers requests. It knows no sockets. */
export function makeDispatcher(options: DispatcherOptions): Dispatcher {
  const { handlers, log = SILENT_LOG, checkResults = false, onHello } = options;

  function wireErrorOf(error: unknown, method: string): WireError {
    if (PixelsError.is(error)) {
      const wire = error.toWire();
      return wire.message.length > 8000 ? { ...wire, message: wire.message.slice(0, 8000) } : wire;
    }
    log.error({ err: error, method }, 'a request met an unexpected fault');
    return {
      code: 'internal',
      message: `The worker met an unexpected fault in ${method}; its log has the details.`,
    };
  }

  function refuse(id: number, method: string, error: unknown): Uint8Array[] {
    const wire = wireErrorOf(error, method);
    try {
      return [encodeErrorReply(id, wire)];
    } catch (fault) {
      log.error({ err: fault, method }, 'the data of an error cannot be sent');
      return [encodeErrorReply(id, { code: wire.code, message: wire.message })];
    }
  }

  function answer(id: number, method: MethodName, value: unknown): Uint8Array[] {
    const attached = value instanceof Attached ? (value as Attached<unknown>) : null;
    const result: unknown = attached === null ? value : attached.result;
    if (checkResults) {
      const parsed = METHODS[method].result.safeParse(result);
      if (!parsed.success) throw new Error(`Wrong result of ${method}: ${parsed.error.message}`);
    }
    const body = encodeReply(id, result);
    if (attached === null) return [body];
    const frames = [body, ...attached.frames];
    checkFrames(frames);
    return frames;
  }

  return (frames, identity) => {
    const body = frames[0] ?? new Uint8Array(0);
    let id = -1;
    let name = 'a message';
    try {
      checkFrames(frames);
      const request = decodeRequest(body);
      id = request.id;
      const { method } = request;
      if (!isMethodName(method)) throw unknownMethod(method);
      name = method;
      const attachments = frames.length > 1 ? frames.slice(1) : NONE;
      checkAttachments(method, attachments);
      const params: unknown = parseOrThrow(
        METHODS[method].params,
        request.params,
        `parameters of ${method}`,
      );
      if (method === 'hello') onHello?.((params as MethodInput<'hello'>).client.id, identity);
      // The table ties each handler to its parameters; the union of all of them cannot be called.
      const handler = handlers[method] as AnyHandler;
      const value = handler(params, new Call(attachments, identity));
      if (!(value instanceof Promise)) return answer(id, method, value);
      return value
        .then((settled: unknown) => answer(request.id, method, settled))
        .catch((error: unknown) => refuse(request.id, method, error));
    } catch (error) {
      return refuse(id >= 0 ? id : requestIdOf(body), name, error);
    }
  };
}
