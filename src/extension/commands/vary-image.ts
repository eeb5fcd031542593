import { posix } from 'node:path';
import * as vscode from 'vscode';
import { LastChoice } from '../generate/last-choice.ts';
import { outputFolder } from '../generate/output-folder.ts';
import { proposedName, type SpriteArguments, type SpriteItem } from '../generate/request.ts';
import { t } from '../l10n.ts';
import { Problem } from '../problem.ts';
import { promptProblem } from '../prompts/check-prompt.ts';
import type { CellSize } from '../prompts/size.ts';
import { stampOf } from '../recipe/stamp-of.ts';
import type { Services } from '../services.ts';
import { answerOf, type GenerateAnswer, itemOfArguments, showEnd } from './generate-sprite.ts';
import { askText, pickOne } from './pick.ts';
import { type ImageFile, readImage } from './read-image.ts';

/** Sprites are small; a larger picture is drawn as a sprite of a chosen size. */
const LARGEST_SPRITE = 256;

interface Degree extends vscode.QuickPickItem {
  denoise: number;
}

async function askDegree(): Promise<number | null> {
  const degrees: Degree[] = [
    {
      label: t('A little'),
      description: '0.35',
      detail: t('Other shades and details'),
      denoise: 0.35,
    },
    {
      label: t('Clearly'),
      description: '0.6',
      detail: t('Same pose and place, another look'),
      denoise: 0.6,
    },
    {
      label: t('A lot'),
      description: '0.85',
      detail: t('Only the rough shape stays'),
      denoise: 0.85,
    },
  ];
  const picked = await pickOne(degrees, {
    title: t('Vary This Image'),
    placeholder: t('How much may change'),
    active: ({ denoise }) => denoise === 0.6,
  });
  return picked?.denoise ?? null;
}

/** The picture that is meant: the one named, of the active tab, or one that is asked for. */
async function imageMeant(named: unknown): Promise<ImageFile | null> {
  if (named !== undefined) return readImage(named);
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputCustom && /\.(?:png|jpe?g|webp|gif)$/i.test(input.uri.path)) {
    return readImage(input.uri);
  }
  const [file] =
    (await vscode.window.showOpenDialog({
      title: t('Picture to vary'),
      filters: { [t('Pictures')]: ['png', 'jpg', 'jpeg', 'webp', 'gif'] },
    })) ?? [];
  return file === undefined ? null : readImage(file);
}

function sizeFor(image: ImageFile, fallback: CellSize): CellSize {
  const { size } = image;
  return size?.every(edge => edge <= LARGEST_SPRITE) === true ? size : fallback;
}

/**
 * Vary This Image: draws anew from a picture, image to image. With a prompt given, nothing is asked.
 * @returns null when a person left it
 * @throws Problem, LinkError, or what the worker answers
 */
export async function varyImage(
  services: Services,
  named: unknown,
  given: SpriteArguments,
): Promise<GenerateAnswer | null> {
  const last = new LastChoice(services.context.workspaceState);
  const image = await imageMeant(named ?? given.init);
  if (image === null) return null;
  const stamp = stampOf(image.bytes);
  const silent = given.prompt !== undefined;
  const prompt =
    given.prompt ??
    (await askText({
      title: t('Vary This Image'),
      prompt: t('What it should become'),
      value: stamp?.recipe?.prompt ?? last.prompts()[0] ?? '',
      problem: promptProblem,
    }));
  if (prompt === null) return null;
  const denoise = given.denoise ?? (silent ? 0.6 : await askDegree());
  if (denoise === null) return null;
  const beside = given.folder ?? folderBeside(services, image.uri);
  const folder = await outputFolder(beside, !silent, services.projects);
  if (folder === null) return null;
  const workflow = given.workflow ?? (await imageWorkflow(services));
  const own = itemOfArguments({ ...given, prompt });
  const base = isOwn(services, image.uri)
    ? proposedName(stamp?.recipe?.prompt ?? prompt)
    : posix.basename(image.uri.path).replace(/\.[^.]+$/, '');
  const item: SpriteItem = {
    ...own,
    name: given.name === undefined ? proposedName(prompt, `${base}-variant`) : own.name,
    size: own.size ?? sizeFor(image, stamp?.recipe?.size ?? last.get().size),
    denoise,
    workflow,
  };
  const init = image.bytes;
  const result = await services.generator.draw({
    items: [item],
    folder,
    lane: 'interactive',
    init,
  });
  if (!silent) await last.addPrompts([prompt]);
  for (const warning of result.warnings) void vscode.window.showWarningMessage(warning);
  await showEnd(services, result, folder, given.open);
  return answerOf(result);
}

/** Whether a picture lies in the extension's own folder, where it is named by its digest. */
function isOwn({ context }: Services, file: vscode.Uri): boolean {
  return file.path.startsWith(`${context.globalStorageUri.path}/`);
}

/** A variant lies beside its picture; one of a picture of ours lies among the game's sprites. */
function folderBeside(services: Services, file: vscode.Uri): vscode.Uri | undefined {
  return isOwn(services, file) ? undefined : vscode.Uri.joinPath(file, '..');
}

/** A workflow that takes a picture and a prompt. @throws Problem when the worker has none */
async function imageWorkflow({ link }: Services): Promise<string> {
  const client = await link.client();
  const { workflows } = await client.request('workflows.list', {});
  const fitting = workflows.filter(
    ({ roles, problem }) =>
      problem === null && ['init', 'denoise', 'positive'].every(role => roles.includes(role)),
  );
  const [first] = fitting;
  if (first === undefined) {
    throw new Problem(
      'missing-role',
      t(
        'The worker has no workflow that draws from a picture; add one with the roles init and denoise.',
      ),
    );
  }
  return first.name;
}
