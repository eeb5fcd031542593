import * as vscode from 'vscode';
import { uuid7 } from '../../client/uuid7.ts';
import { checkCompare } from '../../project/compare/check.ts';
import { extentOf } from '../../project/compare/sets.ts';
import type { CompareSpec } from '../../protocol/compare.ts';
import type { JobPlan } from '../../protocol/jobs.ts';
import { t } from '../l10n.ts';
import type { Services } from '../services.ts';
import { askingText, exceedsDisk } from './plan-text.ts';

export interface SubmitOptions {
  /** Key of the game; null = none. */
  project: string | null;
  /** Whether a person is there to agree to very many images; without one they must have agreed before. */
  ask: boolean;
  /** What it would take, where that is known already. */
  plan?: JobPlan | undefined;
  title?: string | undefined;
}

/** Asks before very much is begun. @returns whether to go on */
async function agreed(spec: CompareSpec, plan: JobPlan): Promise<boolean> {
  if (!plan.asks && !exceedsDisk(plan)) return true;
  const { question, detail } = askingText(spec, plan);
  const draw = t('Draw');
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, draw);
  return answer === draw;
}

/**
 * Makes the job of a comparison, in the batch lane.
 * @returns its id; null when a person did not agree to it
 * @throws PixelsError as `checkCompare`; what the worker answers
 */
export async function submitComparison(
  services: Services,
  spec: CompareSpec,
  { project, ask, plan, title }: SubmitOptions,
): Promise<string | null> {
  const { link, log } = services;
  checkCompare(spec);
  const client = await link.client();
  const confirmed = { ...spec };
  if (ask) {
    if (!(await agreed(spec, plan ?? (await client.request('jobs.plan', { spec }))))) return null;
    confirmed.confirmed = extentOf(spec).cells;
  }
  const id = uuid7();
  const { warnings } = await client.request('jobs.submit', {
    id,
    spec: confirmed,
    lane: 'batch',
    ...(title !== undefined && { title }),
    ...(project !== null && { project: project.slice(-500) }),
  });
  log.info('a comparison was submitted', id);
  for (const warning of warnings) {
    // Its words may name a contender's model; the person chose them a moment ago, and the order on the screen is another.
    log.warn(warning, undefined, id);
    void vscode.window.showWarningMessage(warning);
  }
  return id;
}
