import * as vscode from 'vscode';
import { parsePrompt } from '../../project/compare/prompts.ts';
import {
  type ComparePrompt,
  comparePromptSchema,
  compareSpecSchema,
  type CompareSpec,
} from '../../protocol/compare.ts';
import { describeIssues } from '../../protocol/validate.ts';
import { BACK } from '../commands/pick.ts';
import { readImage } from '../commands/read-image.ts';
import { readStock } from '../commands/stock.ts';
import { LastChoice } from '../generate/last-choice.ts';
import { uriOf } from '../generate/output-folder.ts';
import { type SpriteArguments, sizeOf } from '../generate/request.ts';
import { t } from '../l10n.ts';
import { codeOf, Problem } from '../problem.ts';
import { findRecipe } from '../recipe/find-recipe.ts';
import type { Services } from '../services.ts';
import { requireDifferent, seedsFrom, sharedBase } from './compare-spec.ts';
import { anew, contenderOf, countProblem } from './contender-choices.ts';
import { type CompareChoice, LastComparison } from './last-comparison.ts';
import { pickContenders } from './pick-contenders.ts';
import { pickPrompts } from './pick-prompts.ts';
import { readProjectFile } from './project-file.ts';
import { reviewComparison } from './review.ts';
import { submitComparison } from './submit.ts';

/** What *Compare Models…* takes. With contenders and prompts given, nothing is asked but whether very many images may be drawn. */
export interface CompareArguments {
  /** Each by the name of the project's contender or preset, as `NAME=checkpoint,lora:0.8`, or its parts. */
  contenders?: readonly unknown[];
  /** Each as text, its category before it where it has one, or its parts. */
  prompts?: readonly unknown[];
  size?: SpriteArguments['size'];
  /** Number of seeds of each prompt, or the seeds themselves. */
  seeds?: number | readonly number[];
  /** The first seed, where their number is given. */
  seed?: number;
  mode?: string;
  title?: string;
  /** Further settings that all share, such as steps. */
  base?: object;
  /** Number of images that somebody agreed to. */
  confirmed?: number;
  /** The game's folder. */
  folder?: unknown;
  /** Whether to open the panel. */
  open?: boolean;
  /** A picture whose prompt, size and seed are taken for a start. */
  from?: unknown;
  /** A model that is compared with others. */
  model?: { kind: 'checkpoint' | 'lora'; name: string };
}

function gameFolder(named: unknown): vscode.Uri | null {
  if (named !== undefined && named !== null) return uriOf(named);
  const active = vscode.window.activeTextEditor?.document.uri;
  const own = active === undefined ? undefined : vscode.workspace.getWorkspaceFolder(active);
  return (own ?? vscode.workspace.workspaceFolders?.[0])?.uri ?? null;
}

function promptOf(given: unknown): ComparePrompt {
  if (typeof given === 'string') return parsePrompt(given, 'other');
  const parsed = comparePromptSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw invalid(t('That is no prompt: {0}.', describeIssues(parsed.error).sentence));
}

function invalid(message: string): Problem {
  return new Problem('invalid-params', message, [anew()]);
}

/** A worker's words with the button that mends this command's faults. */
function withAdvice(error: unknown): unknown {
  const mended = [
    'invalid-params',
    'too-large',
    'unknown-model',
    'unknown-workflow',
    'missing-role',
  ];
  const code = codeOf(error);
  if (!(error instanceof Error) || error instanceof Problem || !mended.includes(code)) return error;
  return new Problem(code, error.message, [anew()], { cause: error });
}

/** The comparison of a call that names everything. */
async function specOfArguments(
  services: Services,
  given: CompareArguments,
  folder: vscode.Uri | null,
): Promise<CompareSpec> {
  const file = await readProjectFile(folder);
  const contenders = (given.contenders ?? []).map(each => contenderOf(each, file));
  const problem = countProblem(contenders.length);
  if (problem !== null) throw invalid(problem);
  const size = sizeOf(given.size);
  if (given.size !== undefined && size === null) {
    throw invalid(t('“{0}” is not a size; write 32 or 32x48.', String(given.size)));
  }
  const stock = await readStock(await services.link.client());
  const { seeds = 1, seed = null, mode = 'full', confirmed } = given;
  const parsed = compareSpecSchema.safeParse({
    kind: 'compare',
    contenders,
    base: { ...sharedBase(file, size, stock.workflows), ...given.base },
    prompts: (given.prompts ?? []).map(promptOf),
    seeds: typeof seeds === 'number' ? seedsFrom(seed, seeds) : seeds,
    mode,
    ...(confirmed !== undefined && { confirmed }),
  });
  if (!parsed.success) {
    throw invalid(t('That cannot be compared: {0}.', describeIssues(parsed.error).sentence));
  }
  requireDifferent(parsed.data, stock);
  return parsed.data;
}

/** What a menu was opened on, put before what was chosen last. */
async function startingChoice(
  { link, context }: Services,
  { from, model, size, seed }: CompareArguments,
): Promise<CompareChoice> {
  let choice = new LastComparison(context.workspaceState).get();
  if (from !== undefined) {
    const { bytes } = await readImage(from);
    const found = await findRecipe(bytes, link.current).catch(() => null);
    if (found !== null) {
      const { prompt, size: cells, seed: first } = found.recipe;
      choice = {
        ...choice,
        prompts: [{ prompt, category: 'other' }],
        size: [cells[0], cells[1]],
        seed: first,
        seeds: 1,
      };
    }
  }
  if (model?.kind === 'checkpoint') {
    choice = { ...choice, contenders: [{ checkpoint: model.name }, ...choice.contenders] };
  }
  if (model?.kind === 'lora') {
    const base = choice.contenders[0]?.checkpoint;
    const checkpoint = base === undefined ? {} : { checkpoint: base };
    choice = {
      ...choice,
      contenders: [
        { ...checkpoint, loras: [] },
        { ...checkpoint, loras: [{ name: model.name, strength: 1 }] },
      ],
    };
  }
  const cells = sizeOf(size);
  return {
    ...choice,
    contenders: choice.contenders.slice(0, 4),
    ...(cells !== null && { size: cells }),
    ...(seed !== undefined && { seed }),
  };
}

/** Asks for what is compared, draws after a look at what it takes. @returns null when a person left it */
async function askAndSubmit(
  services: Services,
  given: CompareArguments,
  folder: vscode.Uri | null,
): Promise<string | null> {
  const { link, context } = services;
  const last = new LastComparison(context.workspaceState);
  const earlier = new LastChoice(context.workspaceState);
  const file = await readProjectFile(folder);
  const client = await link.client();
  const stock = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: t('DGX-Pixels: asking the worker') },
    () => readStock(client),
  );
  let choice = withoutMissing(await startingChoice(services, given), stock.models);
  for (;;) {
    const contenders = await pickContenders(choice.contenders, file, stock);
    if (contenders === null) return null;
    choice = { ...choice, contenders };
    const prompts = await pickPrompts(choice.prompts, earlier.prompts());
    if (prompts === BACK) continue;
    if (prompts === null) return null;
    choice = { ...choice, prompts };
    break;
  }
  const parts = { client, file, stock, earlier: earlier.prompts() };
  const reviewed = await reviewComparison(choice, parts);
  if (reviewed === null) return null;
  const { spec, plan } = reviewed;
  const project = folder?.toString() ?? null;
  const job = await submitComparison(services, spec, { project, ask: true, plan });
  if (job === null) return null;
  await last.set(reviewed.choice);
  await earlier.addPrompts(spec.prompts.map(({ prompt }) => prompt).slice(0, 20));
  return job;
}

/** A model that was chosen once may be gone. */
function withoutMissing(
  choice: CompareChoice,
  {
    checkpoints,
    loras,
  }: { checkpoints: readonly { name: string }[]; loras: readonly { name: string }[] },
): CompareChoice {
  const has = (list: readonly { name: string }[], name: string) =>
    list.some(entry => entry.name === name);
  return {
    ...choice,
    contenders: choice.contenders.filter(
      ({ checkpoint, loras: own = [] }) =>
        (checkpoint === undefined || has(checkpoints, checkpoint)) &&
        own.every(({ name }) => has(loras, name)),
    ),
  };
}

/**
 * *Compare Models…*: makes a comparison, asking for what the arguments leave open.
 * @returns the job's id; null when a person left it
 * @throws Problem, PixelsError, LinkError: what is wrong with it, or what the worker answers
 */
export async function compareModels(
  services: Services,
  given: CompareArguments,
): Promise<string | null> {
  const folder = gameFolder(given.folder);
  const { contenders, prompts, title, confirmed } = given;
  try {
    if (contenders === undefined || prompts === undefined) {
      return await askAndSubmit(services, given, folder);
    }
    const spec = await specOfArguments(services, given, folder);
    const project = folder?.toString() ?? null;
    return await submitComparison(services, spec, { project, title, ask: confirmed === undefined });
  } catch (error) {
    throw withAdvice(error);
  }
}
