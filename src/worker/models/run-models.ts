import type { EngineStamp } from '../../protocol/jobs.ts';
import type { DemandedFile } from '../../project/workflows/demands.ts';
import { isModelKind, type ModelKind } from './facts.ts';

type StampedModels = EngineStamp['models'];

/**
 * SHA-256 of the files that a run was drawn with, null for what is not known for certain.
 * @param since when the run began, Unix milliseconds
 */
export type ModelHash = (
  server: string,
  kind: ModelKind,
  name: string,
  since: number,
) => Promise<string | null>;

/** Models of a run, as they are written into what it made. */
export function modelsOf(files: readonly DemandedFile[]): StampedModels {
  return files.map(({ kind, name }) => ({ kind, name, sha256: null }));
}

/** The same with the hashes of the server that drew it. */
export async function hashedModelsOf(
  models: StampedModels,
  server: string,
  since: number,
  hash: ModelHash,
): Promise<StampedModels> {
  return Promise.all(
    models.map(async ({ kind, name }) => ({
      kind,
      name,
      sha256: isModelKind(kind) ? await hash(server, kind, name, since) : null,
    })),
  );
}
