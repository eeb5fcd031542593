import * as vscode from 'vscode';
import { winnersInFull } from '../../../project/compare/winners.ts';
import { drawSaved } from '../../compare/draw-saved.ts';
import { submitComparison } from '../../compare/submit.ts';
import { folderText, outputFolder } from '../../generate/output-folder.ts';
import { proposedName } from '../../generate/request.ts';
import { COMMANDS } from '../../ids.ts';
import { t } from '../../l10n.ts';
import type { ComparisonAction, Outcome } from '../messages/compare.ts';
import { namedBest, withNewSeeds } from './follow-ups.ts';
import { type CompareView, done, notDone } from './session-parts.ts';

/** *Render winners in full.* @param folder where nobody is to be asked */
export async function drawWinners(
  view: CompareView,
  folder: vscode.Uri | null = null,
): Promise<Outcome & { job: string | null }> {
  const nothing = (message = '') => ({ ...notDone(message), job: null });
  if (view.spec.mode !== 'draft') {
    return nothing(t('These images are drawn in full already.'));
  }
  const chosen = namedBest(view);
  if (chosen.length === 0) {
    return nothing(t('Vote first: what you name best is drawn in full.'));
  }
  const target = folder ?? (await outputFolder(undefined, true, view.services.projects));
  if (target === null) return nothing();
  const { kind, items } = winnersInFull(view.spec, chosen);
  const named = items.map(item => ({
    ...item,
    name: item.name ?? proposedName(item.recipe.prompt),
  }));
  const job = await drawSaved(view.services, { kind, items: named }, target, 'batch');
  return {
    ...done(t('Drawing in full: {0}. They are saved in {1}.', items.length, folderText(target))),
    job,
  };
}

async function newSeeds(view: CompareView): Promise<Outcome> {
  const { services, spec, job } = view;
  const made = await submitComparison(services, withNewSeeds(spec), {
    project: job.project,
    ask: true,
  });
  if (made === null) return notDone();
  view.openPanel(made);
  return done();
}

/** What a person does with a whole comparison. @throws Problem, or what the worker answers */
export async function actOnComparison(
  view: CompareView,
  action: ComparisonAction,
): Promise<Outcome> {
  const target = { job: view.job.id };
  switch (action) {
    case 'cancel':
      await view.client().request('jobs.cancel', { target });
      return done(t('What was not drawn yet is cancelled.'));
    case 'pause':
      await view.client().request('jobs.pause', { target });
      return done();
    case 'resume':
      await view.client().request('jobs.resume', { target });
      return done();
    case 'newSeeds':
      return newSeeds(view);
    case 'winnersInFull': {
      const { done: isDone, message } = await drawWinners(view);
      return { done: isDone, message };
    }
    case 'leaderboard':
      await vscode.commands.executeCommand(COMMANDS.showLeaderboard, view.folder);
      return done();
  }
}
