import * as vscode from 'vscode';
import type { ProjectFile } from '../../project/project-file/schema.ts';
import { endText } from '../generate/job-progress.ts';
import type { DrawResult } from '../generate/generator.ts';
import { type Choice, LastChoice } from '../generate/last-choice.ts';
import { folderText, outputFolder } from '../generate/output-folder.ts';
import {
  proposedName,
  type SpriteArguments,
  type SpriteItem,
  sizeOf,
} from '../generate/request.ts';
import { COMMANDS, SETTINGS } from '../ids.ts';
import { t } from '../l10n.ts';
import { Problem } from '../problem.ts';
import { setting } from '../settings/settings.ts';
import type { Services } from '../services.ts';
import { askPrompt } from './ask-prompt.ts';
import { BACK } from './pick.ts';
import { readImage } from './read-image.ts';
import { openSprite } from './open-sprite.ts';
import { report } from './report.ts';
import type { Draft } from './draft.ts';
import { reviewDraft } from './sprite-options.ts';
import { readStock, type Stock } from './stock.ts';

/** What the generate commands give back, for whoever calls them. */
export interface GenerateAnswer {
  job: string;
  state: DrawResult['state'];
  /** Absolute paths, or URIs where there is no disk. */
  files: string[];
  placeholder: boolean;
}

function itemOf(prompt: string, name: string, choice: Choice): SpriteItem {
  const { size, count, checkpoint, loras, workflow, seed, preset } = choice;
  return {
    prompt,
    name,
    size,
    count,
    ...(seed !== null && { seed }),
    ...(workflow !== null && { workflow }),
    ...(checkpoint !== null && { checkpoint }),
    ...(loras.length > 0 && { loras }),
    ...(preset !== null && { preset }),
  };
}

/** The item of a call that names a prompt; nothing is asked and nothing is remembered from earlier. */
export function itemOfArguments(given: SpriteArguments & { prompt: string }): SpriteItem {
  const { prompt, count = 1, seed, workflow, checkpoint, loras, negative } = given;
  const { steps, denoise, preset } = given;
  const size = sizeOf(given.size);
  if (given.size !== undefined && size === null) {
    throw new Problem(
      'invalid-params',
      t('“{0}” is not a size; write 32 or 32x48.', String(given.size)),
    );
  }
  return {
    prompt,
    name: proposedName(prompt, given.name),
    count,
    ...(size !== null && { size }),
    ...(seed !== undefined && { seed }),
    ...(workflow !== undefined && { workflow }),
    ...(checkpoint !== undefined && { checkpoint }),
    ...(loras !== undefined && { loras }),
    ...(negative !== undefined && { negative }),
    ...(steps !== undefined && { steps }),
    ...(denoise !== undefined && { denoise }),
    ...(preset !== undefined && { preset }),
  };
}

export function answerOf({ job, state, files, placeholder }: DrawResult): GenerateAnswer {
  const paths = files.map(file => (file.scheme === 'file' ? file.fsPath : file.toString()));
  return { job, state, files: paths, placeholder };
}

/** Says how a job ended and opens its result where that is wanted. Waits for no answer. */
export async function showEnd(
  services: Services,
  result: DrawResult,
  folder: vscode.Uri,
  open: boolean | undefined,
): Promise<void> {
  const { state, files, runs, fault } = result;
  const [first] = files;
  const opens = open ?? setting(SETTINGS.outputOpen) === 'single';
  // Who has gone on working at something keeps it in front of them.
  const behind = services.attention.elsewhereSince(result.awaitedSince);
  if (opens && files.length === 1 && first !== undefined) {
    await openSprite(first, behind ? 'behind' : 'front');
  }
  const text = endText(result, files.length, folderText(folder));
  if (state === 'failed' || state === 'lost') {
    const code = state === 'lost' ? 'engine-lost' : 'engine-failed';
    report(new Problem(code, fault ?? text, [retryAdvice(result.job), logAdvice()]), services.log);
    return;
  }
  if (first === undefined || (opens && !behind && files.length === 1 && state === 'done')) {
    vscode.window.setStatusBarMessage(text, 8_000);
    return;
  }
  const show = files.length === 1 ? t('Open') : t('Open First');
  const reveal = t('Show in Explorer');
  const again = t('Retry');
  const failed = runs.failed + runs.lost > 0;
  const told = failed
    ? vscode.window.showWarningMessage(text, again, show, reveal)
    : vscode.window.showInformationMessage(text, show, reveal);
  void told.then(async answer => {
    if (answer === again) await vscode.commands.executeCommand(COMMANDS.retryJob, result.job);
    if (answer === show) await openSprite(first);
    if (answer === reveal) await vscode.commands.executeCommand('revealInExplorer', first);
  });
}

const retryAdvice = (job: string) => ({
  title: t('Retry'),
  command: COMMANDS.retryJob,
  arguments: [job],
});
const logAdvice = () => ({ title: t('Show Log'), command: COMMANDS.showLog });

async function askDraft(
  services: Services,
  given: SpriteArguments,
  last: LastChoice,
): Promise<Draft | null> {
  const folder = await outputFolder(given.folder, true, services.projects);
  if (folder === null) return null;
  const project = (await services.projects.of(folder))?.file ?? null;
  let prompt = '';
  let stock: Promise<Stock> | null = null;
  for (;;) {
    // The worker starts while the prompt is being typed.
    stock ??= services.link.client().then(readStock);
    stock.catch(() => undefined);
    const asked = await askPrompt(last.prompts(), prompt);
    if (asked === null) return null;
    prompt = asked;
    const choice = firstChoice(last, project);
    const size = sizeOf(given.size);
    const draft: Draft = {
      prompt,
      folder,
      name: proposedName(prompt, given.name),
      choice: size === null ? choice : { ...choice, size },
    };
    const known = await stockWithProgress(stock);
    const reviewed = await reviewDraft(withoutMissing(draft, known, project), known, project);
    if (reviewed !== BACK) return reviewed;
  }
}

/** The choice of the last time; the first time of a game with its own size. */
function firstChoice(last: LastChoice, project: ProjectFile | null): Choice {
  const size = last.made ? undefined : project?.defaults?.size;
  return { ...last.get(), ...(size !== undefined && { size: [size[0], size[1]] as const }) };
}

/** A model or preset that was chosen once may be gone. */
function withoutMissing(
  draft: Draft,
  { models, workflows }: Stock,
  project: ProjectFile | null,
): Draft {
  const { choice } = draft;
  const has = (list: readonly { name: string }[], name: string | null) =>
    list.some(entry => entry.name === name);
  return {
    ...draft,
    choice: {
      ...choice,
      checkpoint: has(models.checkpoints, choice.checkpoint) ? choice.checkpoint : null,
      workflow: has(workflows, choice.workflow) ? choice.workflow : null,
      loras: choice.loras.filter(({ name }) => has(models.loras, name)),
      preset: Object.hasOwn(project?.presets ?? {}, choice.preset ?? '') ? choice.preset : null,
    },
  };
}

function stockWithProgress(stock: Promise<Stock>): Thenable<Stock> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: t('DGX-Pixels: asking the worker') },
    () => stock,
  );
}

/**
 * Generate Sprite…: asks for what the arguments leave open, draws, saves. With a prompt given, nothing is asked.
 * @returns null when a person left it
 * @throws Problem, LinkError, or what the worker answers
 */
export async function generateSprite(
  services: Services,
  given: SpriteArguments,
): Promise<GenerateAnswer | null> {
  const last = new LastChoice(services.context.workspaceState);
  const { prompt } = given;
  const silent = prompt !== undefined;
  const draft = silent ? null : await askDraft(services, given, last);
  if (!silent && draft === null) return null;
  const folder = draft?.folder ?? (await outputFolder(given.folder, false, services.projects));
  if (folder === null) return null;
  const item =
    draft === null
      ? itemOfArguments({ ...given, prompt: prompt ?? '' })
      : itemOf(draft.prompt, draft.name, draft.choice);
  if (draft !== null) {
    await last.set(draft.choice);
    await last.addPrompts([draft.prompt]);
  }
  const init = given.init === undefined ? null : await readImage(given.init);
  const result = await services.generator.draw({
    items: [item],
    folder,
    lane: 'interactive',
    init: init?.bytes ?? null,
  });
  for (const warning of result.warnings) void vscode.window.showWarningMessage(warning);
  await showEnd(services, result, folder, given.open);
  return answerOf(result);
}
