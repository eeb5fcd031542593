/** What is wrong with a model's file. `truncated` = shorter than its header says; `damaged` = the header contradicts itself. */
export type FileProblemKind = 'not-safetensors' | 'truncated' | 'damaged' | 'unreadable';

export interface FileProblem {
  kind: FileProblemKind;
  /** What was found, for a person; begins in lower case and has no full stop. */
  what: string;
}

/** A file that is not what its name promises. */
export class ModelFileError extends Error {
  readonly code: FileProblemKind;

  constructor(code: FileProblemKind, what: string) {
    super(what);
    this.name = 'ModelFileError';
    this.code = code;
  }

  toProblem(): FileProblem {
    return { kind: this.code, what: this.message };
  }
}
