import { PixelsError } from '../protocol/errors.ts';
import { print, type Context } from './context.ts';
import { printable } from './terminal/text.ts';

interface ErrorRecord {
  code: string;
  message: string;
  data?: Record<string, unknown> | undefined;
}

function recordOf(error: unknown): ErrorRecord {
  if (PixelsError.is(error)) return error.toWire();
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return {
    code: typeof code === 'string' ? code : 'internal',
    message: error instanceof Error ? error.message : String(error),
  };
}

/** Near names that a worker proposes and its sentence does not say yet. */
function proposals({ message, data }: ErrorRecord): string | null {
  const near = data?.['near'];
  if (!Array.isArray(near)) return null;
  const names = near.filter(
    (name): name is string => typeof name === 'string' && !message.includes(name),
  );
  return names.length === 0 ? null : `Try one of: ${names.slice(0, 8).join(', ')}`;
}

/**
 * Tells a person, or with `json` a program, what went wrong.
 * @param json writes `{"error": {code, message, data}}` to the standard output instead
 */
export function reportError(
  context: Pick<Context, 'stdout' | 'stderr'>,
  error: unknown,
  json: boolean,
): void {
  const record = recordOf(error);
  if (json) {
    print(context.stdout, JSON.stringify({ error: record }));
    return;
  }
  const lines = record.message.split('\n').map(printable);
  const near = proposals(record);
  if (near !== null) lines.push(printable(near));
  print(context.stderr, `error: ${lines.join('\n')}`);
}
