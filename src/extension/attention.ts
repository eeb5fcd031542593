import * as vscode from 'vscode';
import { Disposable } from './dispose.ts';
import { COMPARE_PANEL, FIX_PANEL, RESULT_EDITOR } from './ids.ts';

/** Pages in which one works without a cursor that anybody hears of. */
const WORKPLACES = [COMPARE_PANEL, FIX_PANEL];

/** What is in front of the window; two tabs that show the same are one. */
function front(): { input: unknown; key: string } {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  const input: unknown = tab?.input;
  const uri = typeof input === 'object' && input !== null && 'uri' in input ? input.uri : null;
  return { input, key: uri instanceof vscode.Uri ? uri.toString() : (tab?.label ?? '') };
}

function isWorkplace(input: unknown): boolean {
  // The editor puts a word of its own before a panel's type.
  return (
    input instanceof vscode.TabInputWebview &&
    WORKPLACES.some(type => input.viewType.endsWith(type))
  );
}

/** What a person of this window is at, so that nothing is put in front of it. */
export class Attention extends Disposable {
  /** When a person last moved the cursor of a text, or brought something else than a sprite to the front. */
  #last = 0;
  #front = front().key;

  constructor() {
    super();
    const { tabGroups } = vscode.window;
    this._register(
      vscode.window.onDidChangeTextEditorSelection(({ kind }) => {
        // A change that no key and no click made has no kind here.
        const { Keyboard, Mouse } = vscode.TextEditorSelectionChangeKind;
        if (kind === Keyboard || kind === Mouse) this.#last = Date.now();
      }),
    );
    this._register(tabGroups.onDidChangeTabs(() => this.#look()));
    this._register(tabGroups.onDidChangeTabGroups(() => this.#look()));
  }

  #look(): void {
    const { input, key } = front();
    if (key === this.#front) return;
    this.#front = key;
    const isSprite = input instanceof vscode.TabInputCustom && input.viewType === RESULT_EDITOR;
    if (!isSprite) this.#last = Date.now();
  }

  /**
   * Whether a person has gone on in a text or turned to another tab since then, or judges or mends pictures in a page of ours.
   * @param time milliseconds since 1970
   */
  elsewhereSince(time: number): boolean {
    return this.#last > time || isWorkplace(front().input);
  }
}
