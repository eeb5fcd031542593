import * as vscode from 'vscode';
import type { WorkerClient } from '../../client/worker-client.ts';
import type { ProjectFile } from '../../project/project-file/schema.ts';
import type { CompareSpec } from '../../protocol/compare.ts';
import type { JobPlan } from '../../protocol/jobs.ts';
import { askNumber } from '../commands/ask-number.ts';
import { BACK, pickOne } from '../commands/pick.ts';
import { pickSize } from '../commands/pick-size.ts';
import type { Stock } from '../commands/stock.ts';
import { t } from '../l10n.ts';
import { sizeText } from '../prompts/size.ts';
import { requireDifferent, specOf } from './compare-spec.ts';
import { contendersText } from './contender-choices.ts';
import type { CompareChoice } from './last-comparison.ts';
import { pickContenders } from './pick-contenders.ts';
import { pickPrompts, promptText } from './pick-prompts.ts';
import { extentText, planText } from './plan-text.ts';

/** What a review is made with. */
export interface ReviewParts {
  client: WorkerClient;
  file: ProjectFile;
  stock: Stock;
  /** Prompts of this workspace, for those who add one. */
  earlier: readonly string[];
}

/** A choice that was agreed to, as it is sent. */
export interface Reviewed {
  choice: CompareChoice;
  spec: CompareSpec;
  plan: JobPlan;
}

type Change = (choice: CompareChoice) => Promise<CompareChoice>;

async function pickMode(choice: CompareChoice): Promise<CompareChoice> {
  const picked = await pickOne(
    [
      {
        label: t('In full'),
        detail: t('Every picture as it would be used'),
        mode: 'full' as const,
      },
      {
        label: t('Drafts'),
        detail: t('Few steps, to choose by; winners can be drawn in full from the panel'),
        mode: 'draft' as const,
      },
    ],
    {
      title: t('How it is drawn'),
      placeholder: t('Drafts take a fraction of the time'),
      back: true,
      active: ({ mode }) => mode === choice.mode,
    },
  );
  return picked === null || picked === BACK ? choice : { ...choice, mode: picked.mode };
}

/** `pickSize` asks about a sprite's choice; of it only the size is taken. */
async function changeSize(choice: CompareChoice, stock: Stock): Promise<CompareChoice> {
  const { size } = await pickSize(
    {
      size: choice.size,
      count: 1,
      checkpoint: null,
      loras: [],
      workflow: null,
      seed: null,
      preset: null,
    },
    stock,
  );
  return { ...choice, size };
}

function lines(
  choice: CompareChoice,
  { file, stock, earlier }: ReviewParts,
): (vscode.QuickPickItem & { change: Change })[] {
  const { contenders, prompts, size, seeds, seed, mode } = choice;
  return [
    {
      label: `$(layers) ${t('Contenders')}`,
      description: contendersText(contenders),
      change: async each => {
        const picked = await pickContenders(each.contenders, file, stock);
        return picked === null ? each : { ...each, contenders: picked };
      },
    },
    {
      label: `$(list-unordered) ${t('Prompts')}`,
      description: prompts.map(promptText).join(' · '),
      change: async each => {
        const picked = await pickPrompts(each.prompts, earlier);
        return picked === null || picked === BACK ? each : { ...each, prompts: picked };
      },
    },
    {
      label: `$(symbol-ruler) ${t('Size')}`,
      description: sizeText(size),
      change: each => changeSize(each, stock),
    },
    {
      label: `$(symbol-number) ${t('Seeds of each prompt')}`,
      description: String(seeds),
      change: async each => {
        const count = await askNumber(
          t('Seeds of each prompt'),
          t('Each is a set of its own to vote on'),
          String(seeds),
          { least: 1, most: 1000, empty: false },
        );
        return count == null ? each : { ...each, seeds: count };
      },
    },
    {
      label: `$(key) ${t('First seed')}`,
      description: seed === null ? t('random') : String(seed),
      change: async each => {
        const first = await askNumber(
          t('First seed'),
          t('Empty: another one each time'),
          seed === null ? '' : String(seed),
          { least: 0, most: Number.MAX_SAFE_INTEGER - 4096, empty: true },
        );
        return first === undefined ? each : { ...each, seed: first };
      },
    },
    {
      label: `$(dashboard) ${t('How it is drawn')}`,
      description: mode === 'draft' ? t('Drafts') : t('In full'),
      change: pickMode,
    },
  ];
}

/** What a choice would take, or what is wrong with it as a sentence. */
async function planned(
  choice: CompareChoice,
  { client, file, stock }: ReviewParts,
): Promise<{ spec: CompareSpec; plan: JobPlan } | { problem: string }> {
  try {
    const spec = specOf(choice, file, stock);
    requireDifferent(spec, stock);
    return { spec, plan: await client.request('jobs.plan', { spec }) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Shows what is chosen and what it would take, and lets each of it be changed; Enter compares.
 * @returns null when it was left
 */
export async function reviewComparison(
  first: CompareChoice,
  parts: ReviewParts,
): Promise<Reviewed | null> {
  let choice = first;
  for (;;) {
    const found = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: t('DGX-Pixels: asking the worker') },
      () => planned(choice, parts),
    );
    const compare = {
      label: `$(play) ${t('Compare')}`,
      description: 'plan' in found ? planText(found.spec, found.plan) : '',
      ...('problem' in found && { detail: `$(warning) ${found.problem}` }),
      change: null,
    };
    const picked = await pickOne<vscode.QuickPickItem & { change: Change | null }>(
      [compare, ...lines(choice, parts)],
      {
        title: t('Compare Models'),
        placeholder:
          'plan' in found
            ? t('Enter draws: {0}', extentText(found.spec))
            : t('Choose a line to change it'),
      },
    );
    if (picked === null) return null;
    if (picked.change !== null) choice = await picked.change(choice);
    else if ('plan' in found) return { choice, ...found };
  }
}
