import * as z from 'zod';

/** Every error that crosses the wire has one of these codes. Clients decide by code, never by message. */
export const ERROR_CODES = [
  'malformed-message',
  'protocol-mismatch',
  'unknown-method',
  'invalid-params',
  'too-large',
  'not-found',
  'conflict',
  'not-allowed',
  'unknown-model',
  'unknown-workflow',
  'invalid-workflow',
  'missing-role',
  'invalid-image',
  'unsupported-image',
  'engine-unavailable',
  'engine-rejected',
  'engine-failed',
  'engine-out-of-memory',
  'engine-lost',
  'blank-result',
  'too-many-cells',
  'disk-full',
  'cancelled',
  'timeout',
  'disconnected',
  'key-rejected',
  'shutting-down',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export const wireErrorSchema = z.object({
  /** Known codes are in ERROR_CODES; a newer peer may send others. */
  code: z.string().min(1).max(64),
  /** One or two sentences for a person: what happened and what to do. */
  message: z.string().max(8000),
  /** What a program needs to act: near names, offending paths, limits. */
  data: z.record(z.string(), z.unknown()).optional(),
});

export type WireError = z.output<typeof wireErrorSchema>;

/** An error with a wire code. What a handler throws as this reaches the peer unchanged. */
export class PixelsError extends Error {
  readonly code: ErrorCode;
  readonly data: Record<string, unknown> | undefined;

  /**
   * @param code one of ERROR_CODES
   * @param message what happened and what to do, for a person
   * @param data what a program needs to act on it
   */
  constructor(
    code: ErrorCode,
    message: string,
    data?: Record<string, unknown>,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'PixelsError';
    this.code = code;
    this.data = data;
  }

  /** True for a PixelsError, optionally of one of the given codes. */
  static is(error: unknown, ...codes: ErrorCode[]): error is PixelsError {
    return error instanceof PixelsError && (codes.length === 0 || codes.includes(error.code));
  }

  /** The form that crosses the wire. */
  toWire(): WireError {
    return this.data === undefined
      ? { code: this.code, message: this.message }
      : { code: this.code, message: this.message, data: this.data };
  }

  /** Rebuilds an error from the wire; codes of a newer peer become `internal` with the original code in `data`. */
  static fromWire(error: WireError): PixelsError {
    const known = ERROR_CODES.find(code => code === error.code);
    return known
      ? new PixelsError(known, error.message, error.data)
      : new PixelsError('internal', error.message, { ...error.data, code: error.code });
  }
}
