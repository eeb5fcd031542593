import type { ArtImage } from '../../art/types.ts';
import { NodeFailure } from '../failures.ts';
import type { NodeContext } from './types.ts';

export interface AppliedLora {
  name: string;
  strength: number;
}

export interface ModelValue {
  kind: 'MODEL';
  checkpoint: string;
  loras: readonly AppliedLora[];
}

export interface ClipValue {
  kind: 'CLIP';
}

export interface VaeValue {
  kind: 'VAE';
  /** A file of its own; absent: the checkpoint's. */
  name?: string;
}

export interface ConditioningValue {
  kind: 'CONDITIONING';
  text: string;
}

/** What one latent of a batch holds: nothing yet, a picture, or a drawn sprite. */
export type LatentContent =
  | { kind: 'empty' }
  | { kind: 'picture'; image: ArtImage }
  | { kind: 'sprite'; image: ArtImage; seed: number }
  | { kind: 'nan' };

export interface LatentEntry {
  /** Place in the batch it was first made in; decides its noise. Undefined: its place here. */
  batchIndex: number | undefined;
  content: LatentContent;
}

export interface LatentValue {
  kind: 'LATENT';
  /** Pixels, not latent cells. */
  width: number;
  height: number;
  entries: readonly LatentEntry[];
}

export interface ImageValue {
  kind: 'IMAGE';
  frames: readonly ArtImage[];
  /** Whether the frames have a fourth channel. */
  alpha: boolean;
}

/** One byte per pixel, 0-255 for 0.0-1.0. */
export interface MaskFrame {
  width: number;
  height: number;
  data: Uint8Array;
}

export interface MaskValue {
  kind: 'MASK';
  frames: readonly MaskFrame[];
}

export interface BackgroundModelValue {
  kind: 'BACKGROUND_REMOVAL';
  name: string;
}

interface Kinds {
  MODEL: ModelValue;
  CLIP: ClipValue;
  VAE: VaeValue;
  CONDITIONING: ConditioningValue;
  LATENT: LatentValue;
  IMAGE: ImageValue;
  MASK: MaskValue;
  BACKGROUND_REMOVAL: BackgroundModelValue;
}

/**
 * A linked input of a given kind. A literal in its place passes ComfyUI's validation too and fails
 * only here.
 * @throws NodeFailure when something else came
 */
export function take<K extends keyof Kinds>(
  context: Pick<NodeContext, 'inputs'>,
  name: string,
  kind: K,
): Kinds[K] {
  const value = context.inputs[name];
  if (typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind) {
    return value as Kinds[K];
  }
  throw new NodeFailure('RuntimeError', `ERROR: ${name} input is invalid: ${describe(value)}`);
}

/** A number that validation has already coerced. */
export function takeNumber(context: Pick<NodeContext, 'inputs'>, name: string): number {
  return Number(context.inputs[name]);
}

/** A string that validation has already coerced. */
export function takeText(context: Pick<NodeContext, 'inputs'>, name: string): string {
  return describe(context.inputs[name]);
}

/** A value in a few words, as an error message shows it. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'object' && 'kind' in value) return `<${String(value.kind)}>`;
  return JSON.stringify(value);
}
