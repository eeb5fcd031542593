import * as vscode from 'vscode';
import { report, showAdvice } from '../commands/report.ts';
import { Disposable } from '../dispose.ts';
import { type SettingId, SETTINGS } from '../ids.ts';
import { t } from '../l10n.ts';
import { setting, WORKER_SETTINGS } from '../settings/settings.ts';
import type { Services } from '../services.ts';
import { codeOf } from '../problem.ts';
import type { LinkState } from './state.ts';

const ENGINE_SETTINGS: readonly SettingId[] = [SETTINGS.localEngine, SETTINGS.comfyuiUrl];
/** Milliseconds that a worker which was asked to end is waited for. */
const END_MS = 15_000;

/** The engine that the settings ask for, as one text to compare. */
function engineChosen(): string {
  return JSON.stringify(ENGINE_SETTINGS.map(id => setting(id)));
}

/** Follows what decides on the worker: settings, the stored connection, also of other windows; and tells when a worker dies. */
export class WorkerWatch extends Disposable {
  readonly #services: Services;
  #lastKind: LinkState['kind'] = 'off';
  #engine = engineChosen();

  constructor(services: Services) {
    super();
    this.#services = services;
    const { link, store } = services;
    this._register(
      vscode.workspace.onDidChangeConfiguration(change => {
        const affected = WORKER_SETTINGS.filter(id => change.affectsConfiguration(id));
        if (affected.length > 0) void this.#settingsChanged(affected);
      }),
    );
    this._register(
      store.onDidChange(() => {
        if (setting(SETTINGS.worker) === 'remote') this.#again();
      }),
    );
    this._register(link.onDidChangeState(state => this.#tell(state)));
  }

  #again(): void {
    const { link, log } = this.#services;
    link.adopt().catch((error: unknown) => log.warn('cannot connect', error));
  }

  async #settingsChanged(affected: readonly SettingId[]): Promise<void> {
    const { link, log } = this.#services;
    // A worker that runs keeps its engine; everything else means another way to a worker.
    if (affected.some(id => !ENGINE_SETTINGS.includes(id))) {
      this.#again();
      return;
    }
    // A value that another one overrides changes nothing.
    const engine = engineChosen();
    if (engine === this.#engine) return;
    this.#engine = engine;
    const { state } = link;
    if (state.kind !== 'ready' || state.worker.target.kind !== 'local') return;
    const restart = t('Restart Worker');
    const answer = await vscode.window.showInformationMessage(
      t('The local worker draws with another engine after a restart; its jobs are kept.'),
      restart,
    );
    if (answer !== restart) return;
    try {
      await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Window,
          title: t('DGX-Pixels: starting the local worker'),
        },
        () => this.#restart(),
      );
    } catch (error) {
      report(error, log);
    }
  }

  async #restart(): Promise<void> {
    const { link, loader, log } = this.#services;
    const { state } = link;
    try {
      await link.current?.request('worker.shutdown', { drain: false }, { retry: false });
    } catch (error) {
      if (codeOf(error) !== 'disconnected') log.warn('the worker did not take leave', error);
    }
    await link.disconnect();
    if (state.kind === 'ready') {
      // The old process gives its folder free before a new one can take it.
      const deadline = performance.now() + END_MS;
      const { isAlive } = loader.load();
      while (isAlive(state.worker.pid) && performance.now() < deadline) {
        await new Promise(resolve => setTimeout(resolve, 100));
      }
    }
    await link.client();
  }

  /** A fault in the background is told once, when it happens; commands tell theirs themselves. */
  #tell(state: LinkState): void {
    const before = this.#lastKind;
    this.#lastKind = state.kind;
    if (state.kind !== 'disconnected' || before !== 'ready' || state.retrying) return;
    const { reason, advice } = state;
    void showAdvice(
      (text, ...titles) => vscode.window.showErrorMessage(text, ...titles),
      reason,
      advice,
    );
  }
}
