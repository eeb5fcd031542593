import { PixelsError } from '../../protocol/errors.ts';

/** An answer with a status that is no success. */
export class ComfyStatusError extends Error {
  readonly status: number;
  /** Parsed when it is JSON, else the beginning of the text. */
  readonly body: unknown;
  readonly path: string;
  /** Where a redirect points to. */
  readonly location: string | null;

  constructor(status: number, body: unknown, path: string, location: string | null = null) {
    super(`${path} answered ${status}`);
    this.name = 'ComfyStatusError';
    this.status = status;
    this.body = body;
    this.path = path;
    this.location = location;
  }

  /** True when the answer is an object, as ComfyUI's own refusals are; what stands before a server answers with pages. */
  get isJson(): boolean {
    return typeof this.body === 'object' && this.body !== null;
  }
}

function sentence({ status, path, location }: ComfyStatusError, base: string): string {
  if (status < 400) {
    return `${base} redirects ${path}${location === null ? '' : ` to ${location}`}; use the address of the ComfyUI itself.`;
  }
  if (status === 401 || status === 403 || status === 407) {
    return `${base} lets nobody in without credentials (status ${status}); set the server's "headers", e.g. authorization.`;
  }
  if (status === 404 || status === 405) {
    return `What answers at ${base} is not a ComfyUI: it has no ${path} (status ${status}). Check the address and its path.`;
  }
  if (status === 429) return `${base} takes no more requests for now (status 429).`;
  if (status >= 502 && status <= 504) {
    return `What stands before the ComfyUI at ${base} cannot reach it (status ${status}). Is it running?`;
  }
  return `ComfyUI at ${base} failed to answer ${path} (status ${status}); its own log says why.`;
}

/**
 * What a status means that the route itself does not give: something before the server, or another server, has answered.
 * @returns PixelsError `engine-unavailable` with the status; `data.maybeDelivered` is true where the server behind may have got the request
 */
export function strangeAnswer(error: ComfyStatusError, base: string): PixelsError {
  return new PixelsError(
    'engine-unavailable',
    sentence(error, base),
    { url: base, status: error.status, maybeDelivered: error.status >= 500 },
    { cause: error },
  );
}
