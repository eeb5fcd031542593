import { resolve } from 'node:path';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { PixelsError } from '../../protocol/errors.ts';
import { readNamedFile } from '../options.ts';

/**
 * Uploads the image that a drawing starts from.
 * @returns its digest; null when none was named
 * @throws PixelsError `not-found`, `invalid-image` when there is nothing in it
 */
export async function uploadInit(
  connection: WorkerConnection,
  path: string | undefined,
  cwd: string,
): Promise<string | null> {
  if (path === undefined) return null;
  const bytes = await readNamedFile(resolve(cwd, path));
  if (bytes.byteLength === 0) {
    throw new PixelsError('invalid-image', `${path} is empty; name an image.`, { path });
  }
  return connection.putArtifact(bytes);
}
