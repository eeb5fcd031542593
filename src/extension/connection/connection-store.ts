import * as vscode from 'vscode';
import { Disposable } from '../dispose.ts';
import { CONTEXT_KEYS } from '../ids.ts';

const KEY = 'dgx-pixels.connection';

/** The connection string of the paired worker, in the editor's secret storage. Other windows' changes are told too. */
export class ConnectionStore extends Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #changed = this._register(new vscode.EventEmitter<void>());

  constructor(secrets: vscode.SecretStorage) {
    super();
    this.#secrets = secrets;
    this._register(
      secrets.onDidChange(({ key }) => {
        if (key !== KEY) return;
        void this.#tellContext();
        this.#changed.fire();
      }),
    );
  }

  get onDidChange(): vscode.Event<void> {
    return this.#changed.event;
  }

  /** null when no worker is paired. */
  async get(): Promise<string | null> {
    return (await this.#secrets.get(KEY)) ?? null;
  }

  async set(connection: string): Promise<void> {
    await this.#secrets.store(KEY, connection);
  }

  async forget(): Promise<void> {
    await this.#secrets.delete(KEY);
  }

  async #tellContext(): Promise<void> {
    const paired = (await this.get()) !== null;
    await vscode.commands.executeCommand('setContext', CONTEXT_KEYS.paired, paired);
  }
}
