import { readFileSync } from 'node:fs';
import { Agent, type Dispatcher, type FormData, request } from 'undici';
import { PixelsError } from '../../protocol/errors.ts';

/** Where a ComfyUI is and how to get in. */
export interface ComfyAddress {
  /** http(s) URL; a path is a prefix of every route. */
  url: string;
  /** Sent with every request and with the socket, e.g. Authorization. */
  headers: Record<string, string>;
  tls: { caFile?: string | undefined; rejectUnauthorized?: boolean | undefined };
}

/** The request certainly never reached the server. */
const NOT_DELIVERED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') codes.push(cause.code);
    if (cause instanceof AggregateError) codes.push(...cause.errors.flatMap(codesOf));
  }
  return codes;
}

/** An answer with a status that is no success. */
export class ComfyStatusError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown, path: string) {
    super(`${path} answered ${status}`);
    this.name = 'ComfyStatusError';
    this.status = status;
    this.body = body;
  }
}

/** HTTP to one ComfyUI: URL prefix, headers, TLS, time limits, and errors that say whether a request may have arrived. */
export class ComfyHttp {
  readonly address: ComfyAddress;
  readonly #base: string;
  readonly #dispatcher: Dispatcher;

  constructor(address: ComfyAddress) {
    this.address = address;
    this.#base = address.url.replace(/\/+$/, '');
    const { caFile, rejectUnauthorized } = address.tls;
    this.#dispatcher = new Agent({
      connect: {
        timeout: 5_000,
        ...(caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') }),
        ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
      },
      keepAliveTimeout: 4_000,
      bodyTimeout: 60_000,
      headersTimeout: 60_000,
    });
  }

  urlOf(path: string): string {
    return `${this.#base}${path}`;
  }

  #unreachable(error: unknown): PixelsError {
    const codes = codesOf(error);
    const delivered = !codes.some(code => NOT_DELIVERED.has(code));
    const why = codes[0] ?? (error instanceof Error ? error.message : String(error));
    return new PixelsError(
      'engine-unavailable',
      `ComfyUI at ${this.#base} does not answer (${why}). Is it running and is the address right?`,
      { url: this.#base, cause: why, maybeDelivered: delivered },
      { cause: error },
    );
  }

  /**
   * One request.
   * @returns status, content type and bytes, whatever the status is
   * @throws PixelsError `engine-unavailable` with `data.maybeDelivered`
   */
  async send(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    options: {
      body?: string | Uint8Array | FormData | undefined;
      contentType?: string | undefined;
      timeoutMs?: number | undefined;
    } = {},
  ): Promise<{ status: number; type: string; bytes: Buffer }> {
    try {
      const answer = await request(this.urlOf(path), {
        method,
        dispatcher: this.#dispatcher,
        headers: {
          ...this.address.headers,
          ...(options.contentType === undefined ? {} : { 'content-type': options.contentType }),
        },
        body: options.body ?? null,
        signal: AbortSignal.timeout(options.timeoutMs ?? 30_000),
      });
      const bytes = Buffer.from(await answer.body.arrayBuffer());
      const type = answer.headers['content-type'];
      return { status: answer.statusCode, type: typeof type === 'string' ? type : '', bytes };
    } catch (error) {
      throw this.#unreachable(error);
    }
  }

  /**
   * A request whose answer is JSON.
   * @throws ComfyStatusError for a status that is no success; PixelsError `engine-unavailable` when something else than a ComfyUI answers
   */
  async json(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    timeoutMs?: number,
  ): Promise<unknown> {
    const answer = await this.send(method, path, {
      body: body === undefined ? undefined : JSON.stringify(body),
      contentType: body === undefined ? undefined : 'application/json',
      timeoutMs,
    });
    const text = answer.bytes.toString('utf8');
    let value: unknown;
    try {
      value = text === '' ? null : JSON.parse(text);
    } catch {
      value = text.slice(0, 500);
      if (answer.status < 300) {
        throw new PixelsError(
          'engine-unavailable',
          `What answers at ${this.#base} is not a ComfyUI: ${path} gave no JSON. Check the address and its path.`,
          { url: this.#base, path, maybeDelivered: true },
        );
      }
    }
    if (answer.status >= 300) throw new ComfyStatusError(answer.status, value, path);
    return value;
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }
}
