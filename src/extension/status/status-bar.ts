import * as vscode from 'vscode';
import type { WorkerLink } from '../connection/connection.ts';
import { Disposable } from '../dispose.ts';
import { COMMANDS, CONTEXT_KEYS } from '../ids.ts';
import type { JobModel } from '../jobs/job-model.ts';
import { summarize } from './queue-summary.ts';
import { type StatusText, statusText } from './status-text.ts';

/** Milliseconds between two looks: people read no faster. */
const REFRESH_MS = 200;

/** The one item in the status bar: connection, engine, queue. */
export class StatusBar extends Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #link: WorkerLink;
  readonly #jobs: JobModel;
  readonly #version: string;
  #timer: NodeJS.Timeout | null = null;
  #shown: StatusText | null = null;

  constructor(link: WorkerLink, jobs: JobModel, version: string) {
    super();
    this.#link = link;
    this.#jobs = jobs;
    this.#version = version;
    this.#item = this._register(
      vscode.window.createStatusBarItem('dgx-pixels.worker', vscode.StatusBarAlignment.Left, 50),
    );
    this.#item.name = 'DGX-Pixels';
    this.#item.command = COMMANDS.workerActions;
    this._register(link.onDidChangeState(() => this.#update()));
    this._register(jobs.onDidChange(() => this.#updateSoon()));
    this._register({ dispose: () => this.#timer !== null && clearTimeout(this.#timer) });
    this.#update();
    this.#item.show();
  }

  /** What it shows now. */
  get shown(): StatusText | null {
    return this.#shown;
  }

  #updateSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#update();
    }, REFRESH_MS);
  }

  #update(): void {
    const { state } = this.#link;
    const queue = summarize(this.#jobs);
    const shown = statusText(state, queue, this.#version);
    this.#context(state.kind, queue.unfinished > 0);
    if (JSON.stringify(shown) === JSON.stringify(this.#shown)) return;
    this.#shown = shown;
    const tooltip = new vscode.MarkdownString(shown.tooltip, true);
    this.#item.text = shown.text;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: shown.label, role: 'button' };
    this.#item.backgroundColor =
      shown.severity === 'none'
        ? undefined
        : new vscode.ThemeColor(`statusBarItem.${shown.severity}Background`);
  }

  #told = '';

  #context(state: string, busy: boolean): void {
    const told = `${state} ${String(busy)}`;
    if (told === this.#told) return;
    this.#told = told;
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.worker, state);
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.busy, busy);
  }
}
