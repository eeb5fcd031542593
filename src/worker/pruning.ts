import type { ArtifactFiles } from './store/artifact-files.ts';
import type { ArtifactIndex } from './store/artifacts.ts';

/**
 * Removes artifacts that nobody needs, oldest first, until at most `toBytes` are left.
 * @returns how many and how many bytes went, or would go
 */
export async function prune(
  index: ArtifactIndex,
  files: ArtifactFiles,
  toBytes: number,
  dryRun: boolean,
): Promise<{ artifacts: number; bytes: number }> {
  let artifacts = 0;
  let bytes = 0;
  for (const candidate of index.prunable(toBytes)) {
    if (!dryRun) {
      if (!index.remove(candidate.digest)) continue;
      await files.remove(candidate.digest);
    }
    artifacts++;
    bytes += candidate.bytes;
  }
  return { artifacts, bytes };
}
