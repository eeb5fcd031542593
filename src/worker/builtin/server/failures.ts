/**
 * A fault inside a node, reported as `execution_error` with the type name that the Python server
 * would give.
 */
export class NodeFailure extends Error {
  readonly code = 'node_failure';
  readonly exceptionType: string;
  /** Second line of the message, as ComfyUI adds for memory faults. */
  readonly tips: string;

  constructor(exceptionType: string, message: string, tips = '') {
    super(message);
    this.name = 'NodeFailure';
    this.exceptionType = exceptionType;
    this.tips = tips;
  }
}

/** Thrown inside a node when the prompt was interrupted. */
export class Interrupted extends Error {
  readonly code = 'interrupted';

  constructor() {
    super('The prompt was interrupted.');
    this.name = 'Interrupted';
  }
}

/** A fault while validating a graph, with the Python type that the answer names. */
export class ValidationFault extends Error {
  readonly code = 'validation_fault';
  readonly exceptionType: string;

  constructor(exceptionType: string, message: string) {
    super(message);
    this.name = 'ValidationFault';
    this.exceptionType = exceptionType;
  }
}

/** The memory fault of a full GPU, in the words of torch and ComfyUI. */
export function outOfMemory(requestedGiB: number): NodeFailure {
  return new NodeFailure(
    'torch.OutOfMemoryError',
    `Allocation on device 0 would exceed allowed memory. (out of memory)\nRequested               : ${requestedGiB.toFixed(2)} GiB`,
    'This error means you ran out of memory on your GPU.\n\nTIPS: If the workflow worked before you might have accidentally set the batch_size to a large number.',
  );
}
