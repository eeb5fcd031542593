import * as vscode from 'vscode';
import { blindPicture, isBlindPicture, tellsItself } from '../compare/blind-check.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../l10n.ts';
import { Problem } from '../problem.ts';
import { findRecipe, type FoundRecipe } from '../recipe/find-recipe.ts';
import type { TextDocuments } from '../text-documents.ts';
import type { Services } from '../services.ts';
import { readImage } from './read-image.ts';

/** The picture that is meant: the one named, else that of the active tab. @throws Problem when there is none */
function pictureMeant(named: unknown): unknown {
  if (named !== undefined && named !== null) return named;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText) {
    return input.uri;
  }
  throw new Problem(
    'not-found',
    t('Open a generated picture first, or use its menu in the explorer.'),
    [openResult()],
  );
}

const openResult = () => ({ title: t('Open Result…'), command: COMMANDS.openResult });
const findWorker = () => ({ title: t('What Can Be Done…'), command: COMMANDS.workerActions });

async function recipeOf(
  services: Services,
  named: unknown,
): Promise<FoundRecipe & { uri: vscode.Uri }> {
  const { link } = services;
  const { uri, bytes } = await readImage(pictureMeant(named));
  if (!tellsItself(bytes)) {
    await link.attach();
    if (await isBlindPicture(services, bytes)) throw blindPicture();
  }
  const found = (await findRecipe(bytes, null)) ?? (await findRecipe(bytes, link.current));
  if (found !== null) return { ...found, uri };
  const name = vscode.workspace.asRelativePath(uri);
  throw new Problem(
    'not-found',
    link.current === null
      ? t('{0} carries no recipe, and no worker is connected that might know it.', name)
      : t('{0} carries no recipe, and the worker does not know it.', name),
    [link.current === null ? findWorker() : openResult()],
  );
}

/** Reveal Recipe: opens how a picture was made, as JSON. */
export async function revealRecipe(
  services: Services,
  documents: TextDocuments,
  named: unknown,
): Promise<FoundRecipe['recipe']> {
  const { uri, recipe, recipeDigest, engine, placeholder } = await recipeOf(services, named);
  const text = JSON.stringify({ recipe, recipeDigest, placeholder, engine }, null, 2);
  const name = uri.path.replace(/^.*\//, '').replace(/\.[^.]+$/, '');
  await documents.show(`${name}.recipe.json`, text, 'json');
  return recipe;
}

/** Copy Recipe as Command Line: the `dgx-pixels generate …` that draws a picture again. */
export async function copyRecipeAsCommand(services: Services, named: unknown): Promise<string> {
  const { recipe } = await recipeOf(services, named);
  const { recipeCommand } = services.loader.load();
  const command = recipeCommand(recipe, null, process.platform === 'win32');
  await vscode.env.clipboard.writeText(command);
  vscode.window.setStatusBarMessage(t('Copied: {0}', command.slice(0, 80)), 5_000);
  return command;
}
