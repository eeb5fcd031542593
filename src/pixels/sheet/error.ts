export type SheetErrorCode =
  | 'no-frames'
  | 'invalid-frame'
  | 'invalid-name'
  | 'name-clash'
  | 'invalid-tag'
  | 'invalid-slice'
  | 'too-large'
  | 'too-many-colors'
  | 'one-page-only'
  | 'frame-sizes'
  | 'unreadable'
  | 'foreign-file';

/** Why frames make no sheet, or a sheet no file of some format. */
export class SheetError extends Error {
  readonly code: SheetErrorCode;

  /** @param message what is wrong and what to do, for a person */
  constructor(code: SheetErrorCode, message: string) {
    super(message);
    this.name = 'SheetError';
    this.code = code;
  }
}
