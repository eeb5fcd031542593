import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import type { LintRules } from '../../pixels/lint/rules.ts';
import { SETTINGS } from '../ids.ts';
import { loadPixelsPart } from '../pixels/load-part.ts';
import { fileName } from '../pixels/picture-name.ts';
import { setting } from '../settings/settings.ts';
import { type LintChoice, lintChoice } from './rules.ts';

/** What holds in one workspace folder. */
export interface ProjectRules {
  choice: LintChoice;
  palette: LintRules['palette'];
  /** The palette's file, to be watched. */
  paletteFile: vscode.Uri | null;
  /** Why the palette is not used. */
  fault: Error | null;
}

/** Reads the settings of a workspace folder, and its palette. */
export async function projectRules(
  folder: vscode.WorkspaceFolder,
  extensionFolder: string,
): Promise<ProjectRules> {
  const choice = lintChoice(
    setting(SETTINGS.lintSize, folder),
    setting(SETTINGS.lintMaxColors, folder),
    setting(SETTINGS.lintSeverity, folder),
  );
  const named = setting(SETTINGS.lintPalette, folder).trim();
  if (named === '') return { choice, palette: null, paletteFile: null, fault: null };
  const paletteFile = isAbsolute(named)
    ? vscode.Uri.file(named)
    : vscode.Uri.joinPath(folder.uri, named);
  try {
    const bytes = await vscode.workspace.fs.readFile(paletteFile);
    const part = loadPixelsPart(extensionFolder);
    const { colours } = part.paletteFrom(bytes, fileName(paletteFile.path));
    return { choice, palette: colours, paletteFile, fault: null };
  } catch (error) {
    const fault = error instanceof Error ? error : new Error(String(error));
    return { choice, palette: null, paletteFile, fault };
  }
}
