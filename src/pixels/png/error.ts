export type PngErrorCode = 'not-png' | 'truncated' | 'corrupt' | 'too-large' | 'unsupported';

/** Why a PNG cannot be read or written. */
export class PngError extends Error {
  readonly code: PngErrorCode;

  /** @param message one sentence for a person */
  constructor(code: PngErrorCode, message: string) {
    super(message);
    this.name = 'PngError';
    this.code = code;
  }
}
