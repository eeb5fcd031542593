import * as vscode from 'vscode';
import type { Ends } from '../dispose.ts';
import { RESULT_EDITOR } from '../ids.ts';
import type { Services } from '../services.ts';
import { ResultEditorProvider } from './result/result-provider.ts';

/** Registers the editors of pictures. */
export function registerPanels(services: Services): Ends {
  return vscode.window.registerCustomEditorProvider(
    RESULT_EDITOR,
    new ResultEditorProvider(services),
    { supportsMultipleEditorsPerDocument: true },
  );
}
