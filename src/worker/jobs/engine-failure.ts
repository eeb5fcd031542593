import { PixelsError } from '../../protocol/errors.ts';

/** Server paths tell nothing to a person and something to a stranger. */
function withoutPaths(text: string): string {
  return text.replace(/(?:[A-Za-z]:)?(?:[/\\][\w .@+-]+){2,}/g, '…');
}

/**
 * Turns an execution error of the engine into a sentence with what to do.
 * @param failure exception type and text as the engine reports them, and the class of the node that raised
 */
export function engineFailure(failure: {
  exceptionType: string;
  message: string;
  nodeType: string;
}): PixelsError {
  const text = `${failure.exceptionType} ${failure.message}`;
  const data = { exceptionType: failure.exceptionType, node: failure.nodeType };
  if (/OutOfMemory|out of memory/i.test(text)) {
    return new PixelsError(
      'engine-out-of-memory',
      'The engine ran out of memory. Use a smaller render size or batch, or free memory on its machine, then retry.',
      data,
    );
  }
  if (/No space left|ENOSPC|disk is full/i.test(text)) {
    return new PixelsError(
      'disk-full',
      "The disk of the engine's machine is full. Free some space there, then retry.",
      data,
    );
  }
  const first = withoutPaths(failure.message.split('\n', 1)[0] ?? '').slice(0, 400);
  return new PixelsError(
    'engine-failed',
    `The engine failed in ${failure.nodeType === '' ? 'the graph' : failure.nodeType}: ${first === '' ? failure.exceptionType : first}`,
    data,
  );
}
