import { closeSync, openSync } from 'node:fs';
import { type Architecture, latentChannelsOf } from './family/architecture.ts';
import { checkpointArchitecture } from './family/checkpoint.ts';
import { loraArchitectures } from './family/lora.ts';
import { metadataArchitectures } from './family/metadata.ts';
import { vaeArchitectures, vaeLatentChannels } from './family/vae.ts';
import { licenseOf, triggerWordsOf } from './metadata-words.ts';
import type { SafetensorsHeader } from './safetensors/header.ts';
import { type FileProblem, ModelFileError } from './safetensors/problem.ts';
import { readHeader } from './safetensors/read-header.ts';

export type ModelKind = 'checkpoint' | 'lora' | 'vae';
export const MODEL_KINDS: readonly ModelKind[] = ['checkpoint', 'lora', 'vae'];

/** True for kinds whose files are read; others, such as those that remove backgrounds, are only listed. */
export function isModelKind(kind: string): kind is ModelKind {
  return (MODEL_KINDS as readonly string[]).includes(kind);
}

/** Goes up when headers are understood better, so that files are looked at again. */
export const READER_VERSION = 1;

/** What the header of a model's file tells. */
export interface ModelFacts {
  /** What it may be, or be for; null when there is no telling. */
  architectures: readonly Architecture[] | null;
  /** Channels of the latents that it draws or decodes. */
  latentChannels: number | null;
  triggerWords: string[];
  license: string | null;
  /** What is wrong with the file; nothing else is known of it then. */
  problem: FileProblem | null;
}

/** A file of which nothing can be told. */
export function unknownFacts(problem: FileProblem | null): ModelFacts {
  return { architectures: null, latentChannels: null, triggerWords: [], license: null, problem };
}

/** True for names of files that can be read without running anything; pickles (`.ckpt`, `.pt`, `.bin`) are never opened. */
export function isSafetensors(name: string): boolean {
  return /\.(?:safetensors|sft)$/i.test(name);
}

/** Tensors are believed before metadata, which survives conversions that change the tensors. */
function architecturesOf(
  kind: ModelKind,
  { tensors, metadata }: SafetensorsHeader,
): readonly Architecture[] | null {
  const named = metadataArchitectures(metadata);
  if (kind === 'checkpoint') {
    const found = checkpointArchitecture(tensors);
    return found === null ? named : [found];
  }
  const possible =
    kind === 'lora' ? loraArchitectures(tensors) : vaeArchitectures(vaeLatentChannels(tensors));
  if (possible === null || named === null) return possible ?? named;
  const both = possible.filter(one => named.includes(one));
  return both.length > 0 ? both : possible;
}

/** What a header tells of a model of a kind. */
export function factsOf(kind: ModelKind, header: SafetensorsHeader): ModelFacts {
  const architectures = architecturesOf(kind, header);
  const only = architectures?.length === 1 ? architectures[0] : undefined;
  return {
    architectures,
    latentChannels:
      kind === 'vae'
        ? vaeLatentChannels(header.tensors)
        : kind === 'checkpoint' && only !== undefined
          ? latentChannelsOf(only)
          : null,
    triggerWords: kind === 'vae' ? [] : triggerWordsOf(header.metadata),
    license: licenseOf(header.metadata),
    problem: null,
  };
}

/** Reads what a file's header tells; garbage is a `problem`, never an error. Blocks while it reads. */
export function readFacts(path: string, kind: ModelKind): ModelFacts {
  try {
    const file = openSync(path, 'r');
    try {
      return factsOf(kind, readHeader(file));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (error instanceof ModelFileError) return unknownFacts(error.toProblem());
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return unknownFacts({ kind: 'unreadable', what: `it cannot be read (${code})` });
  }
}
