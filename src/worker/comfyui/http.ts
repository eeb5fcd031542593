import { readFileSync } from 'node:fs';
import { Agent, type Dispatcher, type FormData, request } from 'undici';
import { PixelsError } from '../../protocol/errors.ts';
import { accessOf, type ComfyAccess, type ComfyAddress } from './address.ts';
import { ComfyStatusError } from './answers.ts';
import { parsePythonJson } from './json.ts';

const MIB = 1024 * 1024;

/** Bytes of an answer unless the caller expects more; a history entry holds a whole graph. */
const ANSWER_BYTES = 64 * MIB;

/** The request certainly never reached the server. */
const NOT_DELIVERED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'EPROTO',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
]);

/** What is wrong, by the code of an error that does not say it. */
function remedyOf(code: string): string {
  if (/^HPE_|match the HTTP/.test(code))
    return 'What answers there does not speak HTTP; check the port.';
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    return 'What answers there does not speak TLS; use http:// if it is meant to.';
  }
  return 'Is it running and is the address right?';
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') codes.push(cause.code);
    if (cause instanceof AggregateError) codes.push(...cause.errors.flatMap(codesOf));
  }
  return codes;
}

/** What came back, whatever its status is. */
export interface ComfyAnswer {
  status: number;
  type: string;
  location: string | null;
  bytes: Buffer;
}

/** HTTP to one ComfyUI: URL prefix, headers, TLS, time limits, and errors that say whether a request may have arrived. */
export class ComfyHttp {
  readonly #access: ComfyAccess;
  readonly #dispatcher: Dispatcher;

  constructor(address: ComfyAddress) {
    this.#access = accessOf(address);
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

  /** The address without credentials, for messages. */
  get base(): string {
    return this.#access.base;
  }

  #unreachable(error: unknown): PixelsError {
    const codes = codesOf(error);
    const delivered = !codes.some(code => NOT_DELIVERED.has(code));
    const why = codes[0] ?? (error instanceof Error ? error.message : String(error));
    return new PixelsError(
      'engine-unavailable',
      `ComfyUI at ${this.base} does not answer (${why}). ${remedyOf(why)}`,
      { url: this.base, cause: why, maybeDelivered: delivered },
      { cause: error },
    );
  }

  /**
   * One request.
   * @param options `maxBytes`: an answer that is longer is no ComfyUI's, and is not read to its end
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
      maxBytes?: number | undefined;
    } = {},
  ): Promise<ComfyAnswer> {
    try {
      const answer = await request(`${this.base}${path}`, {
        method,
        dispatcher: this.#dispatcher,
        headers: {
          ...this.#access.headers,
          ...(options.contentType === undefined ? {} : { 'content-type': options.contentType }),
        },
        body: options.body ?? null,
        signal: AbortSignal.timeout(options.timeoutMs ?? 30_000),
      });
      const bytes = await this.#read(answer.body, path, options.maxBytes ?? ANSWER_BYTES);
      const { 'content-type': type, location } = answer.headers;
      return {
        status: answer.statusCode,
        type: typeof type === 'string' ? type : '',
        location: typeof location === 'string' ? location.slice(0, 300) : null,
        bytes,
      };
    } catch (error) {
      throw PixelsError.is(error) ? error : this.#unreachable(error);
    }
  }

  async #read(body: Dispatcher.ResponseData['body'], path: string, limit: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > limit) {
        body.destroy();
        throw new PixelsError(
          'engine-unavailable',
          `What answers at ${this.base} is not a ComfyUI: ${path} gave more than ${limit / MIB} MB. Check the address and its path.`,
          { url: this.base, path, maybeDelivered: true },
        );
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  /**
   * A request whose answer is JSON.
   * @throws ComfyStatusError for a status that is no success; PixelsError `engine-unavailable` when something else than a ComfyUI answers
   */
  async json(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    limits: number | { timeoutMs?: number; maxBytes?: number } = {},
  ): Promise<unknown> {
    const answer = await this.send(method, path, {
      body: body === undefined ? undefined : JSON.stringify(body),
      contentType: body === undefined ? undefined : 'application/json',
      ...(typeof limits === 'number' ? { timeoutMs: limits } : limits),
    });
    const text = answer.bytes.toString('utf8');
    let value: unknown;
    try {
      value = text === '' ? null : parsePythonJson(text);
    } catch {
      value = text.slice(0, 500);
      if (answer.status < 300) {
        throw new PixelsError(
          'engine-unavailable',
          `What answers at ${this.base} is not a ComfyUI: ${path} gave no JSON. Check the address and its path.`,
          { url: this.base, path, maybeDelivered: true },
        );
      }
    }
    if (answer.status >= 300) {
      throw new ComfyStatusError(answer.status, value, path, answer.location);
    }
    return value;
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }
}
