import { resolve } from 'node:path';
import type { WorkerConnection } from '../../client/worker-connection.ts';
import { readNamedFile } from '../options.ts';

/**
 * Uploads the image that a drawing starts from.
 * @returns its digest; null when none was named
 */
export async function uploadInit(
  connection: WorkerConnection,
  path: string | undefined,
  cwd: string,
): Promise<string | null> {
  return path === undefined
    ? null
    : connection.putArtifact(await readNamedFile(resolve(cwd, path)));
}
