import type { ModelFamily } from '../../protocol/models.ts';

/** Constants of ComfyUI's own estimates for a family of models. */
export interface FamilyConstants {
  /** `memory_usage_factor` of the family's class in ComfyUI 0.33.0's `comfy/supported_models.py`. */
  factor: number;
  /** Engine pixels that the family was trained at, squared; forecasts of a model without a run are for this size. */
  edge: number;
  /** Whether guidance is a second evaluation; FLUX takes it as an input and evaluates once. */
  guided: boolean;
}

const CONSTANTS: Readonly<Partial<Record<ModelFamily, FamilyConstants>>> = {
  sd15: { factor: 1, edge: 512, guided: true },
  sdxl: { factor: 0.8, edge: 1024, guided: true },
  sd3: { factor: 1.6, edge: 1024, guided: true },
  flux: { factor: 3.1, edge: 1024, guided: false },
};

/** @returns null for families of which nothing is known: nothing is forecast for them */
export function constantsOf(family: ModelFamily): FamilyConstants | null {
  return CONSTANTS[family] ?? null;
}
