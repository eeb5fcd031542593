/** Why a request between a panel and its page was not answered with a result. */
export class MessageError extends Error {
  /** The thrower's own code, or `failed`, `unknown-request`, `timeout`, `cancelled`, `not-listening`, `closed`. */
  readonly code: string;

  /** @param message one sentence for a person */
  constructor(code: string, message: string) {
    super(message);
    this.name = 'MessageError';
    this.code = code;
  }
}

/** What a thrown value becomes on the other side; classes do not survive the way. */
export function describeError(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: 'failed', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
  return { code, message: error.message };
}
