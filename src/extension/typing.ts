import * as vscode from 'vscode';
import { Disposable } from './dispose.ts';

/** When a person last worked in a text of this window, so that nothing is put in front of it. */
export class Typing extends Disposable {
  #last = 0;

  constructor() {
    super();
    this._register(
      vscode.window.onDidChangeTextEditorSelection(({ kind }) => {
        // A change that no key and no click made has no kind here.
        const { Keyboard, Mouse } = vscode.TextEditorSelectionChangeKind;
        if (kind === Keyboard || kind === Mouse) this.#last = Date.now();
      }),
    );
  }

  /** Whether a key or a click has moved the cursor of a text since then. @param time milliseconds since 1970 */
  since(time: number): boolean {
    return this.#last > time;
  }
}
