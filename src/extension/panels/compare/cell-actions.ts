import * as vscode from 'vscode';
import { connectionOver } from '../../../client/connection-over.ts';
import { saveRun } from '../../../client/save-images.ts';
import { writeNewFile } from '../../../local/write-file.ts';
import { cellRecipe } from '../../../project/compare/cell-recipe.ts';
import { askText } from '../../commands/pick.ts';
import { fetchedFile } from '../../commands/fetched-file.ts';
import { openSprite } from '../../commands/open-sprite.ts';
import { drawSaved } from '../../compare/draw-saved.ts';
import {
  checkWritable,
  folderText,
  outputFolder,
  writeSprite,
} from '../../generate/output-folder.ts';
import { proposedName } from '../../generate/request.ts';
import { diskFault } from '../../generate/save-runs.ts';
import { COMMANDS, SETTINGS } from '../../ids.ts';
import { t } from '../../l10n.ts';
import { Problem } from '../../problem.ts';
import { setting } from '../../settings/settings.ts';
import type { CellAction, CellAddress, Outcome } from '../messages/compare.ts';
import { imageOf } from './cell-run.ts';
import { freshSeed } from './follow-ups.ts';
import { type CompareView, done, notDone, openCellAt, setOf } from './session-parts.ts';

/** Images of "More like this". */
const MORE = 4;

async function isTaken(folder: vscode.Uri, name: string): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, `${name}.png`));
    return true;
  } catch {
    return false;
  }
}

/** A name that is free, asked for where the usual one is not. @returns null when a person left it */
async function freeName(folder: vscode.Uri, prompt: string): Promise<string | null> {
  const usual = proposedName(prompt);
  if (!(await isTaken(folder, usual))) return usual;
  let number = 2;
  while (await isTaken(folder, `${usual}-${number}`)) number++;
  const typed = await askText({
    title: t('Use This Sprite'),
    prompt: t('{0}.png exists in {1}; name this one', usual, folderText(folder)),
    value: `${usual}-${number}`,
    problem: text =>
      text.trim() !== '' && proposedName(prompt, text) === text.replace(/\.png$/i, '').trim()
        ? null
        : t('A file name cannot contain / \\ : * ? " < > |.'),
  });
  return typed === null ? null : proposedName(prompt, typed);
}

/**
 * *Use this*: saves a cell among the game's sprites, with its recipe.
 * @param target folder and name, where nobody is to be asked
 */
export async function useCell(
  view: CompareView,
  address: CellAddress,
  target: { folder: vscode.Uri; name: string } | null = null,
): Promise<Outcome & { file: vscode.Uri | null }> {
  const { run } = openCellAt(view, address);
  if (run === undefined || imageOf(run) === null) throw noPicture();
  const folder = target?.folder ?? (await outputFolder(undefined, true, view.services.projects));
  if (folder === null) return { ...notDone(), file: null };
  await checkWritable(folder);
  const name = target?.name ?? (await freeName(folder, run.recipe.prompt));
  if (name === null) return { ...notDone(), file: null };
  const files: vscode.Uri[] = [];
  try {
    await saveRun(connectionOver(view.client()), run, {
      name,
      runsPerName: () => 1,
      raw: false,
      metadata: setting(SETTINGS.outputMetadata, folder),
      write: async (base, ending, bytes) => {
        const file = await writeSprite(folder, base, ending, bytes, writeNewFile);
        files.push(file);
        return file.fsPath;
      },
    });
  } catch (error) {
    const fault = diskFault(error);
    if (fault === null) throw error;
    return { ...notDone(fault), file: null };
  }
  const [file] = files;
  if (file === undefined) throw noPicture();
  if (target === null) await openSprite(file);
  return { ...done(t('Saved as {0}.', vscode.workspace.asRelativePath(file))), file };
}

/** *More like this*: the same contender and prompt in full with new seeds, saved like any sprite. */
async function moreLikeThis(view: CompareView, address: CellAddress): Promise<Outcome> {
  const { contender } = openCellAt(view, address);
  const { prompt } = setOf(view, address.set).place;
  const folder = await outputFolder(undefined, true, view.services.projects);
  if (folder === null) return notDone();
  const recipe = cellRecipe(view.spec, { contender, prompt, seed: 0 }, null);
  const name = view.spec.prompts[prompt]?.name ?? proposedName(recipe.prompt);
  const item = { recipe: { ...recipe, seed: freshSeed() }, count: MORE, name };
  const spec = { kind: 'generate' as const, items: [item] };
  await drawSaved(view.services, spec, folder, 'interactive');
  return done(t('{0} more are being drawn; they are saved in {1}.', MORE, folderText(folder)));
}

/** *Open recipe*: everything that decided a cell, as JSON. */
async function openRecipe(view: CompareView, address: CellAddress): Promise<Outcome> {
  const { run } = openCellAt(view, address);
  if (run === undefined || imageOf(run) === null) throw noPicture();
  const file = await fetchedFile(view.services, view.client(), view.job.id, run.index);
  await vscode.commands.executeCommand(COMMANDS.revealRecipe, file);
  return done();
}

/** What a person does with one cell of an open set. @throws Problem, or what the worker answers */
export async function actOnCell(
  view: CompareView,
  action: CellAction,
  address: CellAddress,
): Promise<Outcome> {
  switch (action) {
    case 'use': {
      const { done: isDone, message } = await useCell(view, address);
      return { done: isDone, message };
    }
    case 'moreLikeThis':
      return moreLikeThis(view, address);
    case 'openRecipe':
      return openRecipe(view, address);
  }
}

function noPicture(): Problem {
  return new Problem('not-found', t('This picture is not there.'));
}
