import type { CompareSpec } from '../../protocol/compare.ts';
import { defaultWorkflow } from '../workflows/default-workflow.ts';

/** Steps of a draft. */
export const DRAFT_STEPS = 8;

/** Guidance of a draft drawn with a distilled model: at 1 the negative prompt is not evaluated, so a step costs half. */
export const DRAFT_CFG = 1;

/** Workflows that draw with a distillation LoRA what another one draws in full. */
const DRAFT_WORKFLOWS: Readonly<Record<string, string>> = { 'sprite-sdxl': 'draft-sdxl' };

/** How a comparison's drafts are drawn. */
export type DraftWay =
  /** All contenders in a workflow for few steps, at CFG 1, with its own sampler and scheduler. */
  | { workflow: string }
  /** Each contender in its own workflow with its own guidance and sampler, in few steps: softer, but with any model. */
  | { workflow: null };

/**
 * The workflow in which all contenders of a comparison could be drafted.
 * @returns null when they differ in their workflow, or theirs has none for drafts
 */
export function draftWorkflow({ contenders, base }: CompareSpec): string | null {
  const own = contenders.map(({ workflow }) => workflow ?? base.workflow ?? defaultWorkflow(base));
  const [first = ''] = own;
  return own.every(workflow => workflow === first) && base.init === undefined
    ? (DRAFT_WORKFLOWS[first] ?? null)
    : null;
}
