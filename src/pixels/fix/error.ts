export type FixErrorCode = 'too-many-cells' | 'unequal-frames' | 'no-frames' | 'bad-grid';

/** A picture that cannot be fixed as asked. */
export class FixError extends Error {
  readonly code: FixErrorCode;

  constructor(code: FixErrorCode, message: string) {
    super(message);
    this.name = 'FixError';
    this.code = code;
  }
}
