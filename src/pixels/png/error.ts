/** What is wrong with a PNG file. */
export type PngErrorCode = 'not-png' | 'truncated' | 'corrupt' | 'too-large' | 'unsupported';

/** A file that cannot be read as PNG, or content that PNG cannot hold. */
export class PngError extends Error {
  readonly code: PngErrorCode;

  constructor(code: PngErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PngError';
    this.code = code;
  }
}
