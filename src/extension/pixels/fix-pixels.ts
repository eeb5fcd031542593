import * as vscode from 'vscode';
import type { FixReport } from '../../pixels/fix/report.ts';
import type { FixSettingsInput } from '../../pixels/fix/settings.ts';
import { uriOf } from '../generate/output-folder.ts';
import { t } from '../l10n.ts';
import { Problem } from '../problem.ts';
import { fileName } from './picture-name.ts';
import { picturesMeant } from './pictures-meant.ts';
import type { PixelsParts } from './pixels-parts.ts';

/** What a program may say, so that nothing is asked and no panel opens. */
export interface FixArguments {
  settings?: FixSettingsInput;
  /** Replaces the file; what it was is kept. */
  apply?: boolean;
  /** Writes a new file, which must not exist. */
  saveAs?: unknown;
}

export interface FixAnswer {
  /** Where the sprite was written. */
  file: string;
  report: FixReport;
}

/** Panels that one click opens. */
const MOST_PANELS = 8;

function argumentsOf(value: unknown): FixArguments | null {
  if (typeof value !== 'object' || value === null || value instanceof vscode.Uri) return null;
  const given = value as FixArguments;
  return given.apply === true || given.saveAs !== undefined ? given : null;
}

/**
 * Fix Pixels…: opens a picture beside what becomes of it. With `apply` or `saveAs` given, it is fixed at once.
 * @returns what was written, in the second case
 * @throws Problem
 */
export async function fixPixels(
  parts: PixelsParts,
  named: unknown,
  all: unknown,
): Promise<FixAnswer | undefined> {
  const given = argumentsOf(all);
  if (given !== null) return fixNow(parts, uriOf(named), given);
  const title = t('Picture to fix');
  const files = await picturesMeant(named, all, { title, canSelectMany: true });
  for (const file of files.slice(0, MOST_PANELS)) parts.panels.show(file);
  if (files.length > MOST_PANELS) {
    void vscode.window.showInformationMessage(
      t('The first {0} of {1} pictures were opened.', MOST_PANELS, files.length),
    );
  }
  return undefined;
}

async function fixNow(
  { pictures, worker }: PixelsParts,
  file: vscode.Uri,
  { settings = {}, saveAs }: FixArguments,
): Promise<FixAnswer> {
  const before = await pictures.read(file);
  const { bytes, report } = await worker.run('fix', { bytes: before, settings });
  if (saveAs === undefined) {
    await pictures.replace(file, before, bytes);
    return { file: file.fsPath, report };
  }
  const target = uriOf(saveAs);
  const present = await pictures.read(target).catch(() => null);
  if (present !== null) {
    throw new Problem('conflict', t('{0} exists; choose another name.', fileName(target.path)));
  }
  await pictures.write(target, bytes);
  return { file: target.fsPath, report };
}
