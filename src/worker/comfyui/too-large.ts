import { PixelsError } from '../../protocol/errors.ts';

function megabytes(size: number): string {
  return `${(size / 2 ** 20).toFixed(1)} MB`;
}

/**
 * Something that a server does not take for its size.
 * @param bytes what it has
 * @param limit what the server takes; null when it does not say
 */
export function tooLarge(
  base: string,
  what: string,
  bytes: number,
  limit: number | null,
): PixelsError {
  const most = limit === null ? 'less' : `at most ${megabytes(limit)}`;
  return new PixelsError(
    'too-large',
    `The ${what} has ${megabytes(bytes)}; ComfyUI at ${base} takes ${most}. Use a smaller one, or start ComfyUI with a larger --max-upload-size.`,
    { bytes, limit },
  );
}
